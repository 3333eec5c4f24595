/** How a collector stands with the central server, and what the desk makes of it. */
import type { Counts } from "../road/outbox.ts";

export interface Standing {
  readonly total: Counts;
  readonly refusals: Readonly<Record<string, number>>;
  readonly forwarding: { readonly state: string; readonly code: string | null; readonly succeeded: string | null };
}

/** What the desk needs of a collector's report; undefined if it is none. */
export function readStanding(document: unknown): Standing | undefined {
  const { total, refusals, forwarding } = (document ?? {}) as Partial<Standing>;
  if (!total || ![total.waiting, total.sent, total.refused].every(Number.isInteger) || typeof forwarding?.state !== "string") return undefined;
  return {
    total: { waiting: total.waiting, sent: total.sent, refused: total.refused },
    refusals: { ...refusals },
    forwarding: { state: forwarding.state, code: forwarding.code ?? null, succeeded: forwarding.succeeded ?? null },
  };
}

/** The whole road: what the collector took still waits, unless the server has it. Without a report nothing counts as sent. */
export function onTheRoad(page: Counts, standing: Standing | undefined): Counts {
  const beyond = standing?.total ?? { waiting: page.sent, sent: 0, refused: 0 };
  return { waiting: page.waiting + beyond.waiting, sent: beyond.sent, refused: page.refused + beyond.refused };
}
