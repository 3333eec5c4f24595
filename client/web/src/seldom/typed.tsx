/** Dates and decimals, in one part that is loaded before the first screen of a survey that needs it. */
import type { JSX } from "preact";
import type { FieldProps } from "../worker/fields.tsx";
import { DateField } from "./date.tsx";
import { DecimalField } from "./decimal.tsx";
import "./typed.css";

export { hintOf, problemOf } from "./typed_words.ts";

export const Field = (props: FieldProps): JSX.Element => (props.question.type === "date" ? <DateField {...props} /> : <DecimalField {...props} />);
