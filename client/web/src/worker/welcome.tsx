/** The first minute: who asks, why, how long, and why nobody will know. Then a free choice. */
import type { JSX } from "preact";
import { Icon, type IconName, Waves } from "../icons.tsx";
import { keepPart } from "../device/updating.ts";
import { changeTo, DEFAULT_LANGUAGE, type Key, language, languageName, said, t } from "../texts.ts";
import { Heading } from "./heading.tsx";
import { StillHere } from "./link.tsx";
import { isAnonymous, sayFor } from "./seldom.ts";
import { Support } from "./support.tsx";
import { TextSize } from "./text_size.tsx";
import type { Visit } from "./visit.ts";

const WHY: readonly [IconName, Key][] = [
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
          <TextSize look="on-dark" />
          {onStaff && (
            <button type="button" class="quiet-on-dark" title={t("welcome.staff.hint")} onClick={onStaff}>
              <Icon name="staff" /> {t("welcome.staff")}
            </button>
          )}
        </div>
        <p class="kicker">{sayFor(survey, "welcome.kicker")}</p>
        <Heading>{said(survey.title)}</Heading>
        {survey.minutes !== undefined && (
          <p class="minutes">
            <Icon name="clock" /> {t("welcome.minutes", { minutes: survey.minutes })}
          </p>
        )}
      </header>
      <main class="column">
        {visit.place.mode === "link" && <StillHere />}
        {visit.ended.value && (
          <p class="notice" role="status">
            {t(`ended.${visit.ended.value}`)} {t("ended.body")}
          </p>
        )}
        {survey.about && <p class="lead">{said(survey.about)}</p>}
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
        <button type="button" class="secondary" onClick={() => void visit.refuse()}>
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
  void changeTo(code);
  if (code !== DEFAULT_LANGUAGE) void keepPart("en");
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
          {paragraphs(said(survey.consent) || sayFor(survey, "consent.standard")).map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </div>
        {survey.support?.length ? <Support lines={survey.support} isFolded /> : null}
      </main>
      <footer class="actions two">
        <button type="button" class="secondary" onClick={() => void visit.refuse()}>
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
