/** From "Send" on: the record becomes an envelope and is kept durably, or nothing happened and everything is still on the screen. */
import { ask, Refused, Unreachable } from "../device/calls.ts";
import { keep, permissionInUse } from "../device/sending.ts";
import { TooLong } from "../road/framing.ts";
import { seal } from "../road/sealing.ts";
import type { Receipt, ResponseDocument } from "../road/wire.ts";
import type { Place } from "./place.ts";

export type HandedIn = "done" | "failed" | "too_long" | "rejected" | "no_network";

export const canSeal = (): boolean => globalThis.isSecureContext && crypto.subtle !== undefined;

/** `id` stays the same when somebody tries again, so that a lost answer cannot count twice. */
export async function handIn(record: ResponseDocument, place: Place, id: string): Promise<HandedIn> {
  try {
    await (canSeal() ? keepSealed(record, place) : handToCollector(record, id));
    return "done";
  } catch (problem) {
    if (problem instanceof TooLong) return "too_long";
    if (problem instanceof Refused) return problem.code === "response.too_large" ? "too_long" : "rejected";
    return problem instanceof Unreachable ? "no_network" : "failed";
  }
}

async function keepSealed(record: ResponseDocument, place: Place): Promise<void> {
  await keep(await seal(record, place.campaign.key, place.campaign.frame));
}

/** Over a collector's own hotspot a phone has no WebCrypto: the collector seals in memory before it writes anything. */
async function handToCollector(record: ResponseDocument, id: string): Promise<void> {
  const { document } = await ask("api/v1/responses", {
    method: "POST",
    document: record,
    authorization: permissionInUse(),
    headers: { "Envelope-Id": id },
  });
  const receipt = document as Receipt | null;
  if (receipt?.id !== id) throw new Unreachable();
  if (receipt.status === "refused") throw new Refused(receipt.problem?.code ?? "response.malformed", 400);
}
