/** The types of question: the only place of the page that knows one by its name. The twin of schemas/kinds. */
import type { Choice, Question } from "./survey.ts";
import { isoDay, toNumber, type Value } from "./values.ts";

export interface Fault {
  readonly code: string;
}

type Reader = (answer: unknown, question: Question, choices: readonly Choice[]) => Value | Fault;

/** What asks for an answer. Those of the first load stand in worker/fields.tsx, the others come in chunks (worker/optional_parts.ts). */
export type FieldName = "one" | "several" | "number" | "text" | "acknowledge" | "rank" | "date" | "decimal" | "range" | "nps";

export interface Kind {
  /** Turns an answer into the value that expressions see. */
  readonly read: Reader;
  readonly field: FieldName;
}

export const LONGEST_ANSWER = 2000;
const MOST_CHOSEN = 200;
const UNWRITABLE = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\p{Cs}]/u;
const WRONG_TYPE: Fault = { code: "answer.wrong_type" };
const UNKNOWN_CHOICE: Fault = { code: "answer.unknown_choice" };
const EXCLUSIVE: Fault = { code: "answer.exclusive" };
const OUT_OF_RANGE: Fault = { code: "answer.out_of_range" };
const TOO_LONG: Fault = { code: "answer.too_long" };
export const RANK_INCOMPLETE: Fault = { code: "answer.rank_incomplete" };
const ENDINGS: Readonly<Record<string, string>> = { year: "-01-01", "month-year": "-01" };

const readOne: Reader = (answer, _, choices) => {
  if (typeof answer !== "string" || !answer) return WRONG_TYPE;
  return choices.some((choice) => choice.name === answer) ? answer : UNKNOWN_CHOICE;
};

const readMany: Reader = (answer, _, choices) => {
  if (!Array.isArray(answer) || !answer.length || !answer.every((name) => typeof name === "string")) return WRONG_TYPE;
  if (answer.length > MOST_CHOSEN) return TOO_LONG;
  if (new Set(answer).size < answer.length) return WRONG_TYPE;
  const chosen = choices.filter((choice) => answer.includes(choice.name));
  if (chosen.length < answer.length) return UNKNOWN_CHOICE;
  return chosen.length > 1 && chosen.some((choice) => choice.exclusive) ? EXCLUSIVE : answer.join(" ");
};

const readRank: Reader = (answer, question, choices) => {
  const value = readMany(answer, question, choices.map(({ exclusive: _, ...choice }) => choice));
  if (typeof value === "object" || question.choice_filter) return value;
  return (answer as string[]).length === choices.length ? value : RANK_INCOMPLETE;
};

const readDecimal: Reader = (answer, { range }) => {
  if (typeof answer !== "number" || !(Math.abs(answer) <= Number.MAX_SAFE_INTEGER)) return WRONG_TYPE;
  return !range || (answer >= range.start && answer <= range.end) ? answer : OUT_OF_RANGE;
};

const readInteger: Reader = (answer, ...asked) => (Number.isInteger(answer) ? readDecimal(answer, ...asked) : WRONG_TYPE);

const readRange: Reader = (answer, ...asked) => {
  const value = readDecimal(answer, ...asked);
  const { start, step } = asked[0].range!;
  const steps = ((value as number) - start) / step;
  return typeof value === "object" || Math.abs(steps - Math.floor(steps + 0.5)) < 1e-9 ? value : OUT_OF_RANGE;
};

const readDate: Reader = (answer, { appearance = "" }) => {
  if (typeof answer !== "string" || !answer || isoDay(toNumber(answer)) !== answer || !answer.endsWith(ENDINGS[appearance] ?? "")) return WRONG_TYPE;
  return answer >= "1900" && answer < "2101" ? answer : OUT_OF_RANGE;
};

const readText: Reader = (answer) => {
  if (typeof answer !== "string" || !answer) return WRONG_TYPE;
  if ([...answer].length > LONGEST_ANSWER) return TOO_LONG;
  return UNWRITABLE.test(answer) ? WRONG_TYPE : answer;
};

/** Those that are only read, or worked out, ask for nothing. */
export const KINDS = {
  select_one: { read: readOne, field: "one" },
  select_multiple: { read: readMany, field: "several" },
  rank: { read: readRank, field: "rank" },
  integer: { read: readInteger, field: "number" },
  decimal: { read: readDecimal, field: "decimal" },
  range: { read: readRange, field: "range" },
  nps: { read: readInteger, field: "nps" },
  date: { read: readDate, field: "date" },
  text: { read: readText, field: "text" },
  acknowledge: { read: (answer) => (answer === "OK" ? answer : WRONG_TYPE), field: "acknowledge" },
  note: undefined,
  calculate: undefined,
} as const satisfies Readonly<Record<string, Kind | undefined>>;

export type QuestionType = keyof typeof KINDS;

/** What is known of a question's type; undefined where nothing is asked. */
export const kindOf = (question: Pick<Question, "type"> | undefined): Kind | undefined => KINDS[question?.type as QuestionType];

export const fieldOf = (question: Pick<Question, "type"> | undefined): FieldName | undefined => kindOf(question)?.field;
