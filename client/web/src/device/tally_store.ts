/** The counts of people on this device: how many answered and how many declined, by campaign, workplace and day. */
import { type Sitting, type Tally, withDatabase } from "./store.ts";

export const allTallies = (): Promise<Tally[]> => withDatabase((database) => database.getAll("tallies"));

type Counted = { collected?: number; refused?: number };

/** Add to the counts of one site on one day; read and written in one transaction, so no tap is lost. */
export const addToTally = (sitting: Sitting, day: string, more: Counted): Promise<unknown> =>
  withDatabase(async (database) => {
    const work = database.transaction("tallies", "readwrite", { durability: "strict" });
    const old = await work.store.get([sitting.campaign, sitting.site, day]);
    await work.store.put(added(old, sitting, day, more));
    await work.done;
  });

/**
 * Count whoever declined and did not take it back: once, however often this is asked for. Whoever declines now (`now`) is written
 * down in the same transaction.
 */
export const settleDeclined = (dayFor: (sitting: Sitting) => string, now?: Sitting): Promise<unknown> =>
  withDatabase(async (database) => {
    const work = database.transaction(["facts", "tallies"], "readwrite", { durability: "strict" });
    const sitting = (await work.objectStore("facts").get("declined")) as Sitting | undefined;
    if (sitting) {
      const day = dayFor(sitting);
      const store = work.objectStore("tallies");
      await store.put(added(await store.get([sitting.campaign, sitting.site, day]), sitting, day, { refused: 1 }));
      await work.objectStore("facts").delete("declined");
    }
    if (now) await work.objectStore("facts").put(now, "declined");
    await work.done;
  });

const added = (old: Tally | undefined, { campaign, site }: Sitting, day: string, more: Counted): Tally => ({
  campaign,
  site,
  day,
  collected: Math.max(0, (old?.collected ?? 0) + (more.collected ?? 0)),
  refused: Math.max(0, (old?.refused ?? 0) + (more.refused ?? 0)),
  isNews: true,
});

/** The receiver knows these counts now, or said why it does not take them; not if they moved on in the meantime. */
export const settleTally = (tally: Tally, refusal = ""): Promise<void> => changeTally(tally, (now) => (isSame(now, tally) ? { ...now, isNews: false, refusal } : now));

/** Counts that were set aside are to be told again. */
export const resendTally = (tally: Tally): Promise<void> => changeTally(tally, (now) => ({ ...now, isNews: true, refusal: "" }));

const isSame = (one: Tally, other: Tally): boolean => one.collected === other.collected && one.refused === other.refused;

const changeTally = ({ campaign, site, day }: Tally, change: (now: Tally) => Tally): Promise<void> =>
  withDatabase(async (database) => {
    const work = database.transaction("tallies", "readwrite");
    const now = await work.store.get([campaign, site, day]);
    if (now) await work.store.put(change(now));
    await work.done;
  });
