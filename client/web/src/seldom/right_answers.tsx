/** After handing in: the questions of a quiz with their right answers. What this person answered is gone, and is not shown. */
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "../icons.tsx";
import type { Question, Survey } from "../language/survey.ts";
import { type Facts, filled, said, wordsFor } from "../texts.ts";
import english from "../texts/right_answers.en.json";
import vietnamese from "../texts/right_answers.vi.json";
import { inWords, repeating } from "../worker/in_words.ts";
import { beginInterview, type Interview } from "../worker/interview.ts";
import { correctOn } from "./keys.ts";
import "./right_answers.css";

type Own = keyof typeof vietnamese;

const catalogues: Readonly<Record<string, Readonly<Record<Own, string>>>> = { vi: vietnamese, en: english };
const u = (key: Own, facts: Facts = {}): string => filled(wordsFor(catalogues)[key], facts);

interface RightAnswersProps {
  readonly survey: Survey;
  readonly today: string;
  /** On a shared device somebody has to ask for them: then there is more time to read. */
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}

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
        <Icon name="eye" /> {u("right_answers.show")}
      </button>
    );
  }
  const nobody = beginInterview(survey, 0, today);
  return (
    <section class="right-answers" aria-labelledby="right-answers">
      <h2 id="right-answers" ref={heading} tabIndex={-1}>
        {u("right_answers.title")}
      </h2>
      <p class="hint">{u("right_answers.day", { day: today.split("-").reverse().join("/") })}</p>
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
      <p>{repeating(question.label, nobody, today)}</p>
      <p class="right">
        <Icon name="check" /> <b>{inWords(nobody.survey, question.name, correctOn(question, today) ?? "")}</b>
      </p>
      {question.explain && <p class="hint">{said(question.explain)}</p>}
    </li>
  );
}
