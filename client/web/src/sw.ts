/**
 * Keeps the page on the device, so that it opens without a network. It holds the page's own files and answers visits to the page
 * itself, nothing else: a request to /api, /console, /healthz or /readyz, and anything that is not a GET, never meets this code.
 */
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute, type PrecacheEntry } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: (PrecacheEntry | string)[] };

cleanupOutdatedCaches();
precacheAndRoute(self.__WB_MANIFEST, { cleanURLs: false });
registerRoute(new NavigationRoute(createHandlerBoundToURL("/index.html"), { allowlist: [/^\/(index\.html)?(\?.*)?$/] }));

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

/** A new version waits until the page says that nobody is in the middle of anything. */
self.addEventListener("message", (event) => {
  if (event.data === "take-over") void self.skipWaiting();
});
