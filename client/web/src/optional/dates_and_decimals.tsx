/** Dates, decimals, ranges, ratings from 0 to 10 and statements to confirm, in one chunk that is loaded before the first screen of a survey that needs it. */
import type { JSX } from "preact";
import { fieldOf } from "../language/kinds.ts";
import type { FieldProps } from "../worker/field.ts";
import type { ChunkField } from "../worker/optional_parts.ts";
import "./dates_and_decimals.css";
import { AcknowledgeField } from "./acknowledge_field.tsx";
import { DateField } from "./date_field.tsx";
import { DecimalField } from "./decimal_field.tsx";
import { NpsField } from "./nps_field.tsx";
import { RangeField } from "./range_field.tsx";

export { hintOf, problemOf } from "./dates_and_decimals_texts.ts";

/** Of the fields that come in chunks those of this one. */
type DatesField = Exclude<ChunkField, "rank">;

const FIELDS: Readonly<Record<DatesField, (props: FieldProps) => JSX.Element>> = { date: DateField, decimal: DecimalField, range: RangeField, nps: NpsField, acknowledge: AcknowledgeField };

export function Field(props: FieldProps): JSX.Element {
  const Known = FIELDS[fieldOf(props.question) as DatesField];
  return <Known {...props} />;
}
