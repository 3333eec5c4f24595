/** Dates, decimals and ranges, in one chunk that is loaded before the first screen of a survey that needs it. */
import type { JSX } from "preact";
import type { FieldProps } from "../worker/field.ts";
import "./dates_and_decimals.css";
import { DateField } from "./date_field.tsx";
import { DecimalField } from "./decimal_field.tsx";
import { RangeField } from "./range_field.tsx";

export { hintOf, problemOf } from "./dates_and_decimals_texts.ts";

const FIELDS = { date: DateField, range: RangeField } as const;

export function Field(props: FieldProps): JSX.Element {
  const Known = FIELDS[props.question.type as keyof typeof FIELDS] ?? DecimalField;
  return <Known {...props} />;
}
