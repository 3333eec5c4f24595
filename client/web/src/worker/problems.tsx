/** What is wrong with an answer, in plain words, beside its question. */
import type { JSX } from "preact";
import { Icon } from "../icons.tsx";
import type { Question } from "../language/survey.ts";
import { type Key, t } from "../texts.ts";
import { numberInWords, repeating } from "./in_words.ts";
import type { Interview } from "./interview.ts";
import { Media } from "./media.tsx";
import { partOf } from "./seldom.ts";
import { today } from "./visit.ts";

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
  if (code === "answer.constraint" && question.constraint_message) return repeating(question.constraint_message, interview, today());
  if (code === "answer.out_of_range" && question.range) return t("error.answer.out_of_range_between", bounds(question));
  return partOf(question)?.problemOf(question, code) ?? t(`error.${code}` as Key);
}

export const bounds = (question: Question): { start: string; end: string } => ({
  start: numberInWords(question, question.range?.start ?? 0),
  end: numberInWords(question, question.range?.end ?? 0),
});
