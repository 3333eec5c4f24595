/** Staff's desk: what this device has collected and sent, which campaigns it may ask, and the start of a sitting. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { campaignOf } from "../device/campaigns.ts";
import { installOffer } from "../device/installing.ts";
import { outboxCounts } from "../device/sending.ts";
import { readFact, type Sitting } from "../device/store.ts";
import { activateUpdate, hasUpdate } from "../device/updating.ts";
import { Icon } from "../icons.tsx";
import { lastSitting } from "../screens.ts";
import { formatNumber } from "../texts.ts";
import { canSeal } from "../transport/sealing.ts";
import { Heading } from "../worker/heading.tsx";
import { Campaigns } from "./campaigns.tsx";
import { focusAndShow } from "./focusing.ts";
import { Card, ErrorMessage } from "./form.tsx";
import { forwardingReport, isBesideCollector, keepReportFresh, refreshReport, totalCounts } from "./forwarding.ts";
import { LanguageChoice } from "./language_choice.tsx";
import { CollectorTroubles, RefusedEnvelopes, RefusedTallies } from "./refused.tsx";
import { SittingPanel } from "./sitting_panel.tsx";
import { type StaffKey, tStaff } from "./staff_texts.ts";
import { Storage } from "./storage.tsx";
import { Sync } from "./sync.tsx";

interface DeskProps {
  readonly onHandOver: (sitting: Sitting) => Promise<void>;
  readonly onEnrol: () => void;
  readonly onPin: () => void;
}

export function Desk({ onHandOver, onEnrol, onPin }: DeskProps): JSX.Element {
  const [device, setDevice] = useState("");
  useEffect(() => void readFact("enrolment").then((enrolment) => setDevice(enrolment?.name ?? "")), []);
  useEffect(keepReportFresh, []);
  useEffect(() => void refreshReport(), [outboxCounts.value.sent]);
  return (
    <>
      <header class="desk-head">
        <div>
          <Heading>{tStaff("home.title")}</Heading>
          <p>{tStaff("home.device", { name: (isBesideCollector.value && forwardingReport.value?.name) || device })}</p>
        </div>
        <LanguageChoice />
      </header>
      <main>
        <div class="desk-notices">
          {!canSeal() && <ErrorMessage>{tStaff("home.insecure")}</ErrorMessage>}
          {hasUpdate.value && (
            <p class="notice">
              {tStaff("home.update.body")}{" "}
              <button type="button" class="ghost" onClick={activateUpdate}>
                {tStaff("home.update.now")}
              </button>
            </p>
          )}
        </div>
        <div class="desk">
          <section class="card desk-counts" aria-labelledby="counts">
            <h2 id="counts">{tStaff("home.counts.title")}</h2>
            <Counts />
            <Sync onEnrol={onEnrol} />
          </section>
          <Work onHandOver={onHandOver} />
          <div class="desk-more">
            {totalCounts.value.held > 0 && <RefusedEnvelopes />}
            <RefusedTallies />
            <CollectorTroubles />
            <Storage />
            <Install />
            <button type="button" class="ghost" onClick={onPin}>
              <Icon name="lock" /> {tStaff("home.pin.change")}
            </button>
          </div>
        </div>
      </main>
    </>
  );
}

/** Where staff are at work: they choose a campaign and a workplace, and are then at this workplace. */
function Work({ onHandOver }: Pick<DeskProps, "onHandOver">): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const [taps, tap] = useState(0);
  useEffect(() => {
    if (taps) focusAndShow(place.current?.querySelector("h2"), place.current);
  }, [taps]);
  const goTo = (sitting: Sitting | undefined): void => {
    lastSitting.value = sitting;
    tap(taps + 1);
  };
  const sitting = lastSitting.value;
  const campaign = sitting && campaignOf(sitting.campaign);
  return (
    <div class="desk-work" ref={place}>
      {sitting && campaign ? <SittingPanel sitting={sitting} campaign={campaign} onHandOver={onHandOver} onEnd={() => goTo(undefined)} /> : <Campaigns onStart={goTo} />}
    </div>
  );
}

function Install(): JSX.Element | null {
  if (!installOffer.value) return null;
  return (
    <Card id="install" title={tStaff("home.install.title")}>
      <p>{tStaff("home.install.body")}</p>
      <button type="button" class="secondary wide" onClick={() => void installOffer.value?.prompt()}>
        {tStaff("home.install.now")}
      </button>
    </Card>
  );
}

/** Collected is what waits, what was sent and what is held; it always adds up. */
function Counts(): JSX.Element {
  const { waiting, sent, held } = totalCounts.value;
  const rows: [StaffKey, number][] = [
    ["home.counts.collected", waiting + sent + held],
    ["home.counts.waiting", waiting],
    ["home.counts.sent", sent],
    ["home.counts.refused", held],
  ];
  return (
    <dl class="counts">
      {rows.map(([key, number]) => (
        <div key={key} class={key === "home.counts.refused" && number > 0 ? "is-bad" : undefined}>
          <dt>{tStaff(key)}</dt>
          <dd>{formatNumber(number)}</dd>
        </div>
      ))}
    </dl>
  );
}
