/** What a collector reports of its forwarding to the central server, and what the desk makes of it. */
import type { Counts } from "../transport/outbox.ts";

export interface ForwardingReport {
  /** What staff called this collector when they enrolled it. */
  readonly name: string;
  /** As the collector counts: `refused` is what the server did not take. */
  readonly total: { readonly waiting: number; readonly sent: number; readonly refused: number };
  readonly refusals: Readonly<Record<string, number>>;
  /** Responses that the collector's disk changed, and those that it lost, at least. */
  readonly damaged: number;
  readonly lost: number;
  /** Counts of people that the server refused to the collector, by its reason. */
  readonly tallies: Readonly<Record<string, number>>;
  readonly forwarding: { readonly state: string; readonly code: string | null; readonly succeeded: string | null };
}

/** What the desk needs of a collector's report; undefined if it is none. */
export function readForwardingReport(document: unknown): ForwardingReport | undefined {
  const { name, total, refusals, forwarding, tallies_refused } = (document ?? {}) as Partial<ForwardingReport> & { tallies_refused?: ForwardingReport["tallies"] };
  if (!total || ![total.waiting, total.sent, total.refused].every(Number.isInteger) || typeof forwarding?.state !== "string") return undefined;
  return {
    name: typeof name === "string" ? name : "",
    total: { waiting: total.waiting, sent: total.sent, refused: total.refused },
    refusals: { ...refusals },
    damaged: numberIn(total, "damaged"),
    lost: numberIn(total, "lost"),
    tallies: { ...tallies_refused },
    forwarding: { state: forwarding.state, code: forwarding.code ?? null, succeeded: forwarding.succeeded ?? null },
  };
}

const numberIn = (total: object, name: string): number => Number((total as Record<string, unknown>)[name]) || 0;

/** Counts up to the central server: what the collector took still waits, unless the server has it. Without a report nothing counts as sent. */
export function countsUpToServer(page: Counts, forwardingReport: ForwardingReport | undefined): Counts {
  const beyond = forwardingReport?.total ?? { waiting: page.sent, sent: 0, refused: 0 };
  return { waiting: page.waiting + beyond.waiting, sent: beyond.sent, held: page.held + beyond.refused };
}
