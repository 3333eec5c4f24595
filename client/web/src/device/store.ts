/**
 * What this installation remembers about itself: how it is enrolled, which campaigns it may ask, its counts and its PIN.
 * Never an answer: those go from memory into a sealed envelope, and envelopes have a store of their own.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Campaign } from "../road/wire.ts";

export interface Enrolment {
  collector: string;
  token: string;
  name: string;
  server: { name: string; identity: string };
}

export interface Pin {
  salt: string;
  digest: string;
  rounds: number;
  wrong: number;
  /** Milliseconds since 1970 before which no further try is taken. */
  lockedUntil: number;
}

export interface CampaignShelf {
  etag: string | null;
  campaigns: Campaign[];
  fetched: string;
}

export interface Sitting {
  campaign: string;
  site: string;
}

export interface Tally extends Sitting {
  day: string;
  collected: number;
  refused: number;
  /** Whether the receiver has not yet been told these counts. */
  isNews: boolean;
}

/** What kind of hop serves this page, as long as it is enrolled as this collector; and what a collector said last of its own way on. */
export interface Hop {
  collector: string;
  kind: "collector" | "server";
  standing?: unknown;
}

interface Facts {
  enrolment: Enrolment;
  hop: Hop;
  pin: Pin;
  shelf: CampaignShelf;
  sitting: Sitting;
  synced: string;
  language: string;
}

interface DeviceSchema extends DBSchema {
  facts: { key: string; value: Facts[keyof Facts] };
  tallies: { key: [string, string, string]; value: Tally };
  links: { key: string; value: Campaign };
}

const NAME = "langnghe-device";

/** Opened anew for each use: browsers close databases of pages that sleep, and a closed one must not lose a count. */
async function inside<Result>(work: (database: IDBPDatabase<DeviceSchema>) => Promise<Result>): Promise<Result> {
  const database = await openDB<DeviceSchema>(NAME, 1, {
    upgrade(created) {
      created.createObjectStore("facts");
      created.createObjectStore("tallies", { keyPath: ["campaign", "site", "day"] });
      created.createObjectStore("links");
    },
  });
  try {
    return await work(database);
  } finally {
    database.close();
  }
}

export async function recall<Name extends keyof Facts>(name: Name): Promise<Facts[Name] | undefined> {
  return (await inside((database) => database.get("facts", name))) as Facts[Name] | undefined;
}

export const remember = <Name extends keyof Facts>(name: Name, value: Facts[Name]): Promise<unknown> =>
  inside((database) => database.put("facts", value, name));

export const forget = (name: keyof Facts): Promise<unknown> => inside((database) => database.delete("facts", name));

export const recallLink = (code: string): Promise<Campaign | undefined> => inside((database) => database.get("links", code));

export const rememberLink = (code: string, campaign: Campaign): Promise<unknown> => inside((database) => database.put("links", campaign, code));

export const tallies = (): Promise<Tally[]> => inside((database) => database.getAll("tallies"));

/** Add to the counts of one site on one day; read and written in one transaction, so no tap is lost. */
export const count = (sitting: Sitting, day: string, more: { collected?: number; refused?: number }): Promise<Tally> =>
  inside(async (database) => {
    const work = database.transaction("tallies", "readwrite", { durability: "strict" });
    const old = await work.store.get([sitting.campaign, sitting.site, day]);
    const tally: Tally = {
      campaign: sitting.campaign,
      site: sitting.site,
      day,
      collected: Math.max(0, (old?.collected ?? 0) + (more.collected ?? 0)),
      refused: Math.max(0, (old?.refused ?? 0) + (more.refused ?? 0)),
      isNews: true,
    };
    await work.store.put(tally);
    await work.done;
    return tally;
  });

/** The receiver knows these counts now, unless they moved on in the meantime. */
export const told = (tally: Tally): Promise<void> =>
  inside(async (database) => {
    const work = database.transaction("tallies", "readwrite");
    const now = await work.store.get([tally.campaign, tally.site, tally.day]);
    if (now && now.collected === tally.collected && now.refused === tally.refused) await work.store.put({ ...now, isNews: false });
    await work.done;
  });
