/** Staff's side of the page: the door (enrolment, PIN), the desk, and the way into a sitting. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { backToVisit, endKiosk, isKiosk, open, screen } from "../app.ts";
import { recall } from "../device/store.ts";
import { hasPin } from "../device/pin.ts";
import { keepPart, type Part } from "../device/updating.ts";
import { language } from "../texts.ts";
import { canSeal } from "../worker/handing_in.ts";
import { Desk } from "./desk.tsx";
import { Enrol } from "./enrol.tsx";
import { findRoad } from "./forwarding.ts";
import { Lost } from "./lost.tsx";
import { PinGate, SetPin } from "./pin.tsx";
import "./staff.css";

type Door = "looking" | "enrol" | "set_pin" | "change_pin" | "open";

/** Whatever survey reaches this device later has to open without a network. */
const PARTS: readonly Part[] = ["staff", "seldom", "typed", "right_answers", "open_forms", "en"];
for (const part of PARTS) void keepPart(part);

export function Staff(): JSX.Element {
  const [door, setDoor] = useState<Door>("looking");
  const look = async (): Promise<void> => {
    await findRoad();
    if (!(await recall("enrolment"))) setDoor("enrol");
    else setDoor(!canSeal() || (await hasPin()) ? "open" : "set_pin");
  };
  const now = screen.value;
  useEffect(() => void look(), [now.name]);
  useEffect(stayShut, []);
  return (
    <div class="page staff" lang={language.value}>
      {now.name === "gate" ? (
        <PinGate onOpen={() => void endKiosk()} onCancel={() => backToVisit(now.visit)} />
      ) : (
        <>
          {door !== "looking" && <Lost />}
          <Open door={door} onPassed={() => void look()} onEnrol={() => setDoor("enrol")} onPin={() => setDoor("change_pin")} />
        </>
      )}
    </div>
  );
}

/** Handed over in another tab, the device shows the desk in none: looked for whenever this one comes to the front. */
function stayShut(): () => void {
  const look = async (): Promise<void> => {
    if (!isKiosk.value && (await recall("sitting"))) await open();
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
  readonly door: Door;
  readonly onPassed: () => void;
  readonly onEnrol: () => void;
  readonly onPin: () => void;
}

function Open({ door, onPassed, onEnrol, onPin }: OpenProps): JSX.Element | null {
  if (door === "enrol") return <Enrol onDone={onPassed} />;
  if (door === "set_pin" || door === "change_pin") return <SetPin isChange={door === "change_pin"} onDone={onPassed} />;
  return door === "open" ? <Desk onEnrol={onEnrol} onPin={onPin} /> : null;
}
