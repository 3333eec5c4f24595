/** How sending goes, in plain words, and one button. */
import type { JSX } from "preact";
import { failure, forOthers, sending, synced } from "../device/sending.ts";
import { Icon } from "../icons.tsx";
import { isBesideCollector, roadCounts, standing, syncWholeRoad } from "./forwarding.ts";
import { inMoments } from "./moments.ts";
import { s, sayProblem } from "./words.ts";

export function Sync({ onEnrol }: { onEnrol: () => void }): JSX.Element {
  const isRunning = sending.value === "sending";
  const isShutOut = failure.value === "unauthorised" && !isBesideCollector.value;
  const last = isBesideCollector.value ? standing.value?.forwarding.succeeded : synced.value;
  return (
    <div class="sync">
      <button type="button" class="secondary wide" disabled={isRunning} onClick={() => void syncWholeRoad()}>
        <Icon name="sync" /> {s(isRunning ? "home.sync.running" : "home.sync.now")}
      </button>
      <p role="status" class={isHindered() ? "notice" : "hint"}>
        {isBesideCollector.value ? sayRoad() : sayState()}
        {isShutOut && (
          <button type="button" class="ghost" onClick={onEnrol}>
            {s("home.sync.enrol_again")}
          </button>
        )}
      </p>
      {forOthers.value > 0 && <p class="notice">{s("home.sync.elsewhere", { count: forOthers.value })}</p>}
      <p class="hint">{last ? s("home.sync.last", { when: inMoments(last) }) : s("home.sync.never")}</p>
    </div>
  );
}

function sayState(): string {
  switch (failure.value) {
    case "offline":
      return s("home.sync.offline");
    case "busy":
      return s("home.sync.later");
    case "foreign":
      return s("home.sync.foreign");
    case "altered":
      return s("home.sync.altered");
    case "rejected":
      return s("home.sync.rejected");
    case "unauthorised":
      return s("home.sync.unauthorised");
    default:
      return roadCounts.value.waiting === 0 ? s("home.sync.idle") : "";
  }
}

const upstream = (): string => (isBesideCollector.value && standing.value?.forwarding.state) || "never";

const isHindered = (): boolean => failure.value !== undefined || !["never", "well"].includes(upstream());

/** Beside a collector: first whether it takes what this page has, then how it stands with the server. */
function sayRoad(): string {
  if (failure.value === "offline" || failure.value === "foreign") return s("home.road.away");
  if (failure.value) return s("home.road.not_taking");
  switch (upstream()) {
    case "offline":
      return s("home.road.offline");
    case "busy":
      return s("home.sync.later");
    case "foreign":
      return s("home.road.foreign");
    case "unauthorised":
      return s("home.road.unauthorised");
    case "not_enrolled":
      return s("home.road.not_enrolled");
    case "store":
      return s("home.road.store");
    case "altered":
      return s("home.road.altered");
    case "rejected":
      return sayRejected(standing.value?.forwarding.code);
    default:
      return s(roadCounts.value.waiting === 0 ? "home.sync.idle" : "home.road.waiting");
  }
}

const sayRejected = (code: string | null | undefined): string => (code ? s("home.road.rejected", { reason: sayProblem(code) }) : s("home.sync.rejected"));
