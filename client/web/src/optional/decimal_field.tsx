/** A field for a number with a fraction. What can be read in two ways is asked about; on leaving the field it is shown as it was read. */
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { formatNumber, language, numberWithMagnitude } from "../texts.ts";
import { answerTo, described, type FieldProps, LONGEST_NUMBER } from "../worker/field.ts";
import { tDates } from "./dates_and_decimals_texts.ts";
import { readFraction } from "./decimal_reading.ts";

/** Without groups of digits, whose mark is another language's comma. */
const written = (number: unknown): string =>
  typeof number === "number" ? new Intl.NumberFormat(language.value, { maximumSignificantDigits: 15, useGrouping: false }).format(number) : "";

export function DecimalField(props: FieldProps): JSX.Element {
  const { question, answering } = props;
  const { name, range } = question;
  const answer = answerTo(props);
  const input = useRef<HTMLInputElement>(null);
  const [readings, offer] = useState<readonly number[]>([]);
  const [typed, note] = useState("");
  const fits = (number: number): boolean => !range || (number >= range.start && number <= range.end);
  const take = (text: string): void => {
    note(text.trim());
    const read = readFraction(text, fits, formatNumber(11111).replace(/\d/g, ""));
    offer(Array.isArray(read) ? read : []);
    if (typeof read === "object" || Number.isNaN(read)) answering.markMalformed(name);
    else answering.answer(name, read);
  };
  const choose = (number: number): void => {
    offer([]);
    answering.answer(name, number);
    if (!input.current) return;
    input.current.value = written(number);
    note(written(number));
    input.current.focus();
  };
  /** What stands there is not how this number is written here: «2.000» where only two is possible. */
  const isReadAs = typed !== "" && typed !== written(answer);
  return (
    <>
      <input
        ref={input}
        class="number"
        type="text"
        inputMode="decimal"
        autocomplete="off"
        enterkeyhint="next"
        maxLength={LONGEST_NUMBER}
        defaultValue={written(answer)}
        onInput={(event) => take(event.currentTarget.value)}
        onBlur={(event) => {
          if (typeof answer === "number") event.currentTarget.value = written(answer);
        }}
        {...described(props)}
      />
      <p class="hint" role="status">
        {typeof answer === "number" && (isReadAs || Math.abs(answer) >= 1000) && `= ${numberWithMagnitude(answer)}`}
      </p>
      <div role="status" class={readings.length ? "readings" : "unseen"}>
        {readings.length > 0 && <p>{tDates("decimal.which")}</p>}
        {readings.map((number) => (
          <button type="button" class="secondary" key={number} onClick={() => choose(number)}>
            {numberWithMagnitude(number)}
          </button>
        ))}
      </div>
    </>
  );
}
