/** Answers as a person reads them: in the record before sealing, and where a later question repeats an earlier answer. */
import { type AnswerValue, valueOf } from "../language/answers.ts";
import { fieldOf } from "../language/kinds.ts";
import { countsYears } from "../language/numbers.ts";
import type { Question, Survey, Text } from "../language/survey.ts";
import { isEmpty } from "../language/values.ts";
import { formatNumber, language, localized, t } from "../texts.ts";
import { referencedQuestions } from "./gates.ts";
import { answeredQuestions, type Interview, questionOf } from "./interview.ts";
import { sayFor } from "./optional_parts.ts";
import { choicesOf } from "./survey_screens.ts";

const PARTS: Readonly<Record<string, Intl.DateTimeFormatOptions>> = { year: { year: "numeric" }, "month-year": { month: "long", year: "numeric" } };

export function answerInWords(survey: Survey, name: string, value: AnswerValue | boolean): string {
  const question = questionOf(survey, name);
  if (typeof value === "number") return numberInWords(question, value, survey);
  const field = fieldOf(question);
  if (field === "acknowledge") return t("question.acknowledge");
  if (question && field === "date") return dayInWords(String(value), question.appearance);
  const labels = new Map(question ? choicesOf(survey, question).map((choice) => [choice.name, localized(choice.label)]) : []);
  if (!Array.isArray(value)) return labels.get(String(value)) ?? String(value);
  const words = value.map((item) => labels.get(item) ?? item);
  if (field === "rank") return words.map((word, place) => `${place + 1}.\u00a0${word}`).join("; ");
  return words.join(", ");
}

/** A number as the language writes it; a year without a mark, also where a calculation took it from one. */
export const numberInWords = (question: Question | undefined, number: number, survey?: Survey): string =>
  question && isYear(question, number, survey) ? String(number) : formatNumber(number);

function isYear(question: Question, number: number, survey: Survey | undefined): boolean {
  if (countsYears(question)) return true;
  if (!question.calculation || !survey || !Number.isInteger(number) || number < 1900 || number > 2100) return false;
  return referencedQuestions(question.calculation.tree).some((name) => countsYears(questionOf(survey, name) ?? { type: "note" }));
}

/** A day in the language's own form, in Vietnamese 16/11/2026 and 11/2026; of a year or a month no more than was asked. */
export function dayInWords(day: string, appearance = ""): string {
  const [year = "", month = "", date = ""] = day.split("-");
  if (language.value === "vi") return { year, "month-year": `${month}/${year}` }[appearance] ?? `${date}/${month}/${year}`;
  return new Intl.DateTimeFormat(language.value, { ...(PARTS[appearance] ?? { dateStyle: "long" }), timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));
}

const UNKNOWN = "…";
const PIPED = /\$\{\s*(\w+)\s*\}/g;

/** A text of the survey with earlier answers in place of `${name}`; what was not answered, or is not relevant, leaves an ellipsis. */
export function piped(text: Text | undefined, interview: Interview, today: string): string {
  const words = localized(text);
  return words.includes("${") ? words.replace(PIPED, (_, name: string) => pipedAnswer(interview, name, today)) : words;
}

function pipedAnswer(interview: Interview, name: string, today: string): string {
  const { survey, answers } = interview;
  const value = valueOf(survey, name, answers, today, language.value);
  if (isEmpty(value)) return UNKNOWN;
  return answerInWords(survey, name, typeof value === "string" ? (answers[name] ?? value) : value);
}

/** What the last screen says of how much was answered; no word of it may differ by what was said in a sensitive part. */
export function answeredCountInWords(interview: Interview, today: string): string {
  const extent = answeredQuestions(interview, today);
  return extent ? sayFor(interview.survey, "review.answered", { answered: extent.answered, asked: extent.asked }) : t("review.uncounted");
}
