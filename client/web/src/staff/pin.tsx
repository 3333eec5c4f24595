/** Setting the PIN, and asking for it on the way out of a sitting. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { startSending } from "../app.ts";
import { Refused } from "../device/calls.ts";
import { enrol } from "../device/enrolment.ts";
import { setPin, tryPin, weaknessOf } from "../device/pin.ts";
import { forget, recall } from "../device/store.ts";
import { t } from "../texts.ts";
import { Heading } from "../worker/heading.tsx";
import { Complaint, Entry } from "./form.tsx";
import { s, sayProblem } from "./words.ts";

export function SetPin({ onDone }: { onDone: () => void }): JSX.Element {
  const [first, setFirst] = useState("");
  const [second, setSecond] = useState("");
  const [complaint, complain] = useState("");
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const weakness = weaknessOf(first);
    if (weakness) return complain(s(`pin.set.${weakness}`));
    if (first !== second) return complain(s("pin.set.differ"));
    await setPin(first);
    onDone();
  };
  return (
    <form class="screen" autocomplete="off" noValidate onSubmit={(event) => void submit(event)}>
      <main class="column">
        <Heading>{s("pin.set.title")}</Heading>
        <p class="lead">{s("pin.set.body")}</p>
        <Entry id="pin" kind="pin" label={s("pin.set.first")} value={first} onValue={setFirst} />
        <Entry id="again" kind="pin" label={s("pin.set.second")} value={second} onValue={setSecond} />
        <Complaint>{complaint}</Complaint>
      </main>
      <footer class="actions">
        <button type="submit" class="primary">
          {s("pin.set.submit")}
        </button>
      </footer>
    </form>
  );
}

export function PinGate({ onOpen, onCancel }: { onOpen: () => void; onCancel: () => void }): JSX.Element {
  const [pin, enter] = useState("");
  const [complaint, complain] = useState("");
  const [isForgotten, forgetIt] = useState(false);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const verdict = await tryPin(pin, Date.now());
    enter("");
    if (verdict.isRight) return onOpen();
    complain(verdict.waitSeconds ? s("pin.locked", { seconds: verdict.waitSeconds }) : s("pin.wrong", { left: verdict.triesLeft }));
  };
  if (isForgotten) return <Forgotten onOpen={onOpen} onCancel={() => forgetIt(false)} />;
  return (
    <form class="screen" autocomplete="off" noValidate onSubmit={(event) => void submit(event)}>
      <main class="column">
        <Heading>{t("pin.leave.title")}</Heading>
        <Entry id="pin" kind="pin" label={s("pin.label")} value={pin} onValue={enter} />
        <Complaint>{complaint}</Complaint>
        <button type="button" class="ghost" onClick={() => forgetIt(true)}>
          {s("pin.forgotten")}
        </button>
      </main>
      <footer class="actions">
        <button type="button" class="secondary" onClick={onCancel}>
          {t("pin.leave.cancel")}
        </button>
        <button type="submit" class="primary">
          {s("pin.submit")}
        </button>
      </footer>
    </form>
  );
}

/** Whoever has a fresh code from the union may set a new PIN; what waits on the device stays. */
function Forgotten({ onOpen, onCancel }: { onOpen: () => void; onCancel: () => void }): JSX.Element {
  const [code, setCode] = useState("");
  const [complaint, complain] = useState("");
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    try {
      const enrolment = await enrol(code, (await recall("enrolment"))?.name ?? t("app.name"));
      await startSending({ scheme: "Bearer", secret: enrolment.token });
      await forget("pin");
      onOpen();
    } catch (problem) {
      complain(problem instanceof Refused ? sayProblem(problem.code) : s("enrol.offline"));
    }
  };
  return (
    <form class="screen" autocomplete="off" noValidate onSubmit={(event) => void submit(event)}>
      <main class="column">
        <Heading>{s("pin.forgotten")}</Heading>
        <p class="lead">{s("pin.forgotten.body")}</p>
        <Entry id="code" kind="code" label={s("enrol.code.label")} value={code} onValue={setCode} />
        <Complaint>{complaint}</Complaint>
      </main>
      <footer class="actions">
        <button type="button" class="secondary" onClick={onCancel}>
          {s("enrol.cancel")}
        </button>
        <button type="submit" class="primary">
          {s("enrol.submit")}
        </button>
      </footer>
    </form>
  );
}
