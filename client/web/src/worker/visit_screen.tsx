/** What a worker has in front of her, from the first screen to the last, with the ways to hide and to leave always in reach. */
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { today } from "../day.ts";
import { Icon } from "../icons.tsx";
import { language, t } from "../texts.ts";
import { Declined, EndedEarly, Thanks } from "./end_screens.tsx";
import { Heading } from "./heading.tsx";
import { progressOf, shownScreen } from "./interview.ts";
import { rankingsAndMedia, sayFor, tabletModule } from "./optional_parts.ts";
import { Questions } from "./questions.tsx";
import { Review } from "./review.tsx";
import { FillerQuestion, SensitiveNotice } from "./sensitive_section.tsx";
import { TextSize } from "./text_size.tsx";
import type { Visit } from "./visit.ts";
import { Consent, Welcome } from "./welcome.tsx";

export function VisitScreen({ visit, onStaff }: { visit: Visit; onStaff?: (() => void) | undefined }): JSX.Element {
  const page = useRef<HTMLDivElement>(null);
  const stage = visit.stage.value === "sending" ? "questions" : visit.stage.value;
  useLayoutEffect(() => {
    if (visit.isCovered.value) rankingsAndMedia.value?.stopSound();
    else page.current?.querySelector("h1")?.focus();
  }, [visit.isCovered.value]);
  const isAnswering = stage === "consent" || stage === "questions";
  return (
    <div class="page" ref={page} lang={language.value}>
      {visit.isCovered.value ? <Cover visit={visit} onStaff={onStaff} /> : null}
      <div class="under-cover" hidden={visit.isCovered.value}>
        {isAnswering && <TopBar visit={visit} />}
        <Stage visit={visit} onStaff={onStaff} />
      </div>
      <IdleWarning visit={visit} />
    </div>
  );
}

function Stage({ visit, onStaff }: { visit: Visit; onStaff?: (() => void) | undefined }): JSX.Element | null {
  switch (visit.stage.value) {
    case "welcome":
      return <Welcome visit={visit} onStaff={onStaff} />;
    case "consent":
      return <Consent visit={visit} />;
    case "thanks":
      return <Thanks visit={visit} />;
    case "declined":
      return <Declined visit={visit} />;
    case "left":
      return <EndedEarly visit={visit} />;
    default:
      return <Asking visit={visit} />;
  }
}

function Asking({ visit }: { visit: Visit }): JSX.Element | null {
  const interview = visit.interview.value;
  if (!interview) return null;
  const shown = shownScreen(interview, today());
  const key = interview.position;
  if (shown.kind === "questions") return <Questions key={key} visit={visit} interview={interview} shown={shown} />;
  if (shown.kind === "private") return <SensitiveNotice key={key} visit={visit} interview={interview} />;
  if (shown.kind === "filler") return <FillerQuestion key={key} visit={visit} interview={interview} />;
  return <Review visit={visit} interview={interview} />;
}

function TopBar({ visit }: { visit: Visit }): JSX.Element {
  const interview = visit.interview.value;
  const percent = interview ? Math.round(progressOf(interview) * 100) : 0;
  return (
    <header class="bar">
      <div class="bar-buttons">
        <button type="button" class="bar-button" onClick={() => (visit.isCovered.value = true)}>
          <Icon name="cover" /> {t("sitting.cover")}
        </button>
        <TextSize class="bar-button" />
        <button type="button" class="bar-button" title={t("sitting.exit.hint")} onClick={() => visit.exit()}>
          <Icon name="exit" /> {t("sitting.exit")}
        </button>
      </div>
      <progress max={100} value={percent} aria-label={t("sitting.progress", { percent })} />
    </header>
  );
}

const COVERS = { hidden: ["cover.turn.title", "cover.turn.body"], officer: ["cover.officer.title", "cover.officer.body"] } as const;

/** Answers stay in memory; the screen shows nothing of them. Where the person covered it, nothing tells of there being something to hide. */
function Cover({ visit, onStaff }: { visit: Visit; onStaff?: (() => void) | undefined }): JSX.Element {
  const words = visit.coverReason.value && COVERS[visit.coverReason.value];
  return (
    <main class="cover">
      <Heading>{words ? tabletModule.value?.tTablet(words[0]) : t("app.name")}</Heading>
      <p>{words ? tabletModule.value?.tTablet(words[1]) : sayFor(visit.survey, "welcome.kicker")}</p>
      <button type="button" class="primary" onClick={() => visit.uncover()}>
        {t("cover.uncover")}
      </button>
      {visit.coverReason.value === "officer" && (
        <button type="button" class="quiet-on-dark" onClick={onStaff}>
          <Icon name="staff" /> {tabletModule.value?.tTablet("cover.officer.desk")}
        </button>
      )}
    </main>
  );
}

/** Before answers go for want of anybody, wherever on the page somebody may be. */
export const IdleWarning = ({ visit }: { visit: Visit }): JSX.Element | null =>
  visit.secondsLeft.value === undefined ? null : <Warning visit={visit} seconds={visit.secondsLeft.value} />;

function Warning({ visit, seconds }: { visit: Visit; seconds: number }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="sheet small" aria-labelledby="idle-title" onClose={() => (visit.secondsLeft.value = undefined)}>
      <div class="sheet-body">
        <h2 id="idle-title">{t("idle.title")}</h2>
        <p>{t("idle.body", { seconds })}</p>
        <button type="button" class="primary wide" onClick={() => dialog.current?.close()}>
          {t("idle.stay")}
        </button>
      </div>
    </dialog>
  );
}
