/** Installs the service worker, and lets a new version of the page in when nobody is in the middle of anything. */
import { signal } from "@preact/signals";
import type { Chunk } from "../chunks.ts";

export const hasUpdate = signal(false);

let registration: ServiceWorkerRegistration | undefined;
let tell: (registered: ServiceWorkerRegistration) => void;
/** Not `serviceWorker.ready`: another installation's, from the root of this origin, may have charge of this page until ours has. */
const ours = new Promise<ServiceWorkerRegistration>((resolve) => (tell = resolve));

const ASK_EVERY = 6 * 3600_000;

/** `mayReload` says whether nobody is in the middle of anything: then a version that waits is let in at once. */
export async function keepOffline(mayReload: () => boolean): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  try {
    registration = await register(navigator.serviceWorker);
    tell(registration);
  } catch {
    return; // not over https, or the browser forbids it: the page works, but not offline
  }
  const note = (): void => {
    hasUpdate.value = Boolean(registration?.waiting && navigator.serviceWorker.controller);
  };
  note();
  if (hasUpdate.value && mayReload()) activateUpdate();
  registration.addEventListener("updatefound", () => registration?.installing?.addEventListener("statechange", note));
  setInterval(() => void registration?.update().catch(() => undefined), ASK_EVERY);
}

/** Browsers with Background Sync read modules in service workers too, but for a few versions long past. */
async function register(workers: ServiceWorkerContainer): Promise<ServiceWorkerRegistration> {
  const plain = (): Promise<ServiceWorkerRegistration> => workers.register("sw.js");
  return "SyncManager" in globalThis ? workers.register("sw-sync.js", { type: "module" }).catch(plain) : plain();
}

/** Reload into the new version. Whoever calls this knows that nothing is lost by it. */
export function activateUpdate(): void {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  registration?.waiting?.postMessage("take-over");
}

/** From now on this device keeps this chunk too. Until the service worker is there, the browser's own cache has it. */
export async function keepChunk(chunk: Chunk): Promise<void> {
  const { active, waiting, installing } = await ours;
  (active ?? waiting ?? installing)?.postMessage(`keep-${chunk}`);
}
