/** Weighs what a worker's visit loads, compressed as the hops serve it, and fails the build above the budget. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { CHUNKS } from "../src/chunks.ts";

const WHOLE_VISIT = 60 * 1024;
const SCRIPT = 45 * 1024;
const dist = new URL("../dist/", import.meta.url);

const weigh = (name: string): number => gzipSync(readFileSync(new URL(name, dist)), { level: 9 }).length;
const isOf = (chunk: string) => (name: string): boolean => name.startsWith(`assets/${chunk}`);
const files = (readdirSync(dist, { recursive: true }) as string[]).map((name) => name.replaceAll("\\", "/"));
const loaded = files.filter((name) => /(\.html|\.js|\.css|\.webmanifest|icon\.svg)$/.test(name));

const weighed = (names: string[]): { name: string; bytes: number }[] => names.map((name) => ({ name, bytes: weigh(name) }));
const worker = weighed(loaded.filter((name) => !CHUNKS.some((chunk) => isOf(chunk)(name))));
const chunks = CHUNKS.map((chunk) => ({ chunk, files: weighed(loaded.filter(isOf(chunk))) }));
const sum = (list: { bytes: number }[]): number => list.reduce((total, file) => total + file.bytes, 0);
const page = sum(worker);
/** The service worker runs beside the page. */
const isRead = (name: string): boolean => name.endsWith(".js") && !name.startsWith("sw");
const script = sum(worker.filter((file) => isRead(file.name)));
const all = [...worker, ...chunks.flatMap(({ files }) => files)];
const byChunk = Object.fromEntries(chunks.map(({ chunk, files }) => [chunk, sum(files)]));

for (const file of all) console.log(`${String(file.bytes).padStart(7)}  ${file.name}`);
const beside = Object.entries(byChunk).map(([chunk, bytes]) => `${chunk} ${bytes}`).join(", ");
console.log(`worker's visit ${page} bytes of ${WHOLE_VISIT}, script ${script} of ${SCRIPT}; only where needed: ${beside}`);
writeFileSync(new URL("weight.json", dist), `${JSON.stringify({ worker_visit: page, worker_script: script, ...byChunk, files: all }, null, 1)}\n`);
if (page > WHOLE_VISIT || script > SCRIPT) {
  console.error("The page is heavier than a worker's visit may be.");
  process.exit(1);
}
