/** What is wrong with an answer, in plain words, beside its question. */
import type { JSX } from "preact";
import { today } from "../day.ts";
import { Icon } from "../icons.tsx";
import type { Question } from "../language/survey.ts";
import { t, type TextKey } from "../texts.ts";
import { numberInWords, piped } from "./answers_in_words.ts";
import type { Interview } from "./interview.ts";
import { Media } from "./media.tsx";
import { fieldChunkOf } from "./optional_parts.ts";

/** The region exists before there is something to say, so that a screen reader hears it when there is. */
export function Problems({ question, codes, interview }: { question: Question; codes: readonly string[]; interview: Interview }): JSX.Element {
  const sentence = codes.map((code) => sentenceFor(question, code, interview)).join(" ");
  return (
    <>
      <p class="problem" id={`${question.name}-problem`} role="alert">
        {sentence && (
          <>
            <Icon name="alert" /> {sentence}
          </>
        )}
      </p>
      {codes.includes("answer.constraint") && <Media survey={interview.survey} of={question} slot="constraint_" text={sentence} />}
    </>
  );
}

function sentenceFor(question: Question, code: string, interview: Interview): string {
  if (code === "answer.constraint" && question.constraint_message) return piped(question.constraint_message, interview, today());
  if (code === "answer.out_of_range" && question.range) return t("error.answer.out_of_range_between", bounds(question));
  return fieldChunkOf(question)?.problemOf(question, code) ?? t(`error.${code}` as TextKey);
}

export const bounds = (question: Question): { start: string; end: string } => ({
  start: numberInWords(question, question.range?.start ?? 0),
  end: numberInWords(question, question.range?.end ?? 0),
});
