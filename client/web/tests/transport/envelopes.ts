/** Envelopes of the right form for tests. */
import { newId } from "../../src/transport/identifiers.ts";
import type { Envelope } from "../../src/transport/wire.ts";

export function envelopes(count: number): Envelope[] {
  return Array.from({ length: count }, () => ({ id: newId(), campaign: "ge-2026", key: "0123456789abcdef", sealed: "A".repeat(1132) }));
}
