/** Dates, decimals and ranges, in one part that is loaded before the first screen of a survey that needs it. */
import type { JSX } from "preact";
import type { FieldProps } from "../worker/fields.tsx";
import { DateField } from "./date.tsx";
import { DecimalField } from "./decimal.tsx";
import { RangeField } from "./range.tsx";
import "./typed.css";

export { hintOf, problemOf } from "./typed_words.ts";

const FIELDS = { date: DateField, range: RangeField } as const;

export function Field(props: FieldProps): JSX.Element {
  const Known = FIELDS[props.question.type as keyof typeof FIELDS] ?? DecimalField;
  return <Known {...props} />;
}
