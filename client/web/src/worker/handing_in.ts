/** From "Send" on: the record becomes an envelope and is kept durably, or nothing happened and everything is still on the screen. */
import { callHop, ProblemResponse, Unreachable } from "../device/requests.ts";
import { keepEnvelope, permissionInUse } from "../device/sending.ts";
import { TooLong } from "../transport/framing.ts";
import { canSeal, seal } from "../transport/sealing.ts";
import type { Receipt, ResponseDocument } from "../transport/wire.ts";
import type { Session } from "./session.ts";

export type HandedIn = "done" | "failed" | "too_long" | "rejected" | "no_network";

/** `id` stays the same when somebody tries again, so that a lost answer cannot count twice. */
export async function handIn(record: ResponseDocument, session: Session, id: string): Promise<HandedIn> {
  try {
    await (canSeal() ? keepSealed(record, session) : handToCollector(record, id));
    return "done";
  } catch (problem) {
    if (problem instanceof TooLong) return "too_long";
    if (problem instanceof ProblemResponse) return problem.code === "response.too_large" ? "too_long" : "rejected";
    return problem instanceof Unreachable ? "no_network" : "failed";
  }
}

async function keepSealed(record: ResponseDocument, session: Session): Promise<void> {
  await keepEnvelope(await seal(record, session.campaign.key, session.campaign.frame));
}

/** Over a collector's own hotspot a phone has no WebCrypto: the collector seals in memory before it writes anything. */
async function handToCollector(record: ResponseDocument, id: string): Promise<void> {
  const { document } = await callHop("api/v1/responses", {
    method: "POST",
    document: record,
    authorization: permissionInUse(),
    headers: { "Envelope-Id": id },
  });
  const receipt = document as Receipt | null;
  if (receipt?.id !== id) throw new Unreachable();
  if (receipt.status === "refused") throw new ProblemResponse(receipt.problem?.code ?? "response.malformed", 400);
}
