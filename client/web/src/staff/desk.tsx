/** Staff's desk: what this device has collected and sent, which campaigns it may ask, and the start of a sitting. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { lastSitting } from "../app.ts";
import { campaignOf } from "../device/campaigns.ts";
import { counts } from "../device/sending.ts";
import { offer } from "../device/installing.ts";
import { recall } from "../device/store.ts";
import { hasUpdate, takeOver } from "../device/updating.ts";
import { Icon } from "../icons.tsx";
import { formatNumber } from "../texts.ts";
import { canSeal } from "../worker/handing_in.ts";
import { Heading } from "../worker/heading.tsx";
import { Campaigns } from "./campaigns.tsx";
import { Card, Complaint } from "./form.tsx";
import { keepLooking, look, roadCounts } from "./forwarding.ts";
import { Held } from "./held.tsx";
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
  const sitting = lastSitting.value;
  const campaign = sitting && campaignOf(sitting.campaign);
  return (
    <>
      <header class="desk-head">
        <div>
          <Heading>{s("home.title")}</Heading>
          <p>{s("home.device", { name: device })}</p>
        </div>
        <Tongue />
      </header>
      <main class="desk">
        {!canSeal() && <Complaint>{s("home.insecure")}</Complaint>}
        {hasUpdate.value && (
          <p class="notice">
            {s("home.update.body")}{" "}
            <button type="button" class="ghost" onClick={takeOver}>
              {s("home.update.now")}
            </button>
          </p>
        )}
        {sitting && campaign ? <SittingPanel sitting={sitting} campaign={campaign} onEnd={() => (lastSitting.value = undefined)} /> : <Campaigns onStart={(chosen) => (lastSitting.value = chosen)} />}
        <section class="card" aria-labelledby="counts">
          <h2 id="counts">{s("home.counts.title")}</h2>
          <Counts />
          <Sync onEnrol={onEnrol} />
        </section>
        {roadCounts.value.refused > 0 && <Held />}
        <Storage />
        <Install />
        <button type="button" class="ghost" onClick={onPin}>
          <Icon name="lock" /> {s("home.pin.change")}
        </button>
      </main>
    </>
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
