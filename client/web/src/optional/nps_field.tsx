/** How likely somebody is to recommend something: 0 to 10, with what the two ends mean. */
import type { JSX } from "preact";
import type { FieldProps } from "../worker/field.ts";
import { tDates } from "./dates_and_decimals_texts.ts";
import { Rating } from "./range_field.tsx";

const MOST = 10;
const POINTS = Array.from({ length: MOST + 1 }, (_, point) => point);

export function NpsField(props: FieldProps): JSX.Element {
  const least = tDates("nps.least");
  const most = tDates("nps.most");
  return (
    <>
      <Rating {...props} values={POINTS} meanings={{ 0: least, [MOST]: most }} />
      <div class="slider-ends" aria-hidden="true">
        <span>0 – {least}</span>
        <span>
          {MOST} – {most}
        </span>
      </div>
    </>
  );
}
