/** One question's field. Native inputs underneath, so that keyboards, screen readers and switches work as everywhere else. */
import type { ComponentChildren, JSX } from "preact";
import { Icon } from "../icons.tsx";
import type { AnswerValue } from "../language/answers.ts";
import type { Choice, Question, Survey } from "../language/survey.ts";
import { formatNumber, said, t } from "../texts.ts";
import type { Answering } from "./answering.ts";
import { choicesFor, toggled } from "./interview.ts";
import { Media } from "./media.tsx";
import { type Warning, warningsIn } from "./remarks.ts";
import { isAnonymous, partOf } from "./seldom.ts";
import { today } from "./visit.ts";

const LONGEST_TEXT = 2000;
const NEARLY_FULL = 200;
const MOST_BUTTONS = 11;

export interface FieldProps {
  readonly question: Question;
  readonly answering: Answering;
}

export function Field(props: FieldProps): JSX.Element | null {
  const Seldom = partOf(props.question)?.Field;
  switch (props.question.type) {
    case "select_one":
    case "select_multiple":
      return props.question.appearance === "minimal" && props.question.type === "select_one" ? <DropDown {...props} /> : <Choices {...props} />;
    case "integer":
      return <NumberField {...props} />;
    case "range":
      return <RangeField {...props} />;
    case "text":
      return <TextField {...props} />;
    case "acknowledge":
      return <Acknowledge {...props} />;
    default:
      return Seldom ? <Seldom {...props} /> : null;
  }
}

/** What ties a field to its label, its hint and what is wrong with it. */
export function described({ question, answering }: FieldProps): { "aria-labelledby": string; "aria-describedby": string; "aria-invalid"?: true } {
  return {
    "aria-labelledby": `${question.name}-label`,
    "aria-describedby": `${question.name}-hint ${question.name}-problem`,
    ...(answering.interview.problems[question.name]?.length ? { "aria-invalid": true } : {}),
  };
}

export const answerTo = ({ question, answering }: FieldProps): AnswerValue | undefined => answering.interview.answers[question.name];

function Choices(props: FieldProps): JSX.Element {
  const { question, answering } = props;
  const choices = choicesFor(answering.interview, question, today());
  const answer = answerTo(props);
  const isOne = question.type === "select_one";
  const choose = (choice: Choice): void => {
    const chosen = Array.isArray(answer) ? answer : [];
    answering.answer(question.name, isOne ? choice.name : toggled(choices, chosen, choice.name));
  };
  const { "aria-invalid": _, ...labels } = described(props);
  return (
    <div class={question.appearance === "horizontal" ? "choices horizontal" : "choices"} role={isOne ? "radiogroup" : "group"} {...labels}>
      {choices.map((choice, index) => (
        <Choosable key={choice.name} choice={choice} survey={answering.interview.survey} isApart={isApart(choices, index)}>
          <input
            type={isOne ? "radio" : "checkbox"}
            name={question.name}
            value={choice.name}
            autocomplete="off"
            checked={isOne ? answer === choice.name : Array.isArray(answer) && answer.includes(choice.name)}
            onChange={() => choose(choice)}
          />
          <span class={isOne ? "mark" : "mark square"} />
        </Choosable>
      ))}
    </div>
  );
}

/** What is tapped to choose; a button that reads the choice aloud stands beside it, never inside. */
function Choosable({ choice, survey, isApart, children }: { choice: Choice; survey: Survey; isApart: boolean; children: ComponentChildren }): JSX.Element {
  const words = said(choice.label);
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

/** A long list of choices in little room: the device's own drop-down. */
function DropDown(props: FieldProps): JSX.Element {
  const { question, answering } = props;
  const answer = answerTo(props);
  return (
    <select autocomplete="off" value={String(answer ?? "")} onChange={(event) => answering.answer(question.name, event.currentTarget.value)} {...described(props)}>
      <option value="">{t("question.choose_one")}</option>
      {choicesFor(answering.interview, question, today()).map((choice) => (
        <option key={choice.name} value={choice.name}>
          {said(choice.label)}
        </option>
      ))}
    </select>
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
    const tidy = text.replace(/[\s\u00a0]/g, "");
    if (/^-?\d{1,15}$/.test(tidy)) answering.answer(question.name, Number(tidy));
    else if (tidy) answering.garble(question.name);
    else answering.answer(question.name, undefined);
  };
  return (
    <input
      class="number"
      type="text"
      inputMode="numeric"
      autocomplete="off"
      enterkeyhint="next"
      maxLength={16}
      defaultValue={answer === undefined ? "" : String(answer)}
      onInput={(event) => take(event.currentTarget.value)}
      {...described(props)}
    />
  );
}

function RangeField(props: FieldProps): JSX.Element {
  const { question, answering } = props;
  const { start = 0, end = 10, step = 1 } = question.range ?? {};
  const steps = Math.floor((end - start) / step + 1e-9) + 1;
  const answer = answerTo(props);
  if (steps > MOST_BUTTONS) return <Slider {...props} />;
  const values = Array.from({ length: steps }, (_, index) => Number((start + index * step).toFixed(6)));
  const { "aria-invalid": _, ...labels } = described(props);
  return (
    <div class="rating" role="radiogroup" {...labels}>
      {values.map((value) => (
        <label key={value} class="rate">
          <input type="radio" name={question.name} autocomplete="off" checked={answer === value} onChange={() => answering.answer(question.name, value)} />
          <span>{formatNumber(value)}</span>
        </label>
      ))}
    </div>
  );
}

/** A slider shows no value until it was touched: where it happens to stand is not an answer. Buttons beside its value take single steps. */
function Slider(props: FieldProps): JSX.Element {
  const { question, answering } = props;
  const { start = 0, end = 100, step = 1 } = question.range ?? {};
  const answer = answerTo(props);
  const steps = Math.floor((end - start) / step + 1e-9);
  const place = typeof answer === "number" ? Math.round((answer - start) / step) : Math.floor(steps / 2);
  const words = typeof answer === "number" ? formatNumber(answer) : t("question.range_empty");
  const put = (to: number): void => answering.answer(question.name, Number((start + Math.min(steps, Math.max(0, to)) * step).toFixed(6)));
  const take = (event: { currentTarget: HTMLInputElement }): void => answering.answer(question.name, Number(event.currentTarget.value));
  const stepping = (by: 1 | -1): JSX.Element => (
    <button type="button" class="secondary" aria-label={t(by > 0 ? "question.range_more" : "question.range_less", { step })} onClick={() => put(place + by)}>
      {by > 0 ? "+" : "−"}
    </button>
  );
  return (
    <div class={answer === undefined ? "slider untouched" : "slider"}>
      <div class="slider-steps">
        {stepping(-1)}
        <output class="slider-value">{words}</output>
        {stepping(1)}
      </div>
      <input
        type="range"
        min={start}
        max={end}
        step={step}
        autocomplete="off"
        value={start + place * step}
        aria-valuetext={words}
        onInput={take}
        onPointerUp={take}
        {...described(props)}
      />
      <div class="slider-ends" aria-hidden="true">
        <span>{formatNumber(start)}</span>
        <span>{formatNumber(end)}</span>
      </div>
    </div>
  );
}

function TextField(props: FieldProps): JSX.Element {
  const { question, answering } = props;
  const answer = answerTo(props);
  const text = typeof answer === "string" ? answer : "";
  const left = LONGEST_TEXT - text.length;
  return (
    <>
      <textarea
        rows={question.specifies ? 2 : question.appearance === "multiline" ? 6 : 4}
        maxLength={LONGEST_TEXT}
        autocomplete="off"
        autocapitalize="sentences"
        spellcheck={false}
        defaultValue={text}
        onInput={(event) => answering.answer(question.name, event.currentTarget.value)}
        {...described(props)}
      />
      {left < NEARLY_FULL && <p class="hint">{t("question.text_left", { count: left })}</p>}
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

function Acknowledge(props: FieldProps): JSX.Element {
  const { question, answering } = props;
  const isChecked = answerTo(props) === "OK";
  return (
    <div class="choices">
      <label class="choice">
        <input
          type="checkbox"
          autocomplete="off"
          checked={isChecked}
          aria-describedby={`${question.name}-label ${question.name}-problem`}
          onChange={() => answering.answer(question.name, isChecked ? undefined : "OK")}
        />
        <span class="mark square" />
        <span>{t("question.acknowledge")}</span>
      </label>
    </div>
  );
}
