/** What every field has: the question, the answer that is there, how to give another, and what ties the input to its label. */
import type { AnswerValue } from "../language/answers.ts";
import type { FieldName } from "../language/kinds.ts";
import type { Question } from "../language/survey.ts";
import type { Interview } from "./interview.ts";

/** Digits in groups, a currency behind them, and blanks around what was pasted. */
export const LONGEST_NUMBER = 40;

/** How fields tell the interview what was tapped or typed. */
export interface Answering {
  readonly interview: Interview;
  /** Note an answer; undefined takes it back. */
  answer(name: string, value: AnswerValue | undefined): void;
  /** Note that the field holds something that is no answer, such as letters for a number. */
  markMalformed(name: string): void;
  /** Answers and leads on, where a tap may do so. */
  readonly goOn?: ((name: string, value: AnswerValue) => void) | undefined;
  /** Questions of this screen that the person was told are still open. */
  readonly open: readonly string[];
}

/** The fields of the first load; the others come in chunks. */
export type UsualField = Extract<FieldName, "one" | "several" | "number" | "text">;

export interface FieldProps {
  readonly question: Question;
  readonly answering: Answering;
}

/** What ties a field to its label, its hint and what is wrong with it. */
export function described({ question, answering }: FieldProps): { "aria-labelledby": string; "aria-describedby": string; "aria-invalid"?: true } {
  return {
    "aria-labelledby": `${question.name}-label`,
    "aria-describedby": `${question.name}-required ${question.name}-hint ${question.name}-problem`,
    ...(answering.interview.problems[question.name]?.length ? { "aria-invalid": true } : {}),
  };
}

export const answerTo = ({ question, answering }: FieldProps): AnswerValue | undefined => answering.interview.answers[question.name];
