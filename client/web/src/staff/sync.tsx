/** How sending goes, in plain words, and one button. */
import type { JSX } from "preact";
import { counts, failure, sending, syncAll, synced } from "../device/sending.ts";
import { Icon } from "../icons.tsx";
import { inMoments } from "./moments.ts";
import { s } from "./words.ts";

export function Sync({ onEnrol }: { onEnrol: () => void }): JSX.Element {
  const isRunning = sending.value === "sending";
  const isShutOut = failure.value === "unauthorised";
  return (
    <div class="sync">
      <button type="button" class="secondary wide" disabled={isRunning} onClick={() => void syncAll()}>
        <Icon name="sync" /> {s(isRunning ? "home.sync.running" : "home.sync.now")}
      </button>
      <p role="status" class={failure.value ? "notice" : "hint"}>
        {sayState()}
        {isShutOut && (
          <button type="button" class="ghost" onClick={onEnrol}>
            {s("home.sync.enrol_again")}
          </button>
        )}
      </p>
      <p class="hint">{synced.value ? s("home.sync.last", { when: inMoments(synced.value) }) : s("home.sync.never")}</p>
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
    case "rejected":
      return s("home.sync.rejected");
    case "unauthorised":
      return s("home.sync.unauthorised");
    default:
      return counts.value.waiting === 0 ? s("home.sync.idle") : "";
  }
}
