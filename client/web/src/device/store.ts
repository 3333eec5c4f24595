/**
 * What this installation remembers about itself: how it is enrolled, which campaigns it may ask, its counts and its PIN.
 * Never an answer: those go from memory into a sealed envelope, and envelopes have a store of their own.
 */
import type { DBSchema, IDBPDatabase } from "idb";
import { openStore } from "../transport/database.ts";
import { nameHere } from "../transport/installation.ts";
import type { Campaign } from "../transport/wire.ts";

export interface Enrolment {
  collector: string;
  token: string;
  name: string;
  server: { name: string; identity: string };
  /** Whether a collector let this page in by itself. */
  isBySelf?: boolean;
}

/** Why a link is not open: the code of the hop's problem, and the day that belongs to it. */
export interface ClosedLink {
  readonly code: string;
  readonly day?: string;
}

/** The campaign behind a link as it was when the page was here last, and what the hop said of the link since. */
export type KnownLink = Campaign & { readonly closed?: ClosedLink };

export interface Pin {
  salt: string;
  digest: string;
  rounds: number;
  wrong: number;
  /** Milliseconds that are left before a further try is taken. */
  wait: number;
}

export interface CampaignCache {
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
  /** Why the receiver does not take these counts, if it said so for good: a problem's code. A new count or staff's wish tries them again. */
  refusal?: string;
}

/** What kind of hop serves this page, as long as it is enrolled as this collector; and what a collector said last of its own way on. */
export interface Hop {
  collector: string;
  kind: "collector" | "server";
  forwardingReport?: unknown;
}

interface StoredFacts {
  enrolment: Enrolment;
  hop: Hop;
  pin: Pin;
  /** Devices of earlier versions keep their campaigns under this name. */
  shelf: CampaignCache;
  sitting: Sitting;
  /** Where somebody declined who may still take it back. */
  declined: Sitting;
  synced: string;
  language: string;
}

interface DeviceSchema extends DBSchema {
  facts: { key: string; value: StoredFacts[keyof StoredFacts] };
  tallies: { key: [string, string, string]; value: Tally };
  links: { key: string; value: KnownLink };
}

const NAME = nameHere("langnghe-device");

/** Opened anew for each use: browsers close databases of pages that sleep, and a closed one must not lose a count. */
export async function withDatabase<Result>(work: (database: IDBPDatabase<DeviceSchema>) => Promise<Result>): Promise<Result> {
  const database = await openStore<DeviceSchema>(NAME, {
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

export async function readFact<Name extends keyof StoredFacts>(name: Name): Promise<StoredFacts[Name] | undefined> {
  return (await withDatabase((database) => database.get("facts", name))) as StoredFacts[Name] | undefined;
}

export const writeFact = <Name extends keyof StoredFacts>(name: Name, value: StoredFacts[Name]): Promise<unknown> =>
  withDatabase((database) => database.put("facts", value, name));

/** Change a fact that is known; read and written in one transaction. */
export const updateFact = <Name extends keyof StoredFacts>(name: Name, change: (known: StoredFacts[Name]) => StoredFacts[Name]): Promise<StoredFacts[Name] | undefined> =>
  withDatabase(async (database) => {
    const work = database.transaction("facts", "readwrite", { durability: "strict" });
    const known = (await work.store.get(name)) as StoredFacts[Name] | undefined;
    const changed = known === undefined ? undefined : change(known);
    if (changed !== undefined) await work.store.put(changed, name);
    await work.done;
    return changed;
  });

export const deleteFact = (name: keyof StoredFacts): Promise<unknown> => withDatabase((database) => database.delete("facts", name));

export const readLink = (code: string): Promise<KnownLink | undefined> => withDatabase((database) => database.get("links", code));

export const writeLink = (code: string, link: KnownLink): Promise<unknown> => withDatabase((database) => database.put("links", link, code));

export const knownLinks = (): Promise<Map<string, KnownLink>> =>
  withDatabase(async (database) => {
    const [codes, links] = await Promise.all([database.getAllKeys("links"), database.getAll("links")]);
    return new Map(codes.map((code, index) => [code, links[index] as KnownLink]));
  });
