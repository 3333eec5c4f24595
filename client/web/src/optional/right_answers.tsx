/** After handing in: the questions of a quiz with their right answers. What this person answered is gone, and is not shown. */
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "../icons.tsx";
import type { Question } from "../language/survey.ts";
import { filledIn, inCatalogue, localized, type TextValues } from "../texts.ts";
import english from "../texts/right_answers.en.json";
import vietnamese from "../texts/right_answers.vi.json";
import { answerInWords, piped } from "../worker/answers_in_words.ts";
import { beginInterview, type Interview } from "../worker/interview.ts";
import type { RightAnswersProps } from "../worker/optional_parts.ts";
import { correctChoiceOn } from "./quiz_keys.ts";
import "./right_answers.css";

type RightAnswersKey = keyof typeof vietnamese;

const catalogues: Readonly<Record<string, Readonly<Record<RightAnswersKey, string>>>> = { vi: vietnamese, en: english };
const tRightAnswers = (key: RightAnswersKey, facts: TextValues = {}): string => filledIn(inCatalogue(catalogues)[key], facts);

export function RightAnswers({ survey, today, isOpen, onOpen }: RightAnswersProps): JSX.Element | null {
  const heading = useRef<HTMLHeadingElement>(null);
  const wasOpen = useRef(isOpen);
  // The button that asked for them is gone; whoever goes on by keyboard or ear starts at the list.
  useLayoutEffect(() => {
    if (isOpen && !wasOpen.current) heading.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  const questions = survey.sections.flatMap((section) => section.questions.filter((question) => question.correct !== undefined));
  if (!questions.length) return null;
  if (!isOpen) {
    return (
      <button type="button" class="ghost wide" onClick={onOpen}>
        <Icon name="eye" /> {tRightAnswers("right_answers.show")}
      </button>
    );
  }
  const nobody = beginInterview(survey, 0, today);
  return (
    <section class="right-answers" aria-labelledby="right-answers">
      <h2 id="right-answers" ref={heading} tabIndex={-1}>
        {tRightAnswers("right_answers.title")}
      </h2>
      <p class="hint">{tRightAnswers("right_answers.day", { day: today.split("-").reverse().join("/") })}</p>
      <ol>
        {questions.map((question) => (
          <RightAnswer key={question.name} question={question} nobody={nobody} today={today} />
        ))}
      </ol>
    </section>
  );
}

function RightAnswer({ question, nobody, today }: { question: Question; nobody: Interview; today: string }): JSX.Element {
  return (
    <li>
      <p>{piped(question.label, nobody, today)}</p>
      <p class="right">
        <Icon name="check" /> <b>{answerInWords(nobody.survey, question.name, correctChoiceOn(question, today) ?? "")}</b>
      </p>
      {question.explain && <p class="hint">{localized(question.explain)}</p>}
    </li>
  );
}
