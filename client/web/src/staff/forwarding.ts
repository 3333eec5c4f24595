/** Beside a collector, handing over is not sending: the desk asks the collector how its own way to the central server goes. */
import { computed, signal } from "@preact/signals";
import { callHop } from "../device/requests.ts";
import { outboxCounts, permissionInUse, sendNow } from "../device/sending.ts";
import { readFact, writeFact } from "../device/store.ts";
import { syncAll } from "../device/tablet.ts";
import type { HopDocument } from "../transport/wire.ts";
import { countsUpToServer, type ForwardingReport, readForwardingReport } from "./forwarding_report.ts";

const PATH = "api/v1/forwarding";
const EVERY = 10_000;

/** How long after a wish one looks what became of it, in milliseconds; the collector answers before it has tried. */
const REPORT_CHECKS = [500, 1500, 3000, 5000];

export const isBesideCollector = signal(false);
export const forwardingReport = signal<ForwardingReport | undefined>(undefined);

/** What staff are told: beside a collector what the central server has, else this page's own counts. */
export const totalCounts = computed(() => (isBesideCollector.value ? countsUpToServer(outboxCounts.value, forwardingReport.value) : outboxCounts.value));

/** Find out once for each enrolment what kind of hop this is; a hop that does not answer is asked the next time. */
export async function findHopKind(): Promise<void> {
  const collector = (await readFact("enrolment"))?.collector;
  if (collector === undefined) return;
  const known = await readFact("hop");
  const isKnown = known?.collector === collector;
  const kind = isKnown ? known.kind : await kindOfHop();
  if (kind && !isKnown) await writeFact("hop", { collector, kind });
  isBesideCollector.value = kind === "collector";
  forwardingReport.value ??= isKnown ? readForwardingReport(known.forwardingReport) : undefined;
}

async function kindOfHop(): Promise<HopDocument["hop"] | undefined> {
  try {
    const { hop } = (await callHop("api/v1/hop", { seconds: 3 })).document as HopDocument;
    return hop === "collector" || hop === "server" ? hop : undefined;
  } catch {
    return undefined;
  }
}

/** Everything that the button means: the page's own part first, then the collector's. */
export async function syncUpToServer(): Promise<void> {
  await syncAll();
  await pressOn();
}

async function pressOn(): Promise<void> {
  if (!isBesideCollector.value || !(await refreshReport("POST"))) return;
  for (const pause of REPORT_CHECKS) setTimeout(() => void refreshReport(), pause);
}

/** Ask for the report, with POST for a try at once; false if the collector gave none. What it said last stays known. */
export async function refreshReport(method: "GET" | "POST" = "GET"): Promise<boolean> {
  const authorization = permissionInUse();
  if (!isBesideCollector.value || authorization?.scheme !== "Bearer") return false;
  try {
    const report = readForwardingReport((await callHop(PATH, { method, authorization, seconds: 10 })).document);
    if (report) await note(report);
    return report !== undefined;
  } catch {
    return false;
  }
}

async function note(report: ForwardingReport): Promise<void> {
  const isNews = JSON.stringify(report) !== JSON.stringify(forwardingReport.value);
  forwardingReport.value = report;
  const known = isNews && (await readFact("hop"));
  if (known) await writeFact("hop", { ...known, forwardingReport: report });
}

/** Keep looking while the desk is shown; ends with the function that it returns. */
export function keepReportFresh(): () => void {
  void refreshReport();
  const timer = setInterval(() => void refreshReport(), EVERY);
  return () => clearInterval(timer);
}

addEventListener("online", () => {
  if (isBesideCollector.value) void sendNow().then(pressOn);
});
