/** The cases that Python and the page share, and the forms in which they are written down. */
import { readFileSync } from "node:fs";
import type { Scope } from "../../src/language/evaluate.ts";
import type { Survey, Tree } from "../../src/language/survey.ts";
import type { Value } from "../../src/language/values.ts";

type Answer = string | number | boolean | string[];
/** A value as JSON can carry it: numbers that it cannot stand as {"number": "NaN"}. */
export type Written = string | number | boolean | { number: string };

export interface ExpressionCase {
  name: string;
  expression: string;
  tree: Tree;
  answers?: Record<string, Answer>;
  self?: Answer;
  draw?: number;
  columns?: Record<string, string>;
  expected: Written;
}

export interface AnswerCase {
  name: string;
  survey: string;
  answers: Record<string, never>;
  problems: [string, string][];
  relevant?: string[];
  computed?: Record<string, Value>;
}

export const TODAY = "2026-11-22";
const labels = new Map([["law", "Luật"], ["news", "Báo đài"]]);

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`../../../../tests/vectors/${name}.json`, import.meta.url), "utf8"));

export const expressionCases = (): ExpressionCase[] => read("expressions") as ExpressionCase[];
export const answerCases = (): { surveys: Survey[]; cases: AnswerCase[] } => read("answers") as { surveys: Survey[]; cases: AnswerCase[] };

export const asValue = (given: Answer): Value => (Array.isArray(given) ? given.join(" ") : given);

type Given = Pick<ExpressionCase, "answers" | "self" | "draw" | "columns">;

export function scopeOf({ answers = {}, self = "", draw = 0.5, columns }: Given): Scope {
  const values = new Map(Object.entries(answers).map(([name, given]) => [name, asValue(given)]));
  const scope = { today: TODAY, self: asValue(self), draw, value: (name: string) => values.get(name) ?? "" };
  return { ...scope, label: (_, choice) => labels.get(choice) ?? "", ...(columns && { columns }) };
}

export function written(value: Value): Written {
  if (typeof value !== "number" || (Number.isFinite(value) && !Object.is(value, -0))) return value;
  return { number: Object.is(value, -0) ? "-0" : String(value) };
}
