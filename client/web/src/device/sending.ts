/** Carries what waits on this device to the next hop, by itself and at staff's wish, and tells how that goes. */
import { computed, signal } from "@preact/signals";
import { type DeviceOutbox, openOutbox } from "../road/device-outbox.ts";
import { MemoryOutbox } from "../road/memory-outbox.ts";
import type { Counts, Entry, Outbox } from "../road/outbox.ts";
import { Sender, type SenderState } from "../road/sender.ts";
import { openSlots } from "../road/slots.ts";
import type { FailureKind } from "../road/transport.ts";
import type { Envelope } from "../road/wire.ts";
import type { Authorization } from "./calls.ts";
import { compare } from "./loss.ts";
import { BEARER, byEnrolment, byLink, LINK, ownerBefore } from "./permissions.ts";
import { recall } from "./store.ts";
import { sendAll } from "./turn.ts";
import { askForSending, whenSentBehind } from "./waking.ts";

export const counts = signal<Counts>({ waiting: 0, sent: 0, refused: 0 });
export const sending = signal<SenderState>("idle");
export const failure = signal<FailureKind | undefined>(undefined);
export const synced = signal<string | undefined>(undefined);
/** Everything that is still on this device, for whatever permission. */
export const stillHere = signal<readonly Entry[]>([]);
/** Whether what is handed in outlives this page. */
export const isDurable = signal(true);

/** Between two tries to enrol by itself, in milliseconds. */
const PATIENCE = 60_000;

let enrolledAgain = -PATIENCE;
let opening: Promise<Outbox> | undefined;
let outbox: Outbox | undefined;
let sender: Sender | undefined;
let permission: Authorization | undefined;
let madeFor = "";

export async function openSending(authorization: Authorization): Promise<void> {
  permission = authorization;
  const opened = await (opening ??= openedOutbox());
  outbox = opened;
  isDurable.value = opened.isDurable;
  madeFor = await ownerOf(authorization);
  sender?.stop();
  sender = new Sender(
    (portion) => sendAll(opened, portion),
    (state) => void noteChange(state),
  );
  synced.value = await recall("synced").catch(() => undefined);
  await recount();
  whenSentBehind(() => void recount());
  sender.start();
}

/** Where the browser lets nothing be stored, a link works in memory; a device of staff's does not get this far. */
async function openedOutbox(): Promise<Outbox> {
  try {
    const opened = await openOutbox(await openSlots());
    await takeOverFromBefore(opened).catch(() => undefined); // it stays where it is, for the next start
    return opened;
  } catch {
    addEventListener("beforeunload", askBeforeLosing);
    return new MemoryOutbox();
  }
}

const askBeforeLosing = (event: Event): void => {
  if (stillHere.value.length > 0) event.preventDefault();
};

/** Only a device that an earlier version of the page was used on needs what can do this. */
async function takeOverFromBefore(opened: DeviceOutbox): Promise<void> {
  const present = await indexedDB.databases?.();
  if (present && !present.some(({ name }) => name?.endsWith("-outbox"))) return;
  const { moveFromBefore } = await import("../road/old-outbox.ts");
  await moveFromBefore(opened, ownerBefore);
}

async function ownerOf({ scheme, secret }: Authorization): Promise<string> {
  if (scheme === "Link") return byLink(secret);
  const enrolment = await recall("enrolment");
  return enrolment ? byEnrolment(enrolment) : BEARER;
}

export function theOutbox(): Outbox {
  if (!outbox) throw new Error("the outbox is not open");
  return outbox;
}

const handedIn = signal<string | undefined>(undefined);
/** That a record is gone says nothing: the browser may have erased it. */
let sentBefore = 0;

/** What became of the answers that were handed in last: only the hop's receipt for exactly this envelope makes them taken. */
export type Fate = { readonly state: "kept" } | { readonly state: "taken" } | { readonly state: "not_taken"; readonly code: string };

export const fate = computed<Fate>(() => {
  const entry = stillHere.value.find(({ name }) => name === handedIn.value);
  if (entry === undefined) return { state: counts.value.sent > sentBefore ? "taken" : "kept" };
  return entry.code === "" ? { state: "kept" } : { state: "not_taken", code: entry.code };
});

/** Keep an envelope; it is on the disk when this resolves. */
export async function keep(envelope: Envelope): Promise<void> {
  const { sent } = counts.value;
  const name = await theOutbox().put(envelope, madeFor);
  sentBefore = sent;
  lookings += 1;
  stillHere.value = [...stillHere.value, { name, by: madeFor, code: "" }];
  handedIn.value = name;
  void recount();
  if (permission?.scheme === "Link") {
    void sendNow();
    void navigator.storage?.persist?.().catch(() => undefined);
  }
  if (isDurable.value) askForSending();
}

let lookings = 0;

/** Look at the outbox. Of several looks only the one that began last counts, so that none tells of a time before. */
export async function recount(): Promise<void> {
  if (!outbox) return;
  const looking = (lookings += 1);
  const isLink = permission?.scheme === "Link";
  const [entries, counted] = await Promise.all([outbox.entries(), outbox.counts(isLink ? LINK : BEARER)]);
  if (looking !== lookings) return;
  stillHere.value = entries;
  counts.value = counted;
  if (!isLink) compare(counted);
}

/** What was collected for a server with which this device is no longer enrolled; it waits for that server. */
export const forOthers = computed(() => stillHere.value.filter(({ by }) => by.startsWith(BEARER) && by !== BEARER && by !== madeFor).length);

export const permissionInUse = (): Authorization | undefined => permission;

export const sendNow = async (): Promise<unknown> => sender?.now();

async function noteChange(current: Sender): Promise<void> {
  sending.value = current.state;
  if (current.state === "sending") return;
  failure.value = current.last?.failure?.kind;
  await recount();
  if (current.state === "waiting" && isDurable.value) askForSending();
  if (failure.value === "unauthorised" && permission?.scheme === "Bearer") await enrolAgain();
}

/** A collector that was set up anew does not know its own page any more; the page asks for a new token before it asks staff. */
async function enrolAgain(): Promise<void> {
  if (performance.now() - enrolledAgain < PATIENCE) return;
  enrolledAgain = performance.now();
  const { enrolBySelf } = await import("./tablet.ts");
  const enrolment = await enrolBySelf();
  if (enrolment) await openSending({ scheme: "Bearer", secret: enrolment.token });
}
