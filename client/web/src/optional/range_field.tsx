/** A rating by buttons, or a slider where there are many steps. */
import type { JSX } from "preact";
import { numberInWords } from "../worker/answers_in_words.ts";
import { answerTo, described, type FieldProps } from "../worker/field.ts";
import { tDates } from "./dates_and_decimals_texts.ts";

const MOST_BUTTONS = 11;

export function RangeField(props: FieldProps): JSX.Element {
  const { start = 0, end = 10, step = 1 } = props.question.range ?? {};
  const steps = Math.floor((end - start) / step + 1e-9) + 1;
  if (steps > MOST_BUTTONS) return <Slider {...props} />;
  return <Rating {...props} values={Array.from({ length: steps }, (_, index) => Number((start + index * step).toFixed(6)))} />;
}

/** A button for each number. `meanings` are what some of them mean, for whoever does not see the words below the ends. */
export function Rating({ values, meanings = {}, ...props }: FieldProps & { values: readonly number[]; meanings?: Readonly<Record<number, string>> }): JSX.Element {
  const { question, answering } = props;
  const answer = answerTo(props);
  const { "aria-invalid": _, ...labels } = described(props);
  return (
    <div class="rating" role="radiogroup" {...labels}>
      {values.map((value) => (
        <label key={value} class="rate">
          <input type="radio" name={question.name} autocomplete="off" checked={answer === value} onChange={() => answering.answer(question.name, value)} />
          <span>{numberInWords(question, value)}</span>
          {meanings[value] && <span class="unseen">{meanings[value]}</span>}
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
  const words = typeof answer === "number" ? numberInWords(question, answer) : tDates("range.empty");
  const put = (to: number): void => answering.answer(question.name, Number((start + Math.min(steps, Math.max(0, to)) * step).toFixed(6)));
  const take = (event: { currentTarget: HTMLInputElement }): void => answering.answer(question.name, Number(event.currentTarget.value));
  const stepping = (by: 1 | -1): JSX.Element => (
    <button type="button" class="secondary" aria-label={tDates(by > 0 ? "range.more" : "range.less", { step })} onClick={() => put(place + by)}>
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
        <span>{numberInWords(question, start)}</span>
        <span>{numberInWords(question, end)}</span>
      </div>
    </div>
  );
}
