/** A field for a number with a fraction. On leaving it shows how the number was read, in the language's own form. */
import type { JSX } from "preact";
import { language } from "../texts.ts";
import { answerTo, described, type FieldProps } from "../worker/fields.tsx";
import { readDecimal } from "./decimals.ts";

/** Without groups of digits, whose mark is another language's comma. */
const written = (number: unknown): string =>
  typeof number === "number" ? new Intl.NumberFormat(language.value, { maximumSignificantDigits: 15, useGrouping: false }).format(number) : "";

export function DecimalField(props: FieldProps): JSX.Element {
  const { question, answering } = props;
  const answer = answerTo(props);
  const take = (text: string): void => {
    const number = readDecimal(text);
    if (Number.isNaN(number)) answering.garble(question.name);
    else answering.answer(question.name, number);
  };
  return (
    <input
      class="number"
      type="text"
      inputMode="decimal"
      autocomplete="off"
      enterkeyhint="next"
      maxLength={24}
      defaultValue={written(answer)}
      onInput={(event) => take(event.currentTarget.value)}
      onBlur={(event) => {
        if (typeof answer === "number") event.currentTarget.value = written(answer);
      }}
      {...described(props)}
    />
  );
}
