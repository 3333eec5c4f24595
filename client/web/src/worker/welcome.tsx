/** The first minute: who asks, why, how long, and why nobody will know. Then a free choice. */
import type { JSX } from "preact";
import { keepChunk } from "../device/updating.ts";
import { Icon, type IconName, Waves } from "../icons.tsx";
import { changeLanguage, DEFAULT_LANGUAGE, language, languageName, localized, t, type TextKey } from "../texts.ts";
import { Heading } from "./heading.tsx";
import { WaitingEnvelopes } from "./link_notices.tsx";
import { isAnonymous, sayFor } from "./optional_parts.ts";
import { Support } from "./support.tsx";
import { TextSize } from "./text_size.tsx";
import type { Visit } from "./visit.ts";

const WHY: readonly [IconName, TextKey][] = [
  ["mask", "welcome.why.no_name"],
  ["lock", "welcome.why.sealed"],
  ["people", "welcome.why.groups"],
];

export function Welcome({ visit, onStaff }: { visit: Visit; onStaff?: (() => void) | undefined }): JSX.Element {
  const { survey } = visit;
  return (
    <div class="welcome">
      <header class="hero">
        <Waves />
        <div class="hero-top">
          <Languages codes={survey.languages} />
          <TextSize class="on-dark" />
          {onStaff && (
            <button type="button" class="quiet-on-dark" title={t("welcome.staff.hint")} onClick={onStaff}>
              <Icon name="staff" /> {t("welcome.staff")}
            </button>
          )}
        </div>
        <p class="kicker">{sayFor(survey, "welcome.kicker")}</p>
        <Heading>{localized(survey.title)}</Heading>
        {survey.minutes !== undefined && (
          <p class="minutes">
            <Icon name="clock" /> {t("welcome.minutes", { minutes: survey.minutes })}
          </p>
        )}
      </header>
      <main class="column">
        {visit.session.mode === "link" && <WaitingEnvelopes />}
        {visit.wipeReason.value && (
          <p class="notice" role="status">
            {t(`ended.${visit.wipeReason.value}`)} {t("ended.body")}
          </p>
        )}
        {survey.about && <p class="lead">{localized(survey.about)}</p>}
        <section aria-labelledby="why">
          <h2 id="why" class="small-title">
            {sayFor(survey, "welcome.why.title")}
          </h2>
          <ul class="why">
            {WHY.map(([icon, key]) => (
              <li key={key}>
                <span class="roundel">
                  <Icon name={icon === "mask" && !isAnonymous(survey) ? "people" : icon} />
                </span>
                <span>{sayFor(survey, key)}</span>
              </li>
            ))}
          </ul>
        </section>
      </main>
      <footer class="actions two">
        <button type="button" class="secondary" onClick={() => void visit.decline()}>
          {sayFor(survey, "welcome.decline")}
        </button>
        <button type="button" class="primary" onClick={() => visit.start()}>
          {t("welcome.start")}
        </button>
      </footer>
    </div>
  );
}

/** Whoever chose another language once finds it again without a network. */
function choose(code: string): void {
  void changeLanguage(code);
  if (code !== DEFAULT_LANGUAGE) void keepChunk("en");
}

function Languages({ codes }: { codes: readonly string[] }): JSX.Element | null {
  if (codes.length < 2) return null;
  return (
    <div class="languages" role="group" aria-label={t("language.choose")}>
      {codes.map((code) => (
        <button type="button" key={code} lang={code} aria-pressed={code === language.value} onClick={() => choose(code)}>
          {languageName(code)}
        </button>
      ))}
    </div>
  );
}

export function Consent({ visit }: { visit: Visit }): JSX.Element {
  const { survey } = visit;
  return (
    <div class="screen">
      <main class="column">
        <Heading>{t("consent.title")}</Heading>
        <div class="prose">
          {paragraphs(localized(survey.consent) || sayFor(survey, "consent.standard")).map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </div>
        {survey.support?.length ? <Support lines={survey.support} isFolded /> : null}
      </main>
      <footer class="actions two">
        <button type="button" class="secondary" onClick={() => void visit.decline()}>
          {sayFor(survey, "consent.decline")}
        </button>
        <button type="button" class="primary" onClick={() => visit.agree()}>
          {sayFor(survey, "consent.agree")}
        </button>
      </footer>
    </div>
  );
}

export const paragraphs = (text: string): string[] => text.split(/\n+/).filter((line) => line.trim());
