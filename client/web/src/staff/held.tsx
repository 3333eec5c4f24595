/** What was refused, why, and what can be done: try again, or carry it by hand. Nothing is ever thrown away here. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { counts, recount, theOutbox } from "../device/sending.ts";
import { formatNumber } from "../texts.ts";
import { Card } from "./form.tsx";
import { isBesideCollector, standing, syncWholeRoad } from "./forwarding.ts";
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
    await syncWholeRoad();
  };
  const beyond = isBesideCollector.value ? standing.value : undefined;
  return (
    <Card id="held" title={s("home.refused.title")}>
      <p>{s("home.refused.body")}</p>
      <ul class="reasons">
        {together(reasons, beyond?.refusals ?? {}).map(([code, number]) => (
          <li key={code}>
            <b>{formatNumber(number)}</b> {sayProblem(code)}
          </li>
        ))}
      </ul>
      {(beyond?.total.refused ?? 0) > 0 && <p class="hint">{s("home.refused.by_server")}</p>}
      {counts.value.refused > 0 && (
        <button type="button" class="secondary wide" onClick={() => void retry()}>
          {s("home.refused.retry")}
        </button>
      )}
    </Card>
  );
}

function countedByCode(refused: readonly { code: string }[]): [string, number][] {
  const numbers = new Map<string, number>();
  for (const { code } of refused) numbers.set(code, (numbers.get(code) ?? 0) + 1);
  return [...numbers];
}

/** What the collector refused and what the server refused to the collector, by reason. */
function together(here: readonly [string, number][], beyond: Readonly<Record<string, number>>): [string, number][] {
  const numbers = new Map(Object.entries(beyond));
  for (const [code, number] of here) numbers.set(code, (numbers.get(code) ?? 0) + number);
  return [...numbers];
}
