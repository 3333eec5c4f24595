/**
 * The page's side of the language as a process that Python's tests talk to: one JSON request per line in, one answer per line
 * out. Run by tests/support/page_language.py.
 */
import { createInterface } from "node:readline";
import { checkAnswers, computed, offeredChoices, pruned, relevantNames, valueOf } from "../../src/language/answers.ts";
import { evaluate, LAZY, PURE } from "../../src/language/evaluate.ts";
import { KINDS } from "../../src/language/kinds.ts";
import type { Question, Survey } from "../../src/language/survey.ts";
import type { Value } from "../../src/language/values.ts";
import { type ExpressionCase, scopeOf, TODAY, type Written, written } from "./vectors.ts";

const surveys: Survey[] = [];

const writtenAll = (values: [string, Value][]): Record<string, Written> =>
  Object.fromEntries(values.map(([name, value]) => [name, written(value)]));

interface Checked {
  readonly survey: number;
  readonly answers: Record<string, never>;
  readonly language?: string;
  readonly today?: string;
}

const requests: Record<string, (request: never) => unknown> = {
  evaluate: (request: ExpressionCase): Written => written(evaluate(request.tree, scopeOf(request))),
  spend: (request: ExpressionCase): number => {
    const before = process.cpuUsage();
    evaluate(request.tree, scopeOf(request));
    return process.cpuUsage(before).user / 1e6;
  },
  learn: ({ survey }: { survey: Survey }): number => surveys.push(survey) - 1,
  check: ({ survey: place, answers, language, today = TODAY }: Checked) => {
    const survey = surveys[place]!;
    const questions = survey.sections.flatMap((section) => section.questions);
    const filtered = questions.filter((question) => question.choice_filter);
    const namesOffered = (question: Question): string[] => offeredChoices(survey, question, answers, today).map(({ name }) => name).sort();
    return {
      problems: checkAnswers(survey, answers, today).map(({ question, code }) => [question, code]),
      relevant: [...relevantNames(survey, answers, today)].sort(),
      computed: writtenAll(Object.entries(computed(survey, answers, today, language))),
      values: writtenAll(questions.map(({ name }) => [name, valueOf(survey, name, answers, today, language)])),
      offered: Object.fromEntries(filtered.map((question) => [question.name, namesOffered(question)])),
      pruned: pruned(survey, answers, today),
    };
  },
  parts: () => ({ functions: [...Object.keys(PURE), ...Object.keys(LAZY)].sort(), kinds: Object.keys(KINDS).sort(), fields: Object.fromEntries(Object.entries(KINDS).map(([name, kind]) => [name, kind?.field ?? ""])) }),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { do: name, ...request } = JSON.parse(line) as { do: string };
  process.stdout.write(`${JSON.stringify(requests[name]!(request as never))}\n`);
}
