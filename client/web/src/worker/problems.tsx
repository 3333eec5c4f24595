/** What is wrong with an answer, in plain words, beside its question. */
import type { JSX } from "preact";
import { Icon } from "../icons.tsx";
import type { Question } from "../language/survey.ts";
import { type Key, said, t } from "../texts.ts";

/** The region exists before there is something to say, so that a screen reader hears it when there is. */
export function Problems({ question, codes }: { question: Question; codes: readonly string[] }): JSX.Element {
  return (
    <p class="problem" id={`${question.name}-problem`} role="alert">
      {codes.length > 0 && (
        <>
          <Icon name="alert" /> {codes.map((code) => sentenceFor(question, code)).join(" ")}
        </>
      )}
    </p>
  );
}

function sentenceFor(question: Question, code: string): string {
  if (code === "answer.constraint" && question.constraint_message) return said(question.constraint_message);
  if (code === "answer.out_of_range" && question.range) return t("error.answer.out_of_range_between", bounds(question));
  return t(`error.${code}` as Key);
}

export const bounds = (question: Question): { start: number; end: number } => ({ start: question.range?.start ?? 0, end: question.range?.end ?? 0 });
