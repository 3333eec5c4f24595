/** What few surveys use, in one part that is loaded before the first screen of a survey that needs it. */
import type { JSX } from "preact";
import type { FieldProps } from "../worker/fields.tsx";
import { DateField } from "./date.tsx";
import { DecimalField } from "./decimal.tsx";
import { RankField } from "./rank.tsx";
import "./seldom.css";

export { Media } from "./media.tsx";
export { RightAnswers } from "./right_answers.tsx";
export { hush } from "./sound.ts";
export { hintOf, problemOf, sayForKind } from "./words.ts";

export function Field(props: FieldProps): JSX.Element | null {
  switch (props.question.type) {
    case "decimal":
      return <DecimalField {...props} />;
    case "date":
      return <DateField {...props} />;
    case "rank":
      return <RankField {...props} />;
    default:
      return null;
  }
}
