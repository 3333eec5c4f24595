/** What the fields for dates, decimals and ranges say; a catalogue of its own, so that nobody loads it who does not need it. */
import type { Question } from "../language/survey.ts";
import { filledIn, formatNumber, inCatalogue, t, type TextValues } from "../texts.ts";
import english from "../texts/dates_and_decimals.en.json";
import vietnamese from "../texts/dates_and_decimals.vi.json";
import { bounds } from "../worker/problems.tsx";

export type DatesKey = keyof typeof vietnamese;

const catalogues: Readonly<Record<string, Readonly<Record<DatesKey, string>>>> = { vi: vietnamese, en: english };

export const tDates = (key: DatesKey, facts: TextValues = {}): string => filledIn(inCatalogue(catalogues)[key], facts);

/** What a field of this chunk asks for; undefined for those of others. */
export function hintOf(question: Question): string | undefined {
  const { type, appearance, range } = question;
  if (type === "date") return tDates(`date.hint.${formOf(appearance)}`);
  if (type === "range") return tDates("range.hint", bounds(question));
  if (type !== "decimal") return undefined;
  const example = tDates("decimal.hint", { example: formatNumber(7.5) });
  return range ? `${t("question.number", bounds(question))}. ${example}` : example;
}

/** What is wrong with an answer of this chunk; undefined where the usual sentence says it. */
export function problemOf({ type, appearance }: Question, code: string): string | undefined {
  if (type === "date" && code !== "answer.required" && code !== "answer.constraint") return tDates(`error.date.${formOf(appearance)}`);
  return type === "decimal" && code === "answer.wrong_type" ? tDates("error.decimal", { example: formatNumber(7.5) }) : undefined;
}

const formOf = (appearance: string | undefined): "year" | "month" | "full" => (appearance === "year" ? "year" : appearance === "month-year" ? "month" : "full");
