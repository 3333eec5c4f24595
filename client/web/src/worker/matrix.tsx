/**
 * Several statements on one scale. One structure for all screens: each statement is a group of its own with its scale, laid out
 * as the widest form that cuts no word (matrix_layout.ts). Scales keep their place, nothing is colour alone.
 */
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { today } from "../day.ts";
import { Icon } from "../icons.tsx";
import type { Choice, Question } from "../language/survey.ts";
import { language, localized, t } from "../texts.ts";
import { piped } from "./answers_in_words.ts";
import type { Answering } from "./field.ts";
import { choicesFor } from "./interview.ts";
import { keepLayoutFitting } from "./matrix_layout.ts";
import { Media } from "./media.tsx";
import { Problems } from "./problems.tsx";

export function Matrix({ questions, answering }: { questions: readonly Question[]; answering: Answering }): JSX.Element {
  const first = questions[0];
  const choices = first ? choicesFor(answering.interview, first, today()) : [];
  const scale = choices.filter((choice) => !choice.off_scale);
  const beside = choices.filter((choice) => choice.off_scale);
  const matrix = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => (matrix.current ? keepLayoutFitting(matrix.current) : undefined), [language.value]);
  return (
    <div ref={matrix} class="matrix">
      <div class="matrix-head" aria-hidden="true">
        <span />
        <Heads choices={scale} />
        <Heads choices={beside} isApart />
        <span class="clear" />
      </div>
      {questions.map((question) => (
        <Statement key={question.name} question={question} scale={scale} beside={beside} answering={answering} />
      ))}
    </div>
  );
}

const Heads = ({ choices, isApart = false }: { choices: readonly Choice[]; isApart?: boolean }): JSX.Element => (
  <>
    {choices.map((choice, index) => (
      <span key={choice.name} class={isApart && index === 0 ? "head apart" : "head"}>
        {localized(choice.label)}
      </span>
    ))}
  </>
);

interface StatementProps {
  readonly question: Question;
  readonly scale: readonly Choice[];
  readonly beside: readonly Choice[];
  readonly answering: Answering;
}

function Statement({ question, scale, beside, answering }: StatementProps): JSX.Element {
  const { interview } = answering;
  const { name } = question;
  const problems = interview.problems[name] ?? [];
  const isOpen = answering.open.includes(name);
  const label = piped(question.label, interview, today());
  const option = (choice: Choice): JSX.Element => (
    <label key={choice.name} class="cell">
      <input
        type="radio"
        name={name}
        autocomplete="off"
        checked={interview.answers[name] === choice.name}
        onChange={() => answering.answer(name, choice.name)}
      />
      <span class="mark" />
      <span class="cell-label">{localized(choice.label)}</span>
    </label>
  );
  return (
    <div class={`statement${problems.length || isOpen ? " has-problem" : ""}`}>
      <div class="statement-label">
        <p id={`${name}-label`}>
          {label}
          {question.hint && <small>{piped(question.hint, interview, today())}</small>}
          {question.required === true && <small>{t("sitting.required")}</small>}
        </p>
        {isOpen && (
          <p class="problem" id={`${name}-open`}>
            {t("sitting.open")}
          </p>
        )}
      </div>
      <Media survey={interview.survey} of={question} text={label} />
      <Media survey={interview.survey} of={question} slot="hint_" text={label} />
      <div class="cells" role="radiogroup" aria-labelledby={`${name}-label`} aria-describedby={`${name}-open ${name}-problem`}>
        <div class="scale">{scale.map(option)}</div>
        {beside.length > 0 && <div class="beside">{beside.map(option)}</div>}
      </div>
      <Clear name={name} label={label} answering={answering} />
      <Problems question={question} codes={problems} interview={interview} />
    </div>
  );
}

/** Takes one statement's answer back. Its room is always kept, so that nothing moves under the finger. */
function Clear({ name, label, answering }: { name: string; label: string; answering: Answering }): JSX.Element {
  const isAnswered = name in answering.interview.answers;
  const clear = ({ currentTarget }: { currentTarget: HTMLElement }): void => {
    currentTarget.closest(".statement")?.querySelector("input")?.focus();
    answering.answer(name, undefined);
  };
  return (
    <button type="button" class={isAnswered ? "clear" : "clear is-idle"} aria-label={`${t("sitting.clear")}: ${label}`} title={t("sitting.clear")} onClick={clear}>
      <Icon name="close" />
    </button>
  );
}
