/** Weighs what a worker's visit loads, compressed as the hops serve it, and fails the build above the budget. */
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const WHOLE_VISIT = 60 * 1024;
const SCRIPT = 45 * 1024;
const dist = new URL("../dist/", import.meta.url);

const weigh = (name: string): number => gzipSync(readFileSync(new URL(name, dist)), { level: 9 }).length;
const isOf = (part: string) => (name: string): boolean => name.startsWith(`assets/${part}`);
const files = (readdirSync(dist, { recursive: true }) as string[]).map((name) => name.replaceAll("\\", "/"));
const loaded = files.filter((name) => /(\.html|\.js|\.css|\.webmanifest|icon\.svg)$/.test(name));

const weighed = (names: string[]): { name: string; bytes: number }[] => names.map((name) => ({ name, bytes: weigh(name) }));
const staff = weighed(loaded.filter(isOf("staff")));
const seldom = weighed(loaded.filter(isOf("seldom")));
const worker = weighed(loaded.filter((name) => !isOf("staff")(name) && !isOf("seldom")(name)));
const sum = (list: { bytes: number }[]): number => list.reduce((total, file) => total + file.bytes, 0);
const page = sum(worker);
const script = sum(worker.filter((file) => file.name.endsWith(".js") && file.name !== "sw.js"));

for (const file of [...worker, ...seldom, ...staff]) console.log(`${String(file.bytes).padStart(7)}  ${file.name}`);
console.log(`worker's visit ${page} bytes of ${WHOLE_VISIT}, script ${script} of ${SCRIPT}; with a survey that uses what is seldom used ${page + sum(seldom)}; staff's part ${sum(staff)} bytes`);
writeFileSync(
  new URL("weight.json", dist),
  `${JSON.stringify({ worker_visit: page, worker_script: script, seldom: sum(seldom), staff: sum(staff), files: [...worker, ...seldom, ...staff] }, null, 1)}\n`,
);
if (page > WHOLE_VISIT || script > SCRIPT) {
  console.error("The page is heavier than a worker's visit may be.");
  process.exit(1);
}
