/** What the receiver does not take, why, and what can be done: try again. Nothing is ever thrown away here. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { campaignOf } from "../device/campaigns.ts";
import { BEARER } from "../device/permissions.ts";
import { counts, recount, stillHere, theOutbox } from "../device/sending.ts";
import type { Sitting } from "../device/store.ts";
import { noteSetAside, retrySetAside, setAside } from "../device/tablet.ts";
import { formatNumber } from "../texts.ts";
import { Card } from "./form.tsx";
import { isBesideCollector, standing, syncWholeRoad } from "./forwarding.ts";
import { inDays } from "./moments.ts";
import { s, sayProblem } from "./words.ts";

export function Held(): JSX.Element {
  const reasons = countedByCode(stillHere.value.filter(({ by, code }) => by.startsWith(BEARER) && code !== ""));
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

/** Counts of people that the receiver does not take; envelopes have nothing to do with it. */
export function HeldTallies(): JSX.Element | null {
  useEffect(() => void noteSetAside(), []);
  const [isBusy, setBusy] = useState(false);
  const retry = async (): Promise<void> => {
    setBusy(true);
    await retrySetAside();
    await syncWholeRoad();
    setBusy(false);
  };
  if (!setAside.value.length) return null;
  return (
    <Card id="held-tallies" title={s("home.tallies.title")}>
      <p>{s("home.tallies.body")}</p>
      <ul class="reasons">
        {setAside.value.map((tally) => (
          <li key={JSON.stringify(tally)}>
            <b>{s("home.tallies.one", { site: siteName(tally), day: inDays(tally.day), collected: tally.collected, refused: tally.refused })}</b> {sayProblem(tally.refusal ?? "")}
          </li>
        ))}
      </ul>
      <button type="button" class="secondary wide" disabled={isBusy} onClick={() => void retry()}>
        {s("home.tallies.retry")}
      </button>
    </Card>
  );
}

/** What went wrong in the collector's own keeping, and what it could not tell the server. */
export function CollectorTroubles(): JSX.Element | null {
  const { damaged, lost, tallies } = (isBesideCollector.value && standing.value) || { damaged: 0, lost: 0, tallies: {} };
  if (!damaged && !lost && !Object.keys(tallies).length) return null;
  return (
    <Card id="collector-troubles" title={s("home.troubles.title")}>
      <ul class="reasons">
        {damaged > 0 && <li>{s("home.troubles.damaged", { number: formatNumber(damaged) })}</li>}
        {lost > 0 && <li>{s("home.troubles.lost", { number: formatNumber(lost) })}</li>}
        {Object.entries(tallies).map(([code, number]) => (
          <li key={code}>
            {s("home.troubles.tallies", { number: formatNumber(number) })} {sayProblem(code)}
          </li>
        ))}
      </ul>
    </Card>
  );
}

const siteName = ({ campaign, site }: Sitting): string => campaignOf(campaign)?.sites.find(({ id }) => id === site)?.name ?? site;

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
