/** Setting the PIN, and asking for it on the way out of a sitting. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { checkPin, hasPin, secondsToWait, setPin, weaknessOf } from "../device/pin.ts";
import { ProblemResponse } from "../device/requests.ts";
import { deleteFact, readFact } from "../device/store.ts";
import { enrol, startSending } from "../device/tablet.ts";
import { t } from "../texts.ts";
import { canSeal } from "../transport/sealing.ts";
import { Heading } from "../worker/heading.tsx";
import { ErrorMessage, TextInput } from "./form.tsx";
import { sayProblem, tStaff } from "./staff_texts.ts";

/** The first PIN, or another in place of the one that is asked for. */
export function SetPin({ isChange = false, onDone }: { isChange?: boolean; onDone: () => void }): JSX.Element {
  const [old, setOld] = useState("");
  const [first, setFirst] = useState("");
  const [second, setSecond] = useState("");
  const [complaint, complain] = useState("");
  const wait = useWait();
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const weakness = weaknessOf(first);
    if (weakness) return complain(tStaff(`pin.set.${weakness}`));
    if (first !== second) return complain(tStaff("pin.set.differ"));
    if (isChange) {
      const wrong = await wait.judge(old);
      setOld("");
      if (wrong !== undefined) return complain(wrong);
    }
    await setPin(first);
    onDone();
  };
  return (
    <form class="screen" autocomplete="off" noValidate onSubmit={(event) => void submit(event)}>
      <main class="column">
        <Heading>{tStaff(isChange ? "home.pin.change" : "pin.set.title")}</Heading>
        <p class="lead">{tStaff("pin.set.body")}</p>
        {isChange && <TextInput id="old" kind="pin" label={tStaff("pin.set.old")} value={old} onValue={setOld} />}
        <TextInput id="pin" kind="pin" label={tStaff("pin.set.first")} value={first} onValue={setFirst} />
        <TextInput id="again" kind="pin" label={tStaff("pin.set.second")} value={second} onValue={setSecond} />
        <ErrorMessage>{wait.instead(complaint)}</ErrorMessage>
        <Waiting seconds={wait.seconds} />
      </main>
      <footer class="actions">
        {isChange && (
          <button type="button" class="secondary" onClick={onDone}>
            {tStaff("enrol.cancel")}
          </button>
        )}
        <button type="submit" class="primary">
          {tStaff("pin.set.submit")}
        </button>
      </footer>
    </form>
  );
}

interface Wait {
  readonly seconds: number;
  /** What is wrong with this PIN, or nothing. */
  judge(pin: string): Promise<string | undefined>;
  /** As long as no try is taken that is said, also after a reload, and no longer. */
  instead(complaint: string): string;
}

/** Judges PINs, and counts down where too many were wrong; also where that was before a reload. */
function useWait(): Wait {
  const [seconds, setSeconds] = useState(0);
  const look = async (): Promise<void> => setSeconds(await secondsToWait(performance.now()));
  useEffect(() => {
    void look();
    const timer = setInterval(() => void look(), 1000);
    return () => clearInterval(timer);
  }, []);
  const judge = async (pin: string): Promise<string | undefined> => {
    const verdict = await checkPin(pin, performance.now());
    await look();
    if (verdict.isRight) return undefined;
    return verdict.waitSeconds ? "" : tStaff("pin.wrong", { left: verdict.triesLeft });
  };
  return { seconds, judge, instead: (complaint) => (seconds ? tStaff("pin.locked") : complaint) };
}

/** A count that changes each second is for the eye; what to do is said once, beside it. */
const Waiting = ({ seconds }: { seconds: number }): JSX.Element | null =>
  seconds ? (
    <p class="notice" role="timer">
      {tStaff("pin.wait", { left: `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}` })}
    </p>
  ) : null;

export function PinGate({ onOpen, onCancel }: { onOpen: () => void; onCancel: () => void }): JSX.Element {
  const [pin, enter] = useState("");
  const [complaint, complain] = useState("");
  const [isForgotten, forgetIt] = useState(false);
  const wait = useWait();
  useEffect(() => {
    void hasPin().then((has) => {
      if (!has && canSeal()) forgetIt(true);
    });
  }, []);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const wrong = await wait.judge(pin);
    enter("");
    if (wrong === undefined) return onOpen();
    complain(wrong);
  };
  if (isForgotten) return <Forgotten onOpen={onOpen} onCancel={() => forgetIt(false)} />;
  return (
    <form class="screen" autocomplete="off" noValidate onSubmit={(event) => void submit(event)}>
      <main class="column">
        <Heading>{tStaff("pin.leave.title")}</Heading>
        <TextInput id="pin" kind="pin" label={tStaff("pin.label")} value={pin} onValue={enter} />
        <ErrorMessage>{wait.instead(complaint)}</ErrorMessage>
        <Waiting seconds={wait.seconds} />
        <button type="button" class="ghost" onClick={() => forgetIt(true)}>
          {tStaff("pin.forgotten")}
        </button>
      </main>
      <footer class="actions">
        <button type="button" class="secondary" onClick={onCancel}>
          {tStaff("pin.leave.cancel")}
        </button>
        <button type="submit" class="primary">
          {tStaff("pin.submit")}
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
      const enrolment = await enrol(code, (await readFact("enrolment"))?.name ?? t("app.name"));
      await startSending({ scheme: "Bearer", secret: enrolment.token });
      await deleteFact("pin");
      onOpen();
    } catch (problem) {
      complain(problem instanceof ProblemResponse ? sayProblem(problem.code) : tStaff("enrol.offline"));
    }
  };
  return (
    <form class="screen" autocomplete="off" noValidate onSubmit={(event) => void submit(event)}>
      <main class="column">
        <Heading>{tStaff("pin.forgotten")}</Heading>
        <p class="lead">{tStaff("pin.forgotten.body")}</p>
        <TextInput id="code" kind="code" label={tStaff("enrol.code.label")} value={code} onValue={setCode} />
        <ErrorMessage>{complaint}</ErrorMessage>
      </main>
      <footer class="actions">
        <button type="button" class="secondary" onClick={onCancel}>
          {tStaff("enrol.cancel")}
        </button>
        <button type="submit" class="primary">
          {tStaff("enrol.submit")}
        </button>
      </footer>
    </form>
  );
}
