/** A new installation introduces itself with the code that the union gave out. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ProblemResponse } from "../device/requests.ts";
import { readFact } from "../device/store.ts";
import { enrol, startSending, tidyCode } from "../device/tablet.ts";
import { Heading } from "../worker/heading.tsx";
import { ErrorMessage, TextInput } from "./form.tsx";
import { LanguageChoice } from "./language_choice.tsx";
import { sayProblem, tStaff } from "./staff_texts.ts";

export function Enrol({ onDone }: { onDone: () => void }): JSX.Element {
  const [code, setCode] = useState("");
  const [name, setName] = useState("");
  const [isKnown, setKnown] = useState(false);
  const [complaint, complain] = useState("");
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    void readFact("enrolment").then((enrolment) => {
      if (!enrolment) return;
      setKnown(true);
      setName((typed) => typed || enrolment.name); // storage may be slower than staff
    });
  }, []);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!tidyCode(code)) return complain(tStaff("enrol.code_needed"));
    if (!name.trim()) return complain(tStaff("enrol.name_needed"));
    setBusy(true);
    complain("");
    try {
      const enrolment = await enrol(code, name);
      await startSending({ scheme: "Bearer", secret: enrolment.token });
      onDone();
    } catch (problem) {
      complain(problem instanceof ProblemResponse ? sayProblem(problem.code) : tStaff("enrol.offline"));
      setBusy(false);
    }
  };
  return (
    <form class="screen" autocomplete="off" noValidate onSubmit={(event) => void submit(event)}>
      <main class="column">
        <LanguageChoice />
        <Heading>{tStaff(isKnown ? "enrol.again.title" : "enrol.title")}</Heading>
        <p class="lead">{tStaff(isKnown ? "enrol.again.body" : "enrol.body")}</p>
        <TextInput id="code" kind="code" label={tStaff("enrol.code.label")} value={code} onValue={setCode} />
        <TextInput id="name" label={tStaff("enrol.name.label")} hint={tStaff("enrol.name.hint")} value={name} onValue={setName} />
        <ErrorMessage>{complaint}</ErrorMessage>
        {!isKnown && <p class="hint">{tStaff("enrol.worker")}</p>}
      </main>
      <footer class="actions">
        {isKnown && (
          <button type="button" class="secondary" onClick={onDone}>
            {tStaff("enrol.cancel")}
          </button>
        )}
        <button type="submit" class="primary" disabled={isBusy}>
          {tStaff("enrol.submit")}
        </button>
      </footer>
    </form>
  );
}
