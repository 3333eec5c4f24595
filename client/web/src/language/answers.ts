/** Whether a response satisfies its survey: the same verdict here before sealing as on the server; the twin of schemas/answers.py. */
import { evaluate, type Scope } from "./evaluate.ts";
import { type Fault, fieldOf, kindOf, RANK_INCOMPLETE } from "./kinds.ts";
import { type Choice, type Expression, inLanguage, type Question, type Section, type Survey } from "./survey.ts";
import { isEmpty, toBoolean, toText, type Value } from "./values.ts";

export type AnswerValue = string | number | string[];
export type Answers = Readonly<Record<string, AnswerValue>>;

export interface AnswerProblem {
  readonly question: string;
  readonly code: string;
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;
const NOT_OFFERED: Fault = { code: "answer.not_offered" };
/** Each question with its section, and the gates before it: whoever ends at one of them is asked nothing more. */
type Index = ReadonlyMap<string, { readonly question: Question; readonly section: Section; readonly gates: readonly string[] }>;
const indexes = new WeakMap<Survey, Index>();

function indexOf(survey: Survey): Index {
  let index = indexes.get(survey);
  if (!index) {
    let passed: readonly string[] = [];
    const entries = survey.sections.flatMap((section) => {
      const gates = passed;
      passed = [...passed, ...section.questions.filter(({ appearance }) => appearance === "gate").map(({ name }) => name)];
      return section.questions.map((question) => [question.name, { question, section, gates: question.calculation ? [] : gates }] as const);
    });
    indexes.set(survey, (index = new Map(entries)));
  }
  return index;
}

/** One response and all that follows from it, each thing worked out when first asked for. */
class Reading {
  readonly #survey: Survey;
  readonly #answers: Answers;
  readonly #scope: Scope;
  readonly #values = new Map<string, Value>();
  readonly #relevant = new Map<string, boolean>();
  readonly #offered = new Map<string, readonly Choice[]>();
  readonly index: Index;

  constructor(survey: Survey, answers: Answers, today: string, language = survey.languages[0] ?? "", draw = 0.5) {
    this.#survey = survey;
    this.#answers = answers;
    this.index = indexOf(survey);
    const label = (name: string, choice: string): string => {
      const found = this.choices(this.index.get(name)?.question).find((candidate) => candidate.name === choice);
      return found ? inLanguage(found.label, language, survey.languages) : "";
    };
    this.#scope = { today, draw, label, self: "", value: (name) => this.value(name) };
  }

  choices(question: Question | undefined): readonly Choice[] {
    return (question?.list && this.#survey.choice_lists?.[question.list]) || [];
  }

  has(name: string): boolean {
    return Object.prototype.hasOwnProperty.call(this.#answers, name);
  }

  /** The choices that a question offers, given the answers; of thousands worked out once. */
  offered(question: Question): readonly Choice[] {
    const filter = question.choice_filter;
    if (!filter) return this.choices(question);
    const all = this.choices(question);
    return remembered(this.#offered, question.name, () => all.filter(({ columns, name }) => this.holds(filter, "", { ...columns, name })));
  }

  /** Where a filter lets no choice through, there is no answer to give, and none is demanded. */
  offersAny(question: Question): boolean {
    return !question.choice_filter || this.offered(question).length > 0;
  }

  read(question: Question): Value | Fault | undefined {
    const value = kindOf(question)?.read(this.#answers[question.name], question, this.choices(question));
    if (!question.choice_filter || value === undefined || typeof value === "object") return value;
    const chosen = toText(value).split(" ");
    const offered = this.offered(question);
    if (!chosen.every((name) => offered.some((choice) => choice.name === name))) return NOT_OFFERED;
    return fieldOf(question) === "rank" && chosen.length < offered.length ? RANK_INCOMPLETE : value;
  }

  holds(condition: Expression | undefined, self: Value = "", columns?: Choice["columns"]): boolean {
    return !condition || toBoolean(evaluate(condition.tree, { ...this.#scope, self, ...(columns && { columns }) }));
  }

  value(name: string): Value {
    return remembered(this.#values, name, () => {
      const question = this.index.get(name)?.question;
      if (!question || !this.isRelevant(name)) return "";
      const { calculation } = question;
      const value = calculation ? evaluate(calculation.tree, this.#scope) : this.has(name) ? this.read(question) : "";
      return value === undefined || typeof value === "object" || isEmpty(value) ? "" : value;
    });
  }

  isRelevant(name: string): boolean {
    return remembered(this.#relevant, name, () => {
      const found = this.index.get(name);
      if (!found || found.gates.some((gate) => this.value(gate) === "end")) return false;
      return this.holds(found.section.relevant) && this.holds(found.question.relevant);
    });
  }

  problem(name: string): string | undefined {
    const question = this.index.get(name)?.question;
    if (!question || !kindOf(question)) return undefined;
    const has = this.has(name);
    if (!this.isRelevant(name)) return has ? "answer.not_relevant" : undefined;
    const { required, constraint } = question;
    if (!has) return required && (required === true || this.holds(required)) && this.offersAny(question) ? "answer.required" : undefined;
    const value = this.read(question);
    if (typeof value === "object") return value.code;
    return this.holds(constraint, value) ? undefined : "answer.constraint";
  }
}

interface Known {
  readonly survey: Survey;
  readonly today: string;
  readonly language: string | undefined;
  readonly reading: Reading;
}

const known = new WeakMap<Answers, Known[]>();

/** Answers never change, so what follows from them is worked out once, however often a screen asks. What is empty counts as not answered. */
function readingOf(survey: Survey, answers: Answers, today: string, language?: string): Reading {
  const before = known.get(answers) ?? [];
  const found = before.find((one) => one.survey === survey && one.today === today && one.language === language);
  if (found) return found.reading;
  const reading = new Reading(survey, answered(answers), today, language);
  known.set(answers, [...before, { survey, today, language, reading }]);
  return reading;
}

function remembered<T>(known: Map<string, T>, name: string, find: () => T): T {
  let value = known.get(name);
  if (value === undefined) known.set(name, (value = find()));
  return value;
}

/** Every problem of a whole response, at most one per question: unknown names first, then as the questions stand. */
export function checkAnswers(survey: Survey, answers: Answers, today: string): AnswerProblem[] {
  const reading = new Reading(survey, answers, today);
  const unknown = Object.keys(answers).filter((name) => !kindOf(reading.index.get(name)?.question)).sort();
  return [
    ...unknown.map((name) => ({ question: NAME.test(name) ? name : "", code: "answer.unknown_question" })),
    ...[...reading.index.keys()].flatMap((name) => {
      const code = reading.problem(name);
      return code ? [{ question: name, code }] : [];
    }),
  ];
}

/** The problems of one question while a person is still answering: what is empty counts as not answered. */
export function checkQuestion(survey: Survey, name: string, answers: Answers, today: string): string[] {
  const code = readingOf(survey, answers, today).problem(name);
  return code ? [code] : [];
}

/** The questions, notes and calculations that are to be shown, given the answers. */
export function relevantNames(survey: Survey, answers: Answers, today: string): Set<string> {
  const reading = readingOf(survey, answers, today);
  return new Set([...reading.index.keys()].filter((name) => reading.isRelevant(name)));
}

/** Whether a section concerns this person, given the answers. */
export const isSectionRelevant = (survey: Survey, section: Section, answers: Answers, today: string): boolean =>
  readingOf(survey, answers, today).holds(section.relevant);

/** The choices that a question offers, given the answers, in the order of their list. */
export function offeredChoices(survey: Survey, question: Question, answers: Answers, today: string): readonly Choice[] {
  return readingOf(survey, answers, today).offered(question);
}

/** The answers without what is no longer offered since an earlier one changed. One thing dropped can unsettle the next. */
export function onlyOffered(survey: Survey, answers: Answers, today: string): Answers {
  const reading = readingOf(survey, answers, today);
  for (const [name, { question }] of reading.index) {
    if (!question.choice_filter || !reading.has(name)) continue;
    const { [name]: answer, ...others } = answers;
    const chosen = [answer].flat();
    const offered = reading.offered(question).map((choice) => choice.name);
    const kept = chosen.filter((choice) => offered.includes(String(choice)));
    if (kept.length < chosen.length) return onlyOffered(survey, kept.length ? { ...others, [name]: kept as string[] } : others, today);
  }
  return answers;
}

/** The value that expressions see of a question; empty when it was not answered or is not relevant. */
export function valueOf(survey: Survey, name: string, answers: Answers, today: string, language?: string): Value {
  return readingOf(survey, answers, today, language).value(name);
}

/** The values of the calculations; those that come to nothing are left out. */
export function computed(survey: Survey, answers: Answers, today: string, language?: string, draw?: number): Record<string, Value> {
  const reading = new Reading(survey, answers, today, language, draw);
  const calculated = [...reading.index.values()].filter(({ question }) => question.calculation).map(({ question }) => question.name);
  return Object.fromEntries(calculated.map((name) => [name, reading.value(name)] as const).filter(([, value]) => !isEmpty(value)));
}

/** What is sealed: answers to relevant questions only, none of them empty, in the order of the survey and not of the tapping. */
export function pruned(survey: Survey, answers: Answers, today: string): Answers {
  const reading = readingOf(survey, answers, today);
  const kept = [...reading.index.keys()].filter((name) => reading.has(name) && reading.isRelevant(name));
  return Object.fromEntries(kept.map((name) => [name, answers[name]!]));
}

function answered(answers: Answers): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== "" && !(Array.isArray(value) && !value.length)));
}
