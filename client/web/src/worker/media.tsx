/** Pictures and sounds of a text, where a survey has some; what shows and plays them comes with the seldom part. */
import type { JSX } from "preact";
import type { Survey } from "../language/survey.ts";
import { seldom } from "./seldom.ts";

export type Slot = "" | "hint_" | "constraint_";
export type Sort = "image" | "audio";

export interface MediaProps {
  readonly survey: Survey;
  /** A question or a choice. */
  readonly of: object;
  readonly slot?: Slot;
  readonly only?: Sort;
  /** What the picture shows and the sound says, in words. */
  readonly text: string;
}

export function Media(props: MediaProps): JSX.Element | null {
  const Shown = seldom.value?.Media;
  return Shown && props.survey.media ? <Shown {...props} /> : null;
}
