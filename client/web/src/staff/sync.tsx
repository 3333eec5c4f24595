/** How sending goes, in plain words, and one button. */
import type { JSX } from "preact";
import { lastSync, senderState, sendingFailure, waitingForOtherServers } from "../device/sending.ts";
import { Icon } from "../icons.tsx";
import { forwardingReport, isBesideCollector, syncUpToServer, totalCounts } from "./forwarding.ts";
import { sayProblem, tStaff } from "./staff_texts.ts";
import { timeInWords } from "./times_in_words.ts";

export function Sync({ onEnrol }: { onEnrol: () => void }): JSX.Element {
  const isRunning = senderState.value === "sending";
  const isShutOut = sendingFailure.value === "unauthorised" && !isBesideCollector.value;
  const last = isBesideCollector.value ? forwardingReport.value?.forwarding.succeeded : lastSync.value;
  return (
    <div class="sync">
      <button type="button" class="secondary wide" disabled={isRunning} onClick={() => void syncUpToServer()}>
        <Icon name="sync" /> {tStaff(isRunning ? "home.sync.running" : "home.sync.now")}
      </button>
      <p role="status" class={isHindered() ? "notice" : "hint"}>
        {isBesideCollector.value ? sayForwarding() : sayState()}
        {isShutOut && (
          <button type="button" class="ghost" onClick={onEnrol}>
            {tStaff("home.sync.enrol_again")}
          </button>
        )}
      </p>
      {waitingForOtherServers.value > 0 && <p class="notice">{tStaff("home.sync.elsewhere", { count: waitingForOtherServers.value })}</p>}
      <p class="hint">{last ? tStaff("home.sync.last", { when: timeInWords(last) }) : tStaff("home.sync.never")}</p>
    </div>
  );
}

function sayState(): string {
  switch (sendingFailure.value) {
    case "offline":
      return tStaff("home.sync.offline");
    case "busy":
      return tStaff("home.sync.later");
    case "foreign":
      return tStaff("home.sync.foreign");
    case "altered":
      return tStaff("home.sync.altered");
    case "rejected":
      return tStaff("home.sync.rejected");
    case "unauthorised":
      return tStaff("home.sync.unauthorised");
    default:
      return totalCounts.value.waiting === 0 ? tStaff("home.sync.idle") : "";
  }
}

const upstream = (): string => (isBesideCollector.value && forwardingReport.value?.forwarding.state) || "never";

const isHindered = (): boolean => sendingFailure.value !== undefined || !["never", "well"].includes(upstream());

/** Beside a collector: first whether it takes what this page has, then how it stands with the server. */
function sayForwarding(): string {
  if (sendingFailure.value === "offline" || sendingFailure.value === "foreign") return tStaff("home.forwarding.away");
  if (sendingFailure.value) return tStaff("home.forwarding.not_taking");
  switch (upstream()) {
    case "offline":
      return tStaff("home.forwarding.offline");
    case "busy":
      return tStaff("home.sync.later");
    case "foreign":
      return tStaff("home.forwarding.foreign");
    case "unauthorised":
      return tStaff("home.forwarding.unauthorised");
    case "not_enrolled":
      return tStaff("home.forwarding.not_enrolled");
    case "store":
      return tStaff("home.forwarding.store");
    case "altered":
      return tStaff("home.forwarding.altered");
    case "rejected":
      return sayRejected(forwardingReport.value?.forwarding.code);
    default:
      return tStaff(totalCounts.value.waiting === 0 ? "home.sync.idle" : "home.forwarding.waiting");
  }
}

const sayRejected = (code: string | null | undefined): string => (code ? tStaff("home.forwarding.rejected", { reason: sayProblem(code) }) : tStaff("home.sync.rejected"));
