/** What was refused, why, and what can be done: try again, or carry it by hand. Nothing is ever thrown away here. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { counts, recount, syncAll, theOutbox } from "../device/sending.ts";
import { formatNumber } from "../texts.ts";
import { Card } from "./form.tsx";
import { s, sayProblem } from "./words.ts";

export function Held(): JSX.Element {
  const [reasons, setReasons] = useState<[string, number][]>([]);
  useEffect(() => {
    void theOutbox()
      .refused()
      .then((refused) => setReasons(countedByCode(refused)));
  }, [counts.value.refused]);
  const retry = async (): Promise<void> => {
    await theOutbox().retryRefused();
    await recount();
    await syncAll();
  };
  return (
    <Card id="held" title={s("home.refused.title")}>
      <p>{s("home.refused.body")}</p>
      <ul class="reasons">
        {reasons.map(([code, number]) => (
          <li key={code}>
            <b>{formatNumber(number)}</b> {sayProblem(code)}
          </li>
        ))}
      </ul>
      <button type="button" class="secondary wide" onClick={() => void retry()}>
        {s("home.refused.retry")}
      </button>
    </Card>
  );
}

function countedByCode(refused: readonly { code: string }[]): [string, number][] {
  const numbers = new Map<string, number>();
  for (const { code } of refused) numbers.set(code, (numbers.get(code) ?? 0) + 1);
  return [...numbers];
}
