/** What the fields for dates, decimals and ranges say; a catalogue of its own, so that nobody loads it who does not need it. */
import { fieldOf } from "../language/kinds.ts";
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
  switch (fieldOf(question)) {
    case "date":
      return tDates(`date.hint.${formOf(question.appearance)}`);
    case "range":
    case "nps":
      return tDates("range.hint", bounds(question));
    case "decimal": {
      const example = tDates("decimal.hint", { example: formatNumber(7.5) });
      return question.range ? `${t("question.number", bounds(question))}. ${example}` : example;
    }
    default:
      return undefined;
  }
}

/** What is wrong with an answer of this chunk; undefined where the usual sentence says it. */
export function problemOf(question: Question, code: string): string | undefined {
  const field = fieldOf(question);
  if (field === "date" && code !== "answer.required" && code !== "answer.constraint") return tDates(`error.date.${formOf(question.appearance)}`);
  return field === "decimal" && code === "answer.wrong_type" ? tDates("error.decimal", { example: formatNumber(7.5) }) : undefined;
}

const formOf = (appearance: string | undefined): "year" | "month" | "full" => (appearance === "year" ? "year" : appearance === "month-year" ? "month" : "full");
