/** The language of staff's own screens; workers choose theirs anew each time. */
import type { JSX } from "preact";
import { remember } from "../device/store.ts";
import { changeTo, language, languageName, t } from "../texts.ts";

const SPOKEN = ["vi", "en"] as const;

export const Tongue = (): JSX.Element => (
  <div class="languages plain" role="group" aria-label={t("language.choose")}>
    {SPOKEN.map((code) => (
      <button
        type="button"
        key={code}
        lang={code}
        aria-pressed={code === language.value}
        onClick={() => {
          void changeTo(code);
          void remember("language", code);
        }}
      >
        {languageName(code)}
      </button>
    ))}
  </div>
);
