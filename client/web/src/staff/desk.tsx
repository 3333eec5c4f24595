/** Staff's desk: what this device has collected and sent, which campaigns it may ask, and the start of a sitting. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { lastSitting } from "../app.ts";
import { campaignOf } from "../device/campaigns.ts";
import { counts } from "../device/sending.ts";
import { offer } from "../device/installing.ts";
import { recall, type Sitting } from "../device/store.ts";
import { hasUpdate, takeOver } from "../device/updating.ts";
import { Icon } from "../icons.tsx";
import { formatNumber } from "../texts.ts";
import { canSeal } from "../worker/handing_in.ts";
import { Heading } from "../worker/heading.tsx";
import { arriveAt } from "./arriving.ts";
import { Campaigns } from "./campaigns.tsx";
import { Card, Complaint } from "./form.tsx";
import { isBesideCollector, keepLooking, look, roadCounts, standing } from "./forwarding.ts";
import { CollectorTroubles, Held, HeldTallies } from "./held.tsx";
import { SittingPanel } from "./sitting_panel.tsx";
import { Storage } from "./storage.tsx";
import { Sync } from "./sync.tsx";
import { Tongue } from "./tongue.tsx";
import { s, type StaffKey } from "./words.ts";

interface DeskProps {
  readonly onEnrol: () => void;
  readonly onPin: () => void;
}

export function Desk({ onEnrol, onPin }: DeskProps): JSX.Element {
  const [device, setDevice] = useState("");
  useEffect(() => void recall("enrolment").then((enrolment) => setDevice(enrolment?.name ?? "")), []);
  useEffect(keepLooking, []);
  useEffect(() => void look(), [counts.value.sent]);
  return (
    <>
      <header class="desk-head">
        <div>
          <Heading>{s("home.title")}</Heading>
          <p>{s("home.device", { name: (isBesideCollector.value && standing.value?.name) || device })}</p>
        </div>
        <Tongue />
      </header>
      <main>
        <div class="desk-notices">
          {!canSeal() && <Complaint>{s("home.insecure")}</Complaint>}
          {hasUpdate.value && (
            <p class="notice">
              {s("home.update.body")}{" "}
              <button type="button" class="ghost" onClick={takeOver}>
                {s("home.update.now")}
              </button>
            </p>
          )}
        </div>
        <div class="desk">
          <section class="card desk-counts" aria-labelledby="counts">
            <h2 id="counts">{s("home.counts.title")}</h2>
            <Counts />
            <Sync onEnrol={onEnrol} />
          </section>
          <Work />
          <div class="desk-more">
            {roadCounts.value.refused > 0 && <Held />}
            <HeldTallies />
            <CollectorTroubles />
            <Storage />
            <Install />
            <button type="button" class="ghost" onClick={onPin}>
              <Icon name="lock" /> {s("home.pin.change")}
            </button>
          </div>
        </div>
      </main>
    </>
  );
}

/** Where staff are at work: they choose a campaign and a workplace, and are then at this workplace. */
function Work(): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const [taps, tap] = useState(0);
  useEffect(() => {
    if (taps) arriveAt(place.current?.querySelector("h2"), place.current);
  }, [taps]);
  const goTo = (sitting: Sitting | undefined): void => {
    lastSitting.value = sitting;
    tap(taps + 1);
  };
  const sitting = lastSitting.value;
  const campaign = sitting && campaignOf(sitting.campaign);
  return (
    <div class="desk-work" ref={place}>
      {sitting && campaign ? <SittingPanel sitting={sitting} campaign={campaign} onEnd={() => goTo(undefined)} /> : <Campaigns onStart={goTo} />}
    </div>
  );
}

function Install(): JSX.Element | null {
  if (!offer.value) return null;
  return (
    <Card id="install" title={s("home.install.title")}>
      <p>{s("home.install.body")}</p>
      <button type="button" class="secondary wide" onClick={() => void offer.value?.prompt()}>
        {s("home.install.now")}
      </button>
    </Card>
  );
}

/** Collected is what waits, what was sent and what was refused; it always adds up. */
function Counts(): JSX.Element {
  const { waiting, sent, refused } = roadCounts.value;
  const rows: [StaffKey, number][] = [
    ["home.counts.collected", waiting + sent + refused],
    ["home.counts.waiting", waiting],
    ["home.counts.sent", sent],
    ["home.counts.refused", refused],
  ];
  return (
    <dl class="counts">
      {rows.map(([key, number]) => (
        <div key={key} class={key === "home.counts.refused" && number > 0 ? "is-bad" : undefined}>
          <dt>{s(key)}</dt>
          <dd>{formatNumber(number)}</dd>
        </div>
      ))}
    </dl>
  );
}
