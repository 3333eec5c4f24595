/** Fields for a year, for a month of a year, and for a whole day where the form of a unit may ask for one. All of them native. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { AnswerValue } from "../language/answers.ts";
import { language } from "../texts.ts";
import { dayInWords } from "../worker/answers_in_words.ts";
import { answerTo, described, type FieldProps } from "../worker/field.ts";
import { tDates } from "./dates_and_decimals_texts.ts";
import { monthOf, readYear, YEARS } from "./date_reading.ts";

export function DateField(props: FieldProps): JSX.Element {
  if (props.question.appearance === "year") return <YearField {...props} />;
  return props.question.appearance === "month-year" ? <MonthField {...props} /> : <DayField {...props} />;
}

/** Notes what a field holds: an answer, nothing, or (NaN) something that is no answer. */
function take({ question, answering }: FieldProps, value: AnswerValue | undefined): void {
  if (Number.isNaN(value)) answering.markMalformed(question.name);
  else answering.answer(question.name, value);
}

const YEAR_INPUT = { class: "number", type: "text", inputMode: "numeric", autocomplete: "off", enterkeyhint: "next", maxLength: 12 } as const;

function YearField(props: FieldProps): JSX.Element {
  const typed = (text: string): void => {
    const year = readYear(text);
    take(props, year ? `${year}-01-01` : year);
  };
  return <input {...YEAR_INPUT} defaultValue={String(answerTo(props) ?? "").slice(0, 4)} onInput={(event) => typed(event.currentTarget.value)} {...described(props)} />;
}

const monthName = (month: number): string => new Intl.DateTimeFormat(language.value, { month: "long", timeZone: "UTC" }).format(Date.UTC(2024, month));

function MonthField(props: FieldProps): JSX.Element {
  const { name } = props.question;
  const answer = String(answerTo(props) ?? "");
  const [parts, setParts] = useState({ year: answer.slice(0, 4), month: answer.slice(5, 7) });
  const { "aria-invalid": isInvalid, ...labels } = described(props);
  const change = (changed: Partial<typeof parts>): void => {
    const now = { ...parts, ...changed };
    setParts(now);
    take(props, monthOf(now.year, now.month));
  };
  return (
    <div class="month-year" role="group" {...labels}>
      <label for={`${name}-month`}>{tDates("date.month")}</label>
      <label for={`${name}-year`}>{tDates("date.year")}</label>
      <select id={`${name}-month`} autocomplete="off" value={parts.month} aria-invalid={isInvalid} onChange={(event) => change({ month: event.currentTarget.value })}>
        <option value="">{tDates("date.month.none")}</option>
        {Array.from({ length: 12 }, (_, month) => (
          <option key={month} value={String(month + 1).padStart(2, "0")}>
            {monthName(month)}
          </option>
        ))}
      </select>
      <input {...YEAR_INPUT} id={`${name}-year`} defaultValue={parts.year} aria-invalid={isInvalid} onInput={(event) => change({ year: event.currentTarget.value })} />
    </div>
  );
}

/**
 * A day that is half filled in has no value and raises no input event; only its validity tells. Browsers order day and month by
 * their own language, not by the page's: so the day stands below once more, in words.
 */
function DayField(props: FieldProps): JSX.Element {
  const look = ({ currentTarget: { value, validity } }: { currentTarget: HTMLInputElement }): void => take(props, validity.valid ? value : NaN);
  const answer = String(answerTo(props) ?? "");
  return (
    <>
      <input
        type="date"
        autocomplete="off"
        min={`${YEARS.first}-01-01`}
        max={`${YEARS.last}-12-31`}
        defaultValue={answer}
        onInput={look}
        onKeyUp={look}
        {...described(props)}
      />
      <p class="hint" role="status">
        {answer && tDates("date.reads", { day: dayInWords(answer) })}
      </p>
    </>
  );
}
