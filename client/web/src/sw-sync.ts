/**
 * The service worker of browsers that have Background Sync: keeps the page on the device as sw.ts does, and sends what waits while
 * the page is closed. It is a module, so that it reads the very files that the page has loaded; the others could not import them.
 */
import "sw.js";
import { SENT_MESSAGE, SYNC_TAG } from "./device/background_sync.ts";
import { sendAll } from "./device/send_all.ts";
import { openOutbox } from "./transport/device_outbox.ts";
import { CopiedKeySlots } from "./transport/key_slots.ts";
import { answeredCount } from "./transport/sender.ts";

declare const self: ServiceWorkerGlobalScope;

interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}

self.addEventListener("sync" as never, (event: SyncEvent) => {
  if (event.tag === SYNC_TAG) event.waitUntil(sendInBackground());
});

/** A page that is open sends by itself. When this ends with an error, the browser tries again later, as often as it sees fit. */
async function sendInBackground(): Promise<void> {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (pages.some(({ visibilityState }) => visibilityState === "visible")) return;
  const outbox = await openOutbox(new CopiedKeySlots());
  let report = await sendAll(outbox, { limit: 100, again: true });
  while (answeredCount(report) > 0 && report.failure === null) report = await sendAll(outbox, { limit: 100, again: false });
  for (const page of pages) page.postMessage(SENT_MESSAGE);
  if (report.failure) throw report.failure;
}
