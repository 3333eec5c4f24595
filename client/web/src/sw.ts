/**
 * Keeps the page on the device, so that it opens without a network. It holds the page's own files and answers visits to the page
 * itself, nothing else: a request to /api, /console, /healthz or /readyz, and anything that is not a GET, never meets this code.
 *
 * Some parts are kept only where they were asked for, so that a worker's phone on a weak line never loads them: staff's screens
 * on devices of staff's, and what few surveys use where such a survey was opened.
 */
declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: { url: string; revision: string | null }[] };

const PARTS = ["staff", "seldom", "typed", "right_answers", "open_forms"];
const FILES = self.__WB_MANIFEST.map(({ url, revision }) => ({ path: `/${url}`, revision }));
const PATHS: ReadonlySet<string> = new Set(FILES.map(({ path }) => path));
const isOf = (part: string) => ({ path }: { path: string }): boolean => path.startsWith(`/assets/${part}`);

/** Each version of the page has caches of its own, so that a device never mixes two of them. */
const VERSION = FILES.map(({ path, revision }) => `${path} ${revision ?? ""}`).reduce(digest, 5381).toString(36);
const cacheOf = (part: string): string => `${part} ${VERSION}`;
const CACHES = ["page", ...PARTS].map(cacheOf);

function digest(before: number, text: string): number {
  return [...text].reduce((total, letter) => (Math.imul(total, 33) ^ (letter.codePointAt(0) ?? 0)) >>> 0, before);
}

/** All of them or none; a file whose name tells its content may come from the browser's own cache. */
async function keep(part: string, files = FILES.filter(isOf(part))): Promise<void> {
  const cache = await caches.open(cacheOf(part));
  await cache.addAll(files.map(({ path, revision }) => new Request(path, { cache: revision === null ? "default" : "reload" })));
}

/** The page itself, and the parts that an earlier version kept on this device. */
async function keepAll(): Promise<void> {
  const before = await caches.keys();
  const parts = PARTS.filter((part) => before.some((name) => name.startsWith(`${part} `)));
  const everybodys = FILES.filter((file) => !PARTS.some((part) => isOf(part)(file)));
  await Promise.all([keep("page", everybodys), ...parts.map((part) => keep(part))]);
}

self.addEventListener("install", (event) => event.waitUntil(keepAll()));

self.addEventListener("activate", (event) => event.waitUntil(dropOthers().then(() => self.clients.claim())));

async function dropOthers(): Promise<void> {
  const old = (await caches.keys()).filter((name) => !CACHES.includes(name));
  await Promise.all(old.map((name) => caches.delete(name)));
}

self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  const path = mode === "navigate" && pathname === "/" ? "/index.html" : pathname;
  if (method === "GET" && origin === self.location.origin && PATHS.has(path)) event.respondWith(kept(path, event.request));
});

async function kept(path: string, request: Request): Promise<Response> {
  for (const cacheName of CACHES) {
    const found = await caches.match(path, { cacheName, ignoreVary: true });
    if (found) return found;
  }
  return fetch(request);
}

/** A new version waits until the page says that nobody is in the middle of anything. */
self.addEventListener("message", (event) => {
  if (event.data === "take-over") void self.skipWaiting();
  const part = PARTS.find((candidate) => event.data === `keep-${candidate}`);
  if (part) event.waitUntil(keep(part));
});

export {};
