/** Weighs what a worker's visit loads, compressed as the hops serve it, and fails the build above the budget. */
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const WHOLE_VISIT = 60 * 1024;
const SCRIPT = 45 * 1024;
const PARTS = ["staff", "tablet", "seldom", "typed", "right_answers", "open_forms", "links", "old-outbox", "en"];
const dist = new URL("../dist/", import.meta.url);

const weigh = (name: string): number => gzipSync(readFileSync(new URL(name, dist)), { level: 9 }).length;
const isOf = (part: string) => (name: string): boolean => name.startsWith(`assets/${part}`);
const files = (readdirSync(dist, { recursive: true }) as string[]).map((name) => name.replaceAll("\\", "/"));
const loaded = files.filter((name) => /(\.html|\.js|\.css|\.webmanifest|icon\.svg)$/.test(name));

const weighed = (names: string[]): { name: string; bytes: number }[] => names.map((name) => ({ name, bytes: weigh(name) }));
const worker = weighed(loaded.filter((name) => !PARTS.some((part) => isOf(part)(name))));
const parts = PARTS.map((part) => ({ part, files: weighed(loaded.filter(isOf(part))) }));
const sum = (list: { bytes: number }[]): number => list.reduce((total, file) => total + file.bytes, 0);
const page = sum(worker);
/** The service worker runs beside the page. */
const isRead = (name: string): boolean => name.endsWith(".js") && !name.startsWith("sw");
const script = sum(worker.filter((file) => isRead(file.name)));
const all = [...worker, ...parts.flatMap((part) => part.files)];
const ofParts = Object.fromEntries(parts.map((one) => [one.part, sum(one.files)]));

for (const file of all) console.log(`${String(file.bytes).padStart(7)}  ${file.name}`);
const beside = Object.entries(ofParts).map(([part, bytes]) => `${part} ${bytes}`).join(", ");
console.log(`worker's visit ${page} bytes of ${WHOLE_VISIT}, script ${script} of ${SCRIPT}; only where needed: ${beside}`);
writeFileSync(new URL("weight.json", dist), `${JSON.stringify({ worker_visit: page, worker_script: script, ...ofParts, files: all }, null, 1)}\n`);
if (page > WHOLE_VISIT || script > SCRIPT) {
  console.error("The page is heavier than a worker's visit may be.");
  process.exit(1);
}
