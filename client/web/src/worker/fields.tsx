/** One question's field. Native inputs underneath, so that keyboards, screen readers and switches work as everywhere else. */
import type { ComponentChildren, JSX } from "preact";
import { useRef } from "preact/hooks";
import { today } from "../day.ts";
import { Icon } from "../icons.tsx";
import { lengthOf } from "../language/cleaning.ts";
import { fieldOf, LONGEST_ANSWER } from "../language/kinds.ts";
import { countsYears, readWhole } from "../language/numbers.ts";
import type { Choice, Question, Survey } from "../language/survey.ts";
import { localized, numberWithMagnitude, t } from "../texts.ts";
import { answerTo, described, type FieldProps, LONGEST_NUMBER, type UsualField } from "./field.ts";
import { type Warning, warningsIn } from "./identifying_text.ts";
import { choicesFor, toggled } from "./interview.ts";
import { Media } from "./media.tsx";
import { fieldChunkOf, isAnonymous, isLong, rankingsAndMedia } from "./optional_parts.ts";

const NEARLY_FULL = 200;

export function Field(props: FieldProps): JSX.Element | null {
  const Known = componentFor(props.question);
  return Known ? <Known {...props} /> : null;
}

/** Undefined where nothing is asked, or where the chunk with the field is not there yet. */
export const componentFor = (question: Question): ((props: FieldProps) => JSX.Element) | undefined =>
  FIELDS[fieldOf(question) as UsualField] ?? fieldChunkOf(question)?.Field;

function ListField(props: FieldProps): JSX.Element {
  const { question, answering } = props;
  const Long = isLong(question, choicesFor(answering.interview, question, today()).length) && rankingsAndMedia.value?.LongList;
  return Long ? <Long {...props} /> : <Choices {...props} />;
}

function Choices(props: FieldProps): JSX.Element {
  const { question, answering } = props;
  const choices = choicesFor(answering.interview, question, today());
  const answer = answerTo(props);
  const isOne = fieldOf(question) === "one";
  const choose = (choice: Choice): void => {
    const chosen = Array.isArray(answer) ? answer : [];
    answering.answer(question.name, isOne ? choice.name : toggled(choices, chosen, choice.name));
  };
  const isTapped = useRef(false);
  const leadsOn = (choice: Choice): boolean => isTapped.current && isOne && question.appearance === "quick" && !choice.other;
  const { "aria-invalid": _, ...labels } = described(props);
  return (
    <div onPointerDown={() => (isTapped.current = true)} onKeyDown={() => (isTapped.current = false)} class={question.appearance === "horizontal" ? "choices horizontal" : "choices"} role={isOne ? "radiogroup" : "group"} {...labels}>
      {choices.map((choice, index) => (
        <Choosable key={choice.name} choice={choice} survey={answering.interview.survey} isApart={isApart(choices, index)}>
          <input
            type={isOne ? "radio" : "checkbox"}
            name={question.name}
            value={choice.name}
            autocomplete="off"
            checked={isOne ? answer === choice.name : Array.isArray(answer) && answer.includes(choice.name)}
            onChange={() => choose(choice)}
            onClick={() => leadsOn(choice) && answering.goOn?.(question.name, choice.name)}
          />
          <span class={isOne ? "mark" : "mark square"} />
        </Choosable>
      ))}
    </div>
  );
}

/** What is tapped to choose; a button that reads the choice aloud stands beside it, never inside. */
function Choosable({ choice, survey, isApart, children }: { choice: Choice; survey: Survey; isApart: boolean; children: ComponentChildren }): JSX.Element {
  const words = localized(choice.label);
  const label = (
    <label class={isApart ? "choice apart" : "choice"}>
      {children}
      <span class="choice-words">
        <Media survey={survey} of={choice} only="image" text={words} />
        <span aria-hidden={choice.image ? "true" : undefined}>{words}</span>
      </span>
    </label>
  );
  if (!choice.audio) return label;
  return (
    <div class="beside-sound">
      {label}
      <Media survey={survey} of={choice} only="audio" text={words} />
    </div>
  );
}

/** The first of those that are no answer on the scale stands a little apart from the rest. */
function isApart(choices: readonly Choice[], index: number): boolean {
  return choices[index]?.off_scale === true && choices[index - 1]?.off_scale !== true && index > 0;
}

function NumberField(props: FieldProps): JSX.Element {
  const { question, answering } = props;
  const answer = answerTo(props);
  const take = (text: string): void => {
    const number = readWhole(text);
    if (Number.isNaN(number)) answering.markMalformed(question.name);
    else answering.answer(question.name, number);
  };
  return (
    <>
      <input
        class="number"
        type="text"
        inputMode="numeric"
        autocomplete="off"
        enterkeyhint="next"
        maxLength={LONGEST_NUMBER}
        defaultValue={answer === undefined ? "" : String(answer)}
        onInput={(event) => take(event.currentTarget.value)}
        {...described(props)}
      />
      <Echo {...props} />
    </>
  );
}

/** How a long number was read, in groups of digits and in words: a nought too few is easier to see there. */
function Echo(props: FieldProps): JSX.Element {
  const answer = answerTo(props);
  return (
    <p class="hint" role="status">
      {typeof answer === "number" && Math.abs(answer) >= 1000 && !countsYears(props.question) && `= ${numberWithMagnitude(answer)}`}
    </p>
  );
}

/** Nothing that was pasted is cut off in silence: what is too long is told, and can be shortened where its writer wants. */
function TextField(props: FieldProps): JSX.Element {
  const { question, answering } = props;
  const answer = answerTo(props);
  const text = typeof answer === "string" ? answer : "";
  const left = LONGEST_ANSWER - lengthOf(text);
  return (
    <>
      <textarea
        rows={question.specifies ? 2 : question.appearance === "multiline" ? 6 : 4}
        autocomplete="off"
        autocapitalize="sentences"
        spellcheck={false}
        defaultValue={text}
        onInput={(event) => answering.answer(question.name, event.currentTarget.value)}
        {...described(props)}
      />
      {left < NEARLY_FULL && <p class={left < 0 ? "problem" : "hint"}>{t(left < 0 ? "question.text_over" : "question.text_left", { count: Math.abs(left) })}</p>}
      <Warnings warnings={isAnonymous(answering.interview.survey) ? warningsIn(text) : []} />
    </>
  );
}

function Warnings({ warnings }: { warnings: readonly Warning[] }): JSX.Element {
  return (
    <div class="warning" role="status">
      {warnings.length > 0 && (
        <>
          <p>
            <Icon name="alert" /> <b>{t("remark.warning.title")}</b>
          </p>
          {warnings.map((warning) => (
            <p key={warning}>{t(`remark.warning.${warning}`)}</p>
          ))}
          <p>{t("remark.warning.advice")}</p>
        </>
      )}
    </div>
  );
}

const FIELDS: Readonly<Record<UsualField, (props: FieldProps) => JSX.Element>> = {
  one: ListField,
  several: ListField,
  number: NumberField,
  text: TextField,
};
