/** A picture and a button that reads aloud, beside the words that they belong to. Nothing plays by itself. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { type Files, inLanguage, type Survey } from "../language/survey.ts";
import { fallbacks, language } from "../texts.ts";
import type { MediaKind, MediaProps } from "../worker/optional_parts.ts";
import { playing, stopSound, togglePlaying, unplayable } from "./audio_player.ts";
import { OptionalIcon } from "./optional_icons.tsx";
import { tRankings } from "./rankings_and_media_texts.ts";

/** The data URI of a file that the survey carries; "*" stands for every language. */
function sourceOf(survey: Survey, of: object, key: string): string | undefined {
  const files = (of as Readonly<Record<string, Files | undefined>>)[key];
  return files && survey.media?.[inLanguage(files, language.value, [...fallbacks.value, "*"])];
}

export function Media({ survey, of, slot = "", only, text }: MediaProps): JSX.Element | null {
  const source = (kind: MediaKind): string | undefined => (only && only !== kind ? undefined : sourceOf(survey, of, slot + kind));
  const [image, audio] = [source("image"), source("audio")];
  if (!image && !audio) return null;
  return (
    <>
      {image && <img class="picture" src={image} alt={text} />}
      {audio && <Sound source={audio} text={text} isSmall={only === "audio"} />}
    </>
  );
}

function Sound({ source, text, isSmall }: { source: string; text: string; isSmall: boolean }): JSX.Element {
  const isPlaying = playing.value === source;
  const word = tRankings(isPlaying ? "sound.stop" : "sound.play");
  useEffect(() => () => (playing.peek() === source ? stopSound() : undefined), [source]);
  return (
    <>
      <button type="button" class={isSmall ? "sound small" : "sound"} aria-label={`${word}: ${text}`} onClick={() => void togglePlaying(source)}>
        <OptionalIcon name={isPlaying ? "stop" : "sound"} />
        {!isSmall && word}
      </button>
      {unplayable.value === source && (
        <p class="problem" role="status">
          {tRankings("sound.failed")}
        </p>
      )}
    </>
  );
}
