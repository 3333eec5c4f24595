/** Carries what waits on this device to the next hop, by itself and at staff's wish, and tells how that goes. */
import { computed, signal } from "@preact/signals";
import { type DeviceOutbox, openOutbox } from "../transport/device_outbox.ts";
import { openKeySlots } from "../transport/key_slots.ts";
import { MemoryOutbox } from "../transport/memory_outbox.ts";
import type { Counts, Outbox, OutboxEntry } from "../transport/outbox.ts";
import type { FailureKind } from "../transport/over_http.ts";
import { Sender, type SenderState } from "../transport/sender.ts";
import type { Envelope } from "../transport/wire.ts";
import { registerBackgroundSync, whenSentInBackground } from "./background_sync.ts";
import { compareWithMark } from "./data_loss.ts";
import { BEARER_OWNER, LINK_OWNER, ownerOfEnrolment, ownerOfLink } from "./permissions.ts";
import type { Authorization } from "./requests.ts";
import { sendAll } from "./send_all.ts";
import { readFact } from "./store.ts";

export const outboxCounts = signal<Counts>({ waiting: 0, sent: 0, held: 0 });
export const senderState = signal<SenderState>("idle");
export const sendingFailure = signal<FailureKind | undefined>(undefined);
export const lastSync = signal<string | undefined>(undefined);
/** Everything that is still on this device, for whatever permission. */
export const outboxEntries = signal<readonly OutboxEntry[]>([]);
/** Whether what is handed in outlives this page. */
export const isDurable = signal(true);

let opening: Promise<Outbox> | undefined;
let outbox: Outbox | undefined;
let sender: Sender | undefined;
let permission: Authorization | undefined;
let madeFor = "";

let onUnauthorised: (() => Promise<void>) | undefined;
let moveFormer: (opened: DeviceOutbox) => Promise<void> = () => Promise.resolve();

/** What takes over the envelopes that an earlier version of the page left here; it is asked only where there may be some. */
export const moveFormerBy = (move: typeof moveFormer): void => void (moveFormer = move);

/** `whenUnauthorised` is called after each turn in which the hop did not know this permission. */
export async function openSending(authorization: Authorization, whenUnauthorised?: () => Promise<void>): Promise<void> {
  permission = authorization;
  onUnauthorised = whenUnauthorised;
  const opened = await (opening ??= openedOutbox());
  outbox = opened;
  isDurable.value = opened.isDurable;
  madeFor = await ownerOf(authorization);
  sender?.stop();
  sender = new Sender(
    (limits) => sendAll(opened, limits),
    (state) => void noteChange(state),
  );
  lastSync.value = await readFact("synced").catch(() => undefined);
  await refreshCounts();
  whenSentInBackground(() => void refreshCounts());
  sender.start();
}

/** Where the browser lets nothing be stored, a link works in memory; a device of staff's does not get this far. */
async function openedOutbox(): Promise<Outbox> {
  try {
    const opened = await openOutbox(await openKeySlots());
    await takeOverFromBefore(opened).catch(() => undefined); // it stays where it is, for the next start
    return opened;
  } catch {
    addEventListener("beforeunload", askBeforeLosing);
    return new MemoryOutbox();
  }
}

const askBeforeLosing = (event: Event): void => {
  if (outboxEntries.value.length > 0) event.preventDefault();
};

/** Only a device that an earlier version of the page was used on has databases of these names. */
async function takeOverFromBefore(opened: DeviceOutbox): Promise<void> {
  const present = await indexedDB.databases?.();
  if (present && !present.some(({ name }) => name?.endsWith("-outbox"))) return;
  await moveFormer(opened);
}

async function ownerOf({ scheme, secret }: Authorization): Promise<string> {
  if (scheme === "Link") return ownerOfLink(secret);
  const enrolment = await readFact("enrolment");
  return enrolment ? ownerOfEnrolment(enrolment) : BEARER_OWNER;
}

export function theOutbox(): Outbox {
  if (!outbox) throw new Error("the outbox is not open");
  return outbox;
}

const handedIn = signal<string | undefined>(undefined);
/** That a record is gone says nothing: the browser may have erased it. */
let sentBefore = 0;

/** What became of the answers that were handed in last: only the hop's receipt for exactly this envelope makes them taken. */
export type DeliveryState = { readonly state: "kept" } | { readonly state: "taken" } | { readonly state: "not_taken"; readonly code: string };

export const delivery = computed<DeliveryState>(() => {
  const entry = outboxEntries.value.find(({ name }) => name === handedIn.value);
  if (entry === undefined) return { state: outboxCounts.value.sent > sentBefore ? "taken" : "kept" };
  return entry.code === "" ? { state: "kept" } : { state: "not_taken", code: entry.code };
});

/** Keep an envelope; it is on the disk when this resolves. */
export async function keepEnvelope(envelope: Envelope): Promise<void> {
  const { sent } = outboxCounts.value;
  const name = await theOutbox().put(envelope, madeFor);
  sentBefore = sent;
  lookings += 1;
  outboxEntries.value = [...outboxEntries.value, { name, by: madeFor, code: "" }];
  handedIn.value = name;
  void refreshCounts();
  if (permission?.scheme === "Link") {
    void sendNow();
    void navigator.storage?.persist?.().catch(() => undefined);
  }
  if (isDurable.value) registerBackgroundSync();
}

let lookings = 0;

/** Look at the outbox. Of several looks only the one that began last counts, so that none tells of a time before. */
export async function refreshCounts(): Promise<void> {
  if (!outbox) return;
  const looking = (lookings += 1);
  const isLink = permission?.scheme === "Link";
  const [entries, counted] = await Promise.all([outbox.entries(), outbox.counts(isLink ? LINK_OWNER : BEARER_OWNER)]);
  if (looking !== lookings) return;
  outboxEntries.value = entries;
  outboxCounts.value = counted;
  if (!isLink) compareWithMark(counted);
}

/** What was collected for a server with which this device is no longer enrolled; it waits for that server. */
export const waitingForOtherServers = computed(() => outboxEntries.value.filter(({ by }) => by.startsWith(BEARER_OWNER) && by !== BEARER_OWNER && by !== madeFor).length);

export const permissionInUse = (): Authorization | undefined => permission;

export const sendNow = async (): Promise<unknown> => sender?.now();

async function noteChange(current: Sender): Promise<void> {
  senderState.value = current.state;
  if (current.state === "sending") return;
  sendingFailure.value = current.last?.failure?.kind;
  await refreshCounts();
  if (current.state === "waiting" && isDurable.value) registerBackgroundSync();
  if (sendingFailure.value === "unauthorised") await onUnauthorised?.();
}
