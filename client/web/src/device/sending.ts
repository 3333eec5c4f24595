/** Carries what waits on this device to the next hop, by itself and at staff's wish, and tells how that goes. */
import { signal } from "@preact/signals";
import { type Counts, type Outbox, openOutbox } from "../road/outbox.ts";
import { Sender, type SenderState } from "../road/sender.ts";
import { type FailureKind, fetchTransport } from "../road/transport.ts";
import { type Authorization, headerOf, Refused } from "./calls.ts";
import { refreshShelf } from "./campaigns.ts";
import { enrolBySelf } from "./enrolment.ts";
import { recall, remember } from "./store.ts";
import { reportTallies } from "./tally.ts";

export const counts = signal<Counts>({ waiting: 0, sent: 0, refused: 0 });
export const sending = signal<SenderState>("idle");
export const failure = signal<FailureKind | undefined>(undefined);
export const synced = signal<string | undefined>(undefined);

/** A worker's own phone keeps its envelopes apart from those of an enrolled device: they go by another permission. */
const LINK_OUTBOX = "langnghe-link-outbox";

/** Between two tries to enrol by itself, in milliseconds. */
const PATIENCE = 60_000;

let enrolledAgain = 0;
let outbox: Outbox | undefined;
let sender: Sender | undefined;
let permission: Authorization | undefined;

export async function openSending(authorization: Authorization): Promise<void> {
  sender?.stop();
  permission = authorization;
  outbox = await (authorization.scheme === "Link" ? openOutbox(LINK_OUTBOX) : openOutbox());
  sender = new Sender(outbox, fetchTransport("", headerOf(authorization)), (state) => void noteChange(state));
  synced.value = await recall("synced");
  await recount();
  sender.start();
}

export function theOutbox(): Outbox {
  if (!outbox) throw new Error("the outbox is not open");
  return outbox;
}

export async function recount(): Promise<void> {
  if (outbox) counts.value = await outbox.counts();
}

export const permissionInUse = (): Authorization | undefined => permission;

export const sendNow = async (): Promise<unknown> => sender?.now();

/** Everything that an enrolled device exchanges: envelopes, counts of people, and the campaigns in return. */
export async function syncAll(): Promise<void> {
  if (!sender || permission?.scheme !== "Bearer") return;
  await sender.now();
  try {
    await reportTallies(permission);
    await refreshShelf(permission);
    if (!failure.value) await noteSync();
  } catch (problem) {
    failure.value ??= problem instanceof Refused ? kindOf(problem) : "offline";
  }
}

const kindOf = (problem: Refused): FailureKind => (problem.code.startsWith("token.") ? "unauthorised" : problem.status >= 500 ? "busy" : "rejected");

async function noteSync(): Promise<void> {
  synced.value = new Date().toISOString();
  await remember("synced", synced.value);
}

async function noteChange(current: Sender): Promise<void> {
  sending.value = current.state;
  if (current.state === "sending") return;
  failure.value = current.last?.failure?.kind;
  await recount();
  if (failure.value === "unauthorised" && permission?.scheme === "Bearer") await enrolAgain();
}

/** A collector that was set up anew does not know its own page any more; the page asks for a new token before it asks staff. */
async function enrolAgain(): Promise<void> {
  if (Date.now() - enrolledAgain < PATIENCE) return;
  enrolledAgain = Date.now();
  const enrolment = await enrolBySelf();
  if (enrolment) await openSending({ scheme: "Bearer", secret: enrolment.token });
}
