/** Pictures and sounds of a text, where a survey has some; what shows and plays them is a chunk that comes with such surveys. */
import type { JSX } from "preact";
import { type MediaProps, rankingsAndMedia } from "./optional_parts.ts";

export function Media(props: MediaProps): JSX.Element | null {
  const ShownScreen = rankingsAndMedia.value?.Media;
  return ShownScreen && props.survey.media ? <ShownScreen {...props} /> : null;
}
