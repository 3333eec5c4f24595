/** What the fields for dates, decimals and ranges say; a catalogue of its own, so that nobody loads it who does not need it. */
import type { Question } from "../language/survey.ts";
import { type Facts, filled, formatNumber, t, wordsFor } from "../texts.ts";
import { bounds } from "../worker/problems.tsx";
import english from "../texts/typed.en.json";
import vietnamese from "../texts/typed.vi.json";

export type TypedKey = keyof typeof vietnamese;

const catalogues: Readonly<Record<string, Readonly<Record<TypedKey, string>>>> = { vi: vietnamese, en: english };

export const w = (key: TypedKey, facts: Facts = {}): string => filled(wordsFor(catalogues)[key], facts);

/** What a field of this part asks for; undefined for those of others. */
export function hintOf(question: Question): string | undefined {
  const { type, appearance, range } = question;
  if (type === "date") return w(`date.hint.${formOf(appearance)}`);
  if (type === "range") return w("range.hint", bounds(question));
  if (type !== "decimal") return undefined;
  const example = w("decimal.hint", { example: formatNumber(7.5) });
  return range ? `${t("question.number", bounds(question))}. ${example}` : example;
}

/** What is wrong with an answer of this part; undefined where the usual sentence says it. */
export function problemOf({ type, appearance }: Question, code: string): string | undefined {
  if (type === "date" && code !== "answer.required" && code !== "answer.constraint") return w(`error.date.${formOf(appearance)}`);
  return type === "decimal" && code === "answer.wrong_type" ? w("error.decimal", { example: formatNumber(7.5) }) : undefined;
}

const formOf = (appearance: string | undefined): "year" | "month" | "full" => (appearance === "year" ? "year" : appearance === "month-year" ? "month" : "full");
