/** What the seldom part says; a catalogue of its own, so that nobody loads it who does not need it. */
import type { Question } from "../language/survey.ts";
import { type Facts, filled, formatNumber, t, wordsFor, type Key } from "../texts.ts";
import english from "../texts/seldom.en.json";
import vietnamese from "../texts/seldom.vi.json";

export type SeldomKey = keyof typeof vietnamese;

const catalogues: Readonly<Record<string, Readonly<Record<SeldomKey, string>>>> = { vi: vietnamese, en: english };

export const u = (key: SeldomKey, facts: Facts = {}): string => filled(wordsFor(catalogues)[key], facts);

/** Undefined where the usual sentence is true for this kind of survey too. */
export function sayForKind(kind: string, key: Key, facts: Facts): string | undefined {
  const own = `${key}.${kind}`;
  return own in vietnamese ? u(own as SeldomKey, facts) : undefined;
}

/** What a field of this part asks for. */
export function hintOf({ type, appearance, range }: Question): string {
  if (type === "rank") return u("rank.hint");
  if (type === "date") return u(`date.hint.${formOf(appearance)}`);
  if (type !== "decimal") return "";
  const example = u("decimal.hint", { example: formatNumber(7.5) });
  return range ? `${t("question.number", { start: range.start, end: range.end })}. ${example}` : example;
}

/** What is wrong with an answer of this part; undefined where the usual sentence says it. */
export function problemOf({ type, appearance }: Question, code: string): string | undefined {
  if (code === "answer.rank_incomplete") return u("error.answer.rank_incomplete");
  if (type === "date" && code !== "answer.required" && code !== "answer.constraint") return u(`error.date.${formOf(appearance)}`);
  return type === "decimal" && code === "answer.wrong_type" ? u("error.decimal", { example: formatNumber(7.5) }) : undefined;
}

const formOf = (appearance: string | undefined): "year" | "month" | "full" => (appearance === "year" ? "year" : appearance === "month-year" ? "month" : "full");
