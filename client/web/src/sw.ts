/**
 * Keeps the page on the device, so that it opens without a network. It holds the page's own files and answers visits to the page
 * itself, nothing else: a request to /api, /console, /healthz or /readyz, and anything that is not a GET, never meets this code.
 *
 * Staff's screens are kept only on devices where staff opened them: a worker's phone on a weak line never loads them.
 */
declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: { url: string; revision: string | null }[] };

const FILES = self.__WB_MANIFEST.map(({ url, revision }) => ({ path: `/${url}`, revision }));
const STAFFS = FILES.filter(({ path }) => path.startsWith("/assets/staff"));
const EVERYBODYS = FILES.filter((file) => !STAFFS.includes(file));
const PATHS: ReadonlySet<string> = new Set(FILES.map(({ path }) => path));

/** Each version of the page has caches of its own, so that a device never mixes two of them. */
const VERSION = FILES.map(({ path, revision }) => `${path} ${revision ?? ""}`).reduce(digest, 5381).toString(36);
const PAGE = `page ${VERSION}`;
const STAFF = `staff ${VERSION}`;

function digest(before: number, text: string): number {
  return [...text].reduce((total, letter) => (Math.imul(total, 33) ^ (letter.codePointAt(0) ?? 0)) >>> 0, before);
}

/** All of them or none; a file whose name tells its content may come from the browser's own cache. */
async function keep(name: string, files: typeof FILES): Promise<void> {
  const cache = await caches.open(name);
  await cache.addAll(files.map(({ path, revision }) => new Request(path, { cache: revision === null ? "default" : "reload" })));
}

const hasStaff = async (): Promise<boolean> => (await caches.keys()).some((name) => name.startsWith("staff "));

self.addEventListener("install", (event) =>
  event.waitUntil(Promise.all([keep(PAGE, EVERYBODYS), hasStaff().then((isStaffs) => (isStaffs ? keep(STAFF, STAFFS) : undefined))])),
);

self.addEventListener("activate", (event) => event.waitUntil(dropOthers().then(() => self.clients.claim())));

async function dropOthers(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name !== PAGE && name !== STAFF);
  await Promise.all(old.map((name) => caches.delete(name)));
}

self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  const path = mode === "navigate" && pathname === "/" ? "/index.html" : pathname;
  if (method === "GET" && origin === self.location.origin && PATHS.has(path)) event.respondWith(kept(path, event.request));
});

const kept = async (path: string, request: Request): Promise<Response> =>
  (await found(path, PAGE)) ?? (await found(path, STAFF)) ?? fetch(request);

const found = (path: string, cacheName: string): Promise<Response | undefined> => caches.match(path, { cacheName, ignoreVary: true });

/** A new version waits until the page says that nobody is in the middle of anything. */
self.addEventListener("message", (event) => {
  if (event.data === "take-over") void self.skipWaiting();
  if (event.data === "keep-staff") event.waitUntil(keep(STAFF, STAFFS));
});

export {};
