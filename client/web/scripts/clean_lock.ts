/** Keep the lock file free of addresses: after `npm install`, drop what names a host (funding pages, download places). */
import { readFileSync, writeFileSync } from "node:fs";

const place = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(place, "utf8")) as { packages: Record<string, Record<string, unknown>> };
for (const entry of Object.values(lock.packages)) {
  delete entry["funding"];
  delete entry["resolved"];
}
writeFileSync(place, `${JSON.stringify(lock, null, 2)}\n`);
