/** What makes a sensitive section look the same from outside for everybody: a page before it, and screens that fill its gaps. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { today } from "../day.ts";
import { Icon } from "../icons.tsx";
import { t, type TextKey } from "../texts.ts";
import { piped } from "./answers_in_words.ts";
import { Heading } from "./heading.tsx";
import { canSkipSection, goForward, type Interview, withoutSection } from "./interview.ts";
import { NavigationButtons, submit } from "./questions.tsx";
import { Support } from "./support.tsx";
import type { Visit } from "./visit.ts";

interface ScreenProps {
  readonly visit: Visit;
  readonly interview: Interview;
}

/** Is it private here? And who does not want this section leaves it out whole. */
export function SensitiveNotice({ visit, interview }: ScreenProps): JSX.Element {
  return (
    <div class="screen">
      <main class="column">
        <span class="roundel large">
          <Icon name="mask" />
        </span>
        <Heading>{t("section.sensitive.title")}</Heading>
        <div class="prose">
          <p>{t("section.sensitive.place", { cover: t("sitting.cover"), exit: t("sitting.exit") })}</p>
          <p>{t("section.sensitive.filler")}</p>
        </div>
        {canSkipSection(interview) && (
          <button type="button" class="ghost wide" onClick={() => visit.change((now) => withoutSection(now, today()))}>
            {t("section.sensitive.skip")}
          </button>
        )}
        {interview.survey.support?.length ? <Support lines={interview.survey.support} isFolded /> : null}
      </main>
      <footer class="actions">
        <button type="button" class="primary" onClick={() => visit.change((now) => goForward(now, today()))}>
          {t("section.sensitive.continue")}
        </button>
      </footer>
    </div>
  );
}

const QUESTIONS = 4;
const CHOICES = ["a", "b", "c", "d"] as const;

/** Stands where this person has nothing to answer. What is chosen here stays in this component and is gone with it. */
export function FillerQuestion({ visit, interview }: ScreenProps): JSX.Element {
  const [chosen, choose] = useState("");
  const number = (interview.position % QUESTIONS) + 1;
  const section = interview.survey.sections.find((candidate) => candidate.name === interview.screens[interview.position]?.section);
  return (
    <form class="screen" autocomplete="off" noValidate onSubmit={(event) => submit(event, visit)}>
      <main class="column">
        {section?.title && <p class="section-name">{piped(section.title, interview, today())}</p>}
        <Heading id="filler-label">
          {t(`filler.${number}.label` as TextKey)}
        </Heading>
        <div class="choices" role="radiogroup" aria-labelledby="filler-label">
          {CHOICES.map((choice) => (
            <label key={choice} class="choice">
              <input type="radio" name="filler" autocomplete="off" checked={chosen === choice} onChange={() => choose(choice)} />
              <span class="mark" />
              <span>{t(`filler.${number}.${choice}` as TextKey)}</span>
            </label>
          ))}
        </div>
        {interview.survey.support?.length ? <Support lines={interview.survey.support} isFolded /> : null}
      </main>
      <NavigationButtons visit={visit} interview={interview} />
    </form>
  );
}
