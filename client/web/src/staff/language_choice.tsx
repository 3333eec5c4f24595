/** The language of staff's own screens; workers choose theirs anew each time. */
import type { JSX } from "preact";
import { writeFact } from "../device/store.ts";
import { changeLanguage, language, languageName, t } from "../texts.ts";

const PAGE_LANGUAGES = ["vi", "en"] as const;

export const LanguageChoice = (): JSX.Element => (
  <div class="languages plain" role="group" aria-label={t("language.choose")}>
    {PAGE_LANGUAGES.map((code) => (
      <button
        type="button"
        key={code}
        lang={code}
        aria-pressed={code === language.value}
        onClick={() => {
          void changeLanguage(code);
          void writeFact("language", code);
        }}
      >
        {languageName(code)}
      </button>
    ))}
  </div>
);
