/** How a person is seen off. Nothing of what she said is on these screens, and soon they are ready for the next person. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Icon, type IconName } from "../icons.tsx";
import { localized, t } from "../texts.ts";
import { Heading } from "./heading.tsx";
import { DeliveryNotice } from "./link_notices.tsx";
import { rightAnswers, sayFor } from "./optional_parts.ts";
import { isSharedDevice } from "./session.ts";
import { Support } from "./support.tsx";
import type { Visit } from "./visit.ts";

const READY_AFTER_SECONDS = 15;
/** For whoever asked to read the right answers; a shared device still gets ready by itself in the end. */
const READING_SECONDS = 120;

/** Whoever still touches the page (to write down a number) is not hurried. */
const READING = ["pointerdown", "wheel", "touchmove", "keydown"] as const;

interface EndScreenProps {
  readonly visit: Visit;
  readonly seconds?: number;
  readonly icon: IconName;
  readonly title: string;
  readonly children: ComponentChildren;
}

function EndScreen({ visit, icon, title, children, seconds = READY_AFTER_SECONDS }: EndScreenProps): JSX.Element {
  return (
    <div class="screen">
      <main class="column end-screen">
        <span class="roundel large">
          <Icon name={icon} />
        </span>
        <Heading>{title}</Heading>
        {children}
      </main>
      <footer class="actions">
        {isSharedDevice(visit.session) ? <Countdown visit={visit} from={seconds} /> : null}
        <button type="button" class={isSharedDevice(visit.session) ? "primary" : "secondary"} onClick={() => visit.nextPerson()}>
          {sayFor(visit.survey, isSharedDevice(visit.session) ? "thanks.next_person" : "thanks.link.again")}
        </button>
      </footer>
    </div>
  );
}

function Countdown({ visit, from }: { visit: Visit; from: number }): JSX.Element {
  const [seconds, tick] = useState(from);
  useEffect(() => {
    let end = 0;
    const startAnew = (): void => {
      end = performance.now() + from * 1000;
      tick(from);
    };
    startAnew();
    const timer = setInterval(() => {
      const left = Math.ceil((end - performance.now()) / 1000);
      if (left <= 0) visit.nextPerson();
      else tick(left);
    }, 1000);
    for (const name of READING) addEventListener(name, startAnew, { passive: true });
    return () => {
      clearInterval(timer);
      for (const name of READING) removeEventListener(name, startAnew);
    };
  }, [visit, from]);
  return <p class="countdown">{t("thanks.countdown", { seconds })}</p>;
}

export function Thanks({ visit }: { visit: Visit }): JSX.Element {
  const { survey, session } = visit;
  const [isReading, read] = useState(!isSharedDevice(session));
  const RightAnswers = survey.show_answers && rightAnswers.value?.RightAnswers;
  const answers = RightAnswers && <RightAnswers survey={survey} today={session.campaign.from} isOpen={isReading} onOpen={() => read(true)} />;
  return (
    <EndScreen visit={visit} icon="check" title={t("thanks.title")} seconds={isReading ? READING_SECONDS : READY_AFTER_SECONDS}>
      <p class="lead">{sayFor(survey, "thanks.body")}</p>
      {survey.closing && <p class="prose">{localized(survey.closing)}</p>}
      {session.mode === "link" && <DeliveryNotice />}
      {answers}
      {survey.support?.length ? <Support lines={survey.support} /> : null}
    </EndScreen>
  );
}

export const Declined = ({ visit }: { visit: Visit }): JSX.Element => (
  <EndScreen visit={visit} icon="check" title={t("thanks.declined.title")}>
    <p class="lead">{sayFor(visit.survey, isSharedDevice(visit.session) ? "thanks.declined.body" : "thanks.declined_link.body")}</p>
    <button type="button" class="ghost wide" onClick={() => void visit.undoDecline()}>
      {t("thanks.declined.undo")}
    </button>
  </EndScreen>
);

export const EndedEarly = ({ visit }: { visit: Visit }): JSX.Element => (
  <EndScreen visit={visit} icon="exit" title={t("thanks.left.title")}>
    <p class="lead">{t("thanks.left.body")}</p>
  </EndScreen>
);
