/** Tells the receiver how many people answered and how many refused, per site and day: counts, joined to no response. */
import { dayOf } from "../worker/day.ts";
import { type Authorization, ask } from "./calls.ts";
import { count, type Sitting, tallies, told } from "./store.ts";

export const countCollected = (sitting: Sitting): Promise<unknown> => count(sitting, dayOf(new Date()), { collected: 1 });

export const countRefused = (sitting: Sitting, people = 1): Promise<unknown> => count(sitting, dayOf(new Date()), { refused: people });

/** The whole count is sent each time, so sending it twice changes nothing. */
export async function reportTallies(authorization: Authorization): Promise<void> {
  for (const tally of await tallies()) {
    if (!tally.isNews) continue;
    const place = [tally.campaign, tally.site, tally.day].map(encodeURIComponent).join("/");
    await ask(`/api/v1/tallies/${place}`, { method: "PUT", document: { collected: tally.collected, refused: tally.refused }, authorization });
    await told(tally);
  }
}
