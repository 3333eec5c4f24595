/** What an outbox is: sealed envelopes, each with the permission that it was made for, until the next hop has answered for them. */
import type { Envelope } from "./wire.ts";

/** `held` is what the next hop refused: it stays here with the reason. */
export type Counts = { readonly waiting: number; readonly sent: number; readonly held: number };

/** What is known of an envelope without opening its record. */
export type OutboxEntry = {
  /** A name of this device's own; it says nothing and never leaves. */
  readonly name: string;
  /** Whose permission it was made for, in the words of the device. */
  readonly by: string;
  /** Why the next hop did not take it; empty while it did not say no. */
  readonly code: string;
};

export type KeptEnvelope = { readonly name: string; readonly envelope: Envelope };
export type Outcome = { readonly name: string; readonly status: "stored" | "duplicate" | "refused"; readonly code?: string };

/** What waits, what is held for a reason that may pass, or both. */
export type EntryFilter = "waiting" | "held" | "both";

export interface Outbox {
  /** Whether what is kept here outlives the page. */
  readonly isDurable: boolean;
  /** Keep an envelope; when this resolves with its name, it survives a power cut. */
  put(envelope: Envelope, by: string): Promise<string>;
  /** Everything that is here, without its content. */
  entries(): Promise<OutboxEntry[]>;
  /** What became of everything that was put here for permissions that begin so: collected = waiting + sent + held. */
  counts(prefix: string): Promise<Counts>;
  /**
   * Up to `limit` envelopes of one permission, at random from all of them, in random order. They stay.
   * A record that no longer opens is held, and blocks no other.
   */
  peek(limit: number, by: string, which?: EntryFilter): Promise<KeptEnvelope[]>;
  /** Forget what the next hop has, hold what it refused with the reason, pass over what is not here. */
  settle(outcomes: readonly Outcome[]): Promise<void>;
  /** Put everything that is held back to what waits. */
  retryHeld(): Promise<void>;
}

export const DAMAGED = "envelope.damaged";

/** The same envelope will never be taken. Every other refusal may pass, or another permission may carry it. */
const FINAL: readonly string[] = ["envelope.malformed", "envelope.conflict", "batch.malformed", "batch.too_large"];

export const mayPass = ({ code }: OutboxEntry): boolean => !FINAL.includes(code);

export const isOffered = (entry: OutboxEntry, by: string, which: EntryFilter): boolean =>
  entry.by === by && (entry.code === "" ? which !== "held" : which !== "waiting" && mayPass(entry));

/** How many of these wait and how many are held. */
export function countEntries(entries: readonly OutboxEntry[], prefix: string, sent: number): Counts {
  const here = entries.filter(({ by }) => by.startsWith(prefix));
  const waiting = here.filter(({ code }) => code === "").length;
  return { waiting, sent, held: here.length - waiting };
}
