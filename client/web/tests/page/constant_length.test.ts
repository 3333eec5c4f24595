import fc from "fast-check";
import { expect, test } from "vitest";
import type { AnswerValue } from "../../src/language/answers.ts";
import type { Choice, Question, Survey } from "../../src/language/survey.ts";
import { answeredCountInWords } from "../../src/worker/answers_in_words.ts";
import { answered, beginInterview, choicesFor, declined, type Interview, progressOf, shownScreen } from "../../src/worker/interview.ts";
import { pressed, survey as small, TODAY } from "./survey.ts";

/** From 0 up to, not including, 1: what a person's next decision hangs on. */
type Chance = () => number;

const choices: Choice[] = ["yes", "no", "maybe", "other"].map((name, session) => ({
  name,
  label: {},
  columns: { half: session % 2 ? "no" : "yes" },
  ...(name === "other" ? { other: true } : {}),
}));

const SORTS = ["select_one", "select_multiple", "rank", "decimal", "date", "text", "range"] as const;

interface Plan {
  readonly type: (typeof SORTS)[number];
  readonly isConditional: boolean;
  readonly isFiltered: boolean;
  readonly hasCompanion: boolean;
}

const plans = fc.array(fc.record<Plan>({ type: fc.constantFrom(...SORTS), isConditional: fc.boolean(), isFiltered: fc.boolean(), hasCompanion: fc.boolean() }), { minLength: 1, maxLength: 7 });

function questionsOf(all: readonly Plan[]): Question[] {
  return all.flatMap(({ type, isConditional, isFiltered, hasCompanion }, session): Question[] => {
    const name = `q${session}`;
    const before = session ? `q${session - 1}` : "first";
    const hasList = type === "select_one" || type === "select_multiple" || type === "rank";
    const question: Question = {
      type,
      name,
      label: {},
      ...(hasList ? { list: "all" } : {}),
      ...(type === "range" ? { range: { start: 0, end: 3, step: 1 } } : {}),
      ...(type === "date" ? { appearance: "year" } : {}),
      ...(isConditional ? { relevant: { text: "", tree: ["call", "selected", ["ref", before], ["str", "yes"]] } } : {}),
      ...(hasList && isFiltered ? { choice_filter: { text: "", tree: ["=", ["col", "half"], ["ref", before]] } } : {}),
    };
    const companion: Question = { type: "text", name: `${name}_other`, specifies: name, label: {}, relevant: { text: "", tree: ["call", "selected", ["ref", name], ["str", "other"]] } };
    return hasCompanion && hasList && type !== "rank" ? [question, companion] : [question];
  });
}

const surveyOf = (all: readonly Plan[], isMatrix: boolean, randomize: boolean): Survey => ({
  ...small,
  choice_lists: { all: choices },
  sections: [
    { name: "open", questions: [{ type: "select_one", name: "first", list: "all", label: {} }] },
    { name: "private", sensitive: true, randomize, ...(isMatrix ? { appearance: "table-list" } : {}), questions: questionsOf(all) },
    { name: "last", questions: [{ type: "note", name: "bye", label: {} }] },
  ],
});

function answerOf(interview: Interview, question: Question, chance: Chance): AnswerValue | undefined {
  if (chance() < 0.3) return undefined;
  const offered = choicesFor(interview, question, TODAY).map((choice) => choice.name);
  const some = offered.filter(() => chance() < 0.6);
  const values: Record<string, AnswerValue | undefined> = {
    select_one: offered[Math.floor(chance() * offered.length)],
    select_multiple: some,
    rank: offered,
    decimal: chance(),
    date: "1990-01-01",
    text: "nói",
    range: 2,
  };
  return values[question.type];
}

/** What somebody who looks on can see: the screens of the private part, how far the bar has come on each, and what the last screen says. */
function seenFromAside(survey: Survey, seed: number, chance: Chance): (number | string)[] {
  const seen: (number | string)[] = [];
  let at = beginInterview(survey, seed, TODAY);
  for (let shown = shownScreen(at, TODAY); shown.kind !== "review"; shown = shownScreen(at, TODAY)) {
    if (shown.screen.section === "private") seen.push(progressOf(at));
    const before = at.position;
    for (const question of shown.kind === "questions" ? shown.questions : []) at = answered(at, question.name, answerOf(at, question, chance));
    at = pressed(at);
    if (at.position === before) at = declined(at, TODAY);
  }
  return [...seen, answeredCountInWords(at, TODAY)];
}

const chanceFrom = (numbers: readonly number[]): Chance => {
  let next = 0;
  return () => numbers[next++ % numbers.length]!;
};

test("whatever is answered, everybody passes the same screens of a private part with the same progress to the same last words", () => {
  const numbers = fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 5, maxLength: 40 });
  fc.assert(
    fc.property(plans, fc.boolean(), fc.boolean(), fc.nat(), numbers, numbers, (all, isMatrix, randomize, seed, one, another) => {
      const survey = surveyOf(all, isMatrix, randomize);
      const seen = seenFromAside(survey, seed, chanceFrom(one));
      expect(seen).toEqual(seenFromAside(survey, seed, chanceFrom(another)));
      expect(seen.length).toBeGreaterThan(2);
    }),
    { numRuns: 400 },
  );
});

test("where nothing is private the last screen counts what was answered", () => {
  const open = { ...small, sections: small.sections.filter((section) => !section.sensitive) };
  const at = answered(beginInterview(open, 1, TODAY), "age", 30);
  expect(answeredCountInWords(at, TODAY)).toBe("Đã trả lời 1 trên 9 câu");
});
