/**
 * Keeps the page on the device, so that it opens without a network. It holds the page's own files and answers visits to the page
 * itself, nothing else: a request to /api, /console, /healthz or /readyz, and anything that is not a GET, never meets this code.
 * Where there is Background Sync, sw-sync.ts takes this in and also sends what waits while the page is closed.
 *
 * Some chunks are kept only where they were asked for, so that a worker's phone on a weak line never loads them: staff's screens
 * on devices of staff's, and what few surveys use where such a survey was opened.
 */
import { type Chunk, CHUNKS } from "./chunks.ts";

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: { url: string; revision: string | null }[] };

/** The path that the page lives below. On the same origin others may, below other paths. */
const FOLDER = new URL("./", self.location.href).pathname;
/** Behind that path: nothing, or a link that was changed on its way; see link_code.ts, and sync/link_addresses.py for where there is a network. */
const PAGE = /^(?:%(?:25)*[0-9a-f]{2}|[^\w%])*(?:[l1i|]\/(.*)|$)/i;
/** What earlier versions of the page called a chunk: a device that kept it then keeps it on. */
const FORMER_NAMES: Readonly<Partial<Record<Chunk, string>>> = { rankings_and_media: "seldom", dates_and_decimals: "typed", survey_kind_texts: "open_forms", link_texts: "links", former_outbox: "old-outbox" };
const FILES = self.__WB_MANIFEST.map(({ url, revision }) => ({ path: `${FOLDER}${url}`, revision }));
const PATHS: ReadonlySet<string> = new Set(FILES.map(({ path }) => path));
const isOf = (chunk: string) => ({ path }: { path: string }): boolean => path.startsWith(`${FOLDER}assets/${chunk}`);

/** Each version of the page has caches of its own, so that a device never mixes two of them; below another path their names carry it. */
const VERSION = FILES.map(({ path, revision }) => `${path} ${revision ?? ""}`).reduce(digest, 5381).toString(36);
const cacheOf = (chunk: string): string => `${chunk} ${VERSION}${FOLDER === "/" ? "" : ` ${FOLDER}`}`;
const CACHES = ["page", ...CHUNKS].map(cacheOf);

function isOurs(cacheName: string): boolean {
  const [, version, folder = "/"] = cacheName.split(" ");
  return version !== undefined && folder === FOLDER;
}

function digest(before: number, text: string): number {
  return [...text].reduce((total, letter) => (Math.imul(total, 33) ^ (letter.codePointAt(0) ?? 0)) >>> 0, before);
}

/** All of them or none; a file whose name tells its content may come from the browser's own cache. */
async function keep(chunk: string, files = FILES.filter(isOf(chunk))): Promise<void> {
  const cache = await caches.open(cacheOf(chunk));
  await cache.addAll(files.map(({ path, revision }) => new Request(path, { cache: revision === null ? "default" : "reload" })));
}

/** The page itself, and the chunks that an earlier version kept on this device. */
async function keepAll(): Promise<void> {
  const before = (await caches.keys()).filter(isOurs);
  const wasKept = (name: string | undefined): boolean => before.some((cache) => cache.startsWith(`${name} `));
  const chunks = CHUNKS.filter((chunk) => wasKept(chunk) || wasKept(FORMER_NAMES[chunk]));
  const everybodys = FILES.filter((file) => !CHUNKS.some((chunk) => isOf(chunk)(file)));
  await Promise.all([keep("page", everybodys), ...chunks.map((chunk) => keep(chunk))]);
}

self.addEventListener("install", (event) => event.waitUntil(keepAll()));

self.addEventListener("activate", (event) => event.waitUntil(dropOthers().then(() => self.clients.claim())));

async function dropOthers(): Promise<void> {
  const old = (await caches.keys()).filter((name) => isOurs(name) && !CACHES.includes(name));
  await Promise.all(old.map((name) => caches.delete(name)));
}

self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== self.location.origin || !pathname.startsWith(FOLDER)) return;
  const below = pathname.slice(FOLDER.length);
  const place = mode === "navigate" ? PAGE.exec(below) : null;
  const path = place ? `${FOLDER}index.html` : pathname;
  // What the page loads is named from its own folder on, so only there it is shown.
  if (place && below) event.respondWith(Response.redirect(`${FOLDER}${place[1] ? `#/l/${place[1]}` : ""}`));
  else if (PATHS.has(path)) event.respondWith(kept(path, event.request));
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
  const chunk = CHUNKS.find((candidate) => event.data === `keep-${candidate}`);
  if (chunk) event.waitUntil(keep(chunk));
});
