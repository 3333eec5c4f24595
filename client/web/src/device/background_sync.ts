/** Where there is Background Sync, the service worker sends what waits once there is a network, also when the page is closed. */

export const SYNC_TAG = "send";
export const SENT_MESSAGE = "sent";

interface WithSync {
  readonly sync?: { register(tag: string): Promise<void> };
}

/** Only where the page is kept offline; a browser that has no Background Sync, or forbids it, sends when the page opens next. */
export function registerBackgroundSync(): void {
  const { serviceWorker } = navigator;
  void serviceWorker?.ready
    .then(() => serviceWorker.getRegistration()) // `ready` may have been another installation's, from the root of this origin
    .then((registration) => (registration as WithSync).sync?.register(SYNC_TAG))
    .catch(() => undefined);
}

let listener: ((event: MessageEvent) => void) | undefined;

/** Hear of it when the service worker has sent something. */
export function whenSentInBackground(onSent: () => void): void {
  const { serviceWorker } = navigator;
  if (!serviceWorker) return;
  if (listener) serviceWorker.removeEventListener("message", listener);
  listener = ({ data }) => data === SENT_MESSAGE && onSent();
  serviceWorker.addEventListener("message", listener);
  serviceWorker.startMessages();
}
