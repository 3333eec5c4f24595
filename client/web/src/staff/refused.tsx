/** What the receiver does not take, why, and what can be done: try again. Nothing is ever thrown away here. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { campaignOf } from "../device/campaigns.ts";
import { BEARER_OWNER } from "../device/permissions.ts";
import { outboxCounts, outboxEntries, refreshCounts, theOutbox } from "../device/sending.ts";
import type { Sitting } from "../device/store.ts";
import { noteRefusedTallies, refusedTallies, retryRefusedTallies } from "../device/tablet.ts";
import { formatNumber } from "../texts.ts";
import { dayInWords } from "../worker/answers_in_words.ts";
import { Card } from "./form.tsx";
import { forwardingReport, isBesideCollector, syncUpToServer } from "./forwarding.ts";
import { sayProblem, tStaff } from "./staff_texts.ts";

export function RefusedEnvelopes(): JSX.Element {
  const reasons = countedByCode(outboxEntries.value.filter(({ by, code }) => by.startsWith(BEARER_OWNER) && code !== ""));
  const retry = async (): Promise<void> => {
    await theOutbox().retryHeld();
    await refreshCounts();
    await syncUpToServer();
  };
  const beyond = isBesideCollector.value ? forwardingReport.value : undefined;
  return (
    <Card id="held" title={tStaff("home.refused.title")}>
      <p>{tStaff("home.refused.body")}</p>
      <ul class="reasons">
        {together(reasons, beyond?.refusals ?? {}).map(([code, number]) => (
          <li key={code}>
            <b>{formatNumber(number)}</b> {sayProblem(code)}
          </li>
        ))}
      </ul>
      {(beyond?.total.refused ?? 0) > 0 && <p class="hint">{tStaff("home.refused.by_server")}</p>}
      {outboxCounts.value.held > 0 && (
        <button type="button" class="secondary wide" onClick={() => void retry()}>
          {tStaff("home.refused.retry")}
        </button>
      )}
    </Card>
  );
}

/** Counts of people that the receiver does not take; envelopes have nothing to do with it. */
export function RefusedTallies(): JSX.Element | null {
  useEffect(() => void noteRefusedTallies(), []);
  const [isBusy, setBusy] = useState(false);
  const retry = async (): Promise<void> => {
    setBusy(true);
    await retryRefusedTallies();
    await syncUpToServer();
    setBusy(false);
  };
  if (!refusedTallies.value.length) return null;
  return (
    <Card id="held-tallies" title={tStaff("home.tallies.title")}>
      <p>{tStaff("home.tallies.body")}</p>
      <ul class="reasons">
        {refusedTallies.value.map((tally) => (
          <li key={JSON.stringify(tally)}>
            <b>{tStaff("home.tallies.one", { site: siteName(tally), day: dayInWords(tally.day), collected: tally.collected, refused: tally.refused })}</b> {sayProblem(tally.refusal ?? "")}
          </li>
        ))}
      </ul>
      <button type="button" class="secondary wide" disabled={isBusy} onClick={() => void retry()}>
        {tStaff("home.tallies.retry")}
      </button>
    </Card>
  );
}

/** What went wrong in the collector's own keeping, and what it could not tell the server. */
export function CollectorTroubles(): JSX.Element | null {
  const { damaged, lost, tallies } = (isBesideCollector.value && forwardingReport.value) || { damaged: 0, lost: 0, tallies: {} };
  if (!damaged && !lost && !Object.keys(tallies).length) return null;
  return (
    <Card id="collector-troubles" title={tStaff("home.troubles.title")}>
      <ul class="reasons">
        {damaged > 0 && <li>{tStaff("home.troubles.damaged", { number: formatNumber(damaged) })}</li>}
        {lost > 0 && <li>{tStaff("home.troubles.lost", { number: formatNumber(lost) })}</li>}
        {Object.entries(tallies).map(([code, number]) => (
          <li key={code}>
            {tStaff("home.troubles.tallies", { number: formatNumber(number) })} {sayProblem(code)}
          </li>
        ))}
      </ul>
    </Card>
  );
}

const siteName = ({ campaign, site }: Sitting): string => campaignOf(campaign)?.sites.find(({ id }) => id === site)?.name ?? site;

function countedByCode(held: readonly { code: string }[]): [string, number][] {
  const numbers = new Map<string, number>();
  for (const { code } of held) numbers.set(code, (numbers.get(code) ?? 0) + 1);
  return [...numbers];
}

/** What the collector refused and what the server refused to the collector, by reason. */
function together(here: readonly [string, number][], beyond: Readonly<Record<string, number>>): [string, number][] {
  const numbers = new Map(Object.entries(beyond));
  for (const [code, number] of here) numbers.set(code, (numbers.get(code) ?? 0) + number);
  return [...numbers];
}
