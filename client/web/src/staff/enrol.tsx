/** A new installation introduces itself with the code that the union gave out. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Refused } from "../device/calls.ts";
import { enrol, tidyCode, startSending } from "../device/tablet.ts";
import { recall } from "../device/store.ts";
import { Heading } from "../worker/heading.tsx";
import { Complaint, Entry } from "./form.tsx";
import { Tongue } from "./tongue.tsx";
import { s, sayProblem } from "./words.ts";

export function Enrol({ onDone }: { onDone: () => void }): JSX.Element {
  const [code, setCode] = useState("");
  const [name, setName] = useState("");
  const [isKnown, setKnown] = useState(false);
  const [complaint, complain] = useState("");
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    void recall("enrolment").then((enrolment) => {
      setKnown(enrolment !== undefined);
      setName(enrolment?.name ?? "");
    });
  }, []);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!tidyCode(code)) return complain(s("enrol.code_needed"));
    if (!name.trim()) return complain(s("enrol.name_needed"));
    setBusy(true);
    complain("");
    try {
      const enrolment = await enrol(code, name);
      await startSending({ scheme: "Bearer", secret: enrolment.token });
      onDone();
    } catch (problem) {
      complain(problem instanceof Refused ? sayProblem(problem.code) : s("enrol.offline"));
      setBusy(false);
    }
  };
  return (
    <form class="screen" autocomplete="off" noValidate onSubmit={(event) => void submit(event)}>
      <main class="column">
        <Tongue />
        <Heading>{s(isKnown ? "enrol.again.title" : "enrol.title")}</Heading>
        <p class="lead">{s(isKnown ? "enrol.again.body" : "enrol.body")}</p>
        <Entry id="code" kind="code" label={s("enrol.code.label")} value={code} onValue={setCode} />
        <Entry id="name" label={s("enrol.name.label")} hint={s("enrol.name.hint")} value={name} onValue={setName} />
        <Complaint>{complaint}</Complaint>
        {!isKnown && <p class="hint">{s("enrol.worker")}</p>}
      </main>
      <footer class="actions">
        {isKnown && (
          <button type="button" class="secondary" onClick={onDone}>
            {s("enrol.cancel")}
          </button>
        )}
        <button type="submit" class="primary" disabled={isBusy}>
          {s("enrol.submit")}
        </button>
      </footer>
    </form>
  );
}
