/** Tells the receiver how many people answered and how many declined (`refused` in the protocol), per site and day: counts, joined to no response. */
import { signal } from "@preact/signals";
import { dayOf, dayWithin } from "../day.ts";
import { campaignOf } from "./campaigns.ts";
import { callHop, type Authorization, ProblemResponse } from "./requests.ts";
import { deleteFact, type Sitting, type Tally } from "./store.ts";
import { addToTally, allTallies, resendTally, settleDeclined, settleTally } from "./tally_store.ts";

/** Counts that the receiver does not take, with its reason. They stay on the device. */
export const refusedTallies = signal<readonly Tally[]>([]);

export const countCollected = (sitting: Sitting): Promise<unknown> => addToTally(sitting, tallyDay(sitting), { collected: 1 });

let inTurn: Promise<unknown> = Promise.resolve();

/** One after the other, so that the next person's tap never overtakes what became of the last one's. */
function next(work: () => Promise<unknown>): Promise<unknown> {
  inTurn = inTurn.then(work, work);
  return inTurn;
}

/** Somebody declined and may take it back for some seconds. Once this resolves it is on the disk: a page that closes loses nobody. */
export const noteDeclined = (sitting: Sitting): Promise<unknown> => next(() => settleDeclined(tallyDay, sitting));

export const undoDeclined = (): Promise<unknown> => next(() => deleteFact("declined"));

/** Who declined stays with it: the time is over, the next person starts, or the page starts anew. */
export const countDeclined = (): Promise<unknown> => next(() => settleDeclined(tallyDay));

export const addDeclined = (sitting: Sitting, people = 1): Promise<unknown> => addToTally(sitting, tallyDay(sitting), { refused: people });

/** The day that a count belongs to: within the campaign's period, whatever the device's clock says. */
export function tallyDay({ campaign }: Sitting, day = dayOf(new Date())): string {
  const period = campaignOf(campaign);
  return period ? dayWithin(day, period) : day;
}

/**
 * The whole count is sent each time, so sending it twice changes nothing. Each is tried whatever becomes of the others: what the
 * receiver turns away for good is set aside with its reason. Fails with the first problem that may pass.
 */
export async function reportTallies(authorization: Authorization): Promise<void> {
  const reports = await Promise.allSettled(combined(await allTallies()).map((tally) => report(tally, authorization)));
  await noteRefusedTallies();
  for (const one of reports) if (one.status === "rejected") throw one.reason;
}

interface CombinedTally extends Tally {
  readonly parts: readonly Tally[];
}

/** Counts that fall on the same day of the period are one count, as the receiver keeps one row for them. */
function combined(all: readonly Tally[]): CombinedTally[] {
  const found = new Map<string, CombinedTally>();
  for (const tally of all) {
    const day = tallyDay(tally, tally.day);
    const key = JSON.stringify([tally.campaign, tally.site, day]);
    const { collected, refused, isNews, parts } = found.get(key) ?? { collected: 0, refused: 0, isNews: false, parts: [] };
    const sums = { collected: collected + tally.collected, refused: refused + tally.refused, isNews: isNews || tally.isNews };
    found.set(key, { campaign: tally.campaign, site: tally.site, day, ...sums, parts: [...parts, tally] });
  }
  return [...found.values()].filter((tally) => tally.isNews);
}

async function report({ campaign, site, day, collected, refused, parts }: CombinedTally, authorization: Authorization): Promise<void> {
  const place = [campaign, site, day].map(encodeURIComponent).join("/");
  try {
    await callHop(`api/v1/tallies/${place}`, { method: "PUT", document: { collected, refused }, authorization });
    for (const part of parts) await settleTally(part);
  } catch (problem) {
    if (!(problem instanceof ProblemResponse && isForGood(problem.status))) throw problem;
    for (const part of parts) await settleTally(part, problem.code);
  }
}

/** Whether asking again would get the same answer; a permission, a rate and a server's own trouble may change. */
const isForGood = (status: number): boolean => status < 500 && ![401, 403, 408, 429].includes(status);

export async function noteRefusedTallies(): Promise<void> {
  refusedTallies.value = (await allTallies()).filter(({ refusal }) => refusal);
}

/** Staff want the counts that were set aside to be told again. */
export async function retryRefusedTallies(): Promise<void> {
  for (const tally of refusedTallies.value) await resendTally(tally);
}
