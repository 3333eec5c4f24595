/** Staff's side of the page: access (enrolment, PIN), the desk, and the way into a sitting. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Chunk } from "../chunks.ts";
import { hasPin } from "../device/pin.ts";
import { readFact } from "../device/store.ts";
import { keepChunk } from "../device/updating.ts";
import { isKiosk, screen, type StaffActions } from "../screens.ts";
import { language } from "../texts.ts";
import { canSeal } from "../transport/sealing.ts";
import { DataLoss } from "./data_loss.tsx";
import { Desk } from "./desk.tsx";
import { Enrol } from "./enrol.tsx";
import { findHopKind } from "./forwarding.ts";
import { PinGate, SetPin } from "./pin.tsx";
import "./staff.css";

type Access = "looking" | "enrol" | "set_pin" | "change_pin" | "open";

/** Whatever survey reaches this device later has to open without a network. */
const OFFLINE_CHUNKS: readonly Chunk[] = ["staff", "rankings_and_media", "dates_and_decimals", "right_answers", "survey_kind_texts", "en"];
for (const chunk of OFFLINE_CHUNKS) void keepChunk(chunk);

export function Staff({ actions }: { actions: StaffActions }): JSX.Element {
  const [access, setAccess] = useState<Access>("looking");
  const look = async (): Promise<void> => {
    await findHopKind();
    if (!(await readFact("enrolment"))) setAccess("enrol");
    else setAccess(!canSeal() || (await hasPin()) ? "open" : "set_pin");
  };
  const now = screen.value;
  useEffect(() => void look(), [now.name]);
  useEffect(() => stayShut(actions.open), []);
  return (
    <div class="page staff" lang={language.value}>
      {now.name === "gate" ? (
        <PinGate onOpen={() => void actions.endKiosk()} onCancel={() => void actions.backToVisit()} />
      ) : (
        <>
          {access !== "looking" && <DataLoss />}
          <Open access={access} actions={actions} onPassed={() => void look()} onEnrol={() => setAccess("enrol")} onPin={() => setAccess("change_pin")} />
        </>
      )}
    </div>
  );
}

/** Handed over in another tab, the device shows the desk in none: looked for whenever this one comes to the front. */
function stayShut(open: () => Promise<void>): () => void {
  const look = async (): Promise<void> => {
    if (!isKiosk.value && (await readFact("sitting"))) await open();
  };
  const lookSoon = (): void => void look();
  document.addEventListener("visibilitychange", lookSoon);
  addEventListener("focus", lookSoon);
  return () => {
    document.removeEventListener("visibilitychange", lookSoon);
    removeEventListener("focus", lookSoon);
  };
}

interface OpenProps {
  readonly access: Access;
  readonly actions: StaffActions;
  readonly onPassed: () => void;
  readonly onEnrol: () => void;
  readonly onPin: () => void;
}

function Open({ access, actions, onPassed, onEnrol, onPin }: OpenProps): JSX.Element | null {
  if (access === "enrol") return <Enrol onDone={onPassed} />;
  if (access === "set_pin" || access === "change_pin") return <SetPin isChange={access === "change_pin"} onDone={onPassed} />;
  return access === "open" ? <Desk onHandOver={actions.handOver} onEnrol={onEnrol} onPin={onPin} /> : null;
}
