/** The cases that Python and the page share, and the forms in which they are written down. */
import { readFileSync } from "node:fs";
import type { Scope } from "../../src/language/evaluate.ts";
import type { Survey, Tree } from "../../src/language/survey.ts";
import type { Value } from "../../src/language/values.ts";

type Given = string | number | boolean | string[];
/** A value as JSON can carry it: numbers that it cannot stand as {"number": "NaN"}. */
export type Written = string | number | boolean | { number: string };

export interface ExpressionCase {
  name: string;
  expression: string;
  tree: Tree;
  answers?: Record<string, Given>;
  self?: Given;
  draw?: number;
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
export const LABELS: Record<string, string> = { law: "Luật", news: "Báo đài" };

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`../../../../tests/vectors/${name}.json`, import.meta.url), "utf8"));

export const expressionCases = (): ExpressionCase[] => read("expressions") as ExpressionCase[];
export const answerCases = (): { surveys: Survey[]; cases: AnswerCase[] } => read("answers") as { surveys: Survey[]; cases: AnswerCase[] };

export const asValue = (given: Given): Value => (Array.isArray(given) ? given.join(" ") : given);

export function scopeOf({ answers = {}, self = "", draw = 0.5 }: Pick<ExpressionCase, "answers" | "self" | "draw">): Scope {
  const values = new Map(Object.entries(answers).map(([name, given]) => [name, asValue(given)]));
  return { today: TODAY, self: asValue(self), draw, value: (name) => values.get(name) ?? "", label: (_, choice) => LABELS[choice] ?? "" };
}

export function written(value: Value): Written {
  if (typeof value !== "number" || (Number.isFinite(value) && !Object.is(value, -0))) return value;
  return { number: Object.is(value, -0) ? "-0" : String(value) };
}
