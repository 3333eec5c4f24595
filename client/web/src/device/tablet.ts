/** What a device does that staff hand over, and a worker's own phone never: it enrols, counts people, fetches campaigns, and has words of its own. */
import { signal } from "@preact/signals";
import { filledIn, inCatalogue, type TextValues } from "../texts.ts";
import english from "../texts/tablet.en.json";
import vietnamese from "../texts/tablet.vi.json";
import type { FailureKind } from "../transport/over_http.ts";
import { refreshCampaigns } from "./campaigns.ts";
import { enrolBySelf } from "./enrolment.ts";
import { type Authorization, ProblemResponse, Unreachable } from "./requests.ts";
import { lastSync, openSending, permissionInUse, sendingFailure, sendNow } from "./sending.ts";
import { writeFact } from "./store.ts";
import { reportTallies } from "./tally_reports.ts";

export { authorization, enrol, enrolBySelf, tidyCode } from "./enrolment.ts";
export { allTallies } from "./tally_store.ts";
export { countCollected, countDeclined, addDeclined, noteDeclined, noteRefusedTallies, retryRefusedTallies, refusedTallies, undoDeclined, tallyDay } from "./tally_reports.ts";

const catalogues: Readonly<Record<string, Readonly<Record<keyof typeof vietnamese, string>>>> = { vi: vietnamese, en: english };

export const tTablet = (key: keyof typeof vietnamese, facts: TextValues = {}): string => filledIn(inCatalogue(catalogues)[key], facts);

/** Whether the last try to fetch the campaigns came to nothing. */
export const isCampaignListStale = signal(false);

const EVERY = 5 * 60_000;

let timer: ReturnType<typeof setInterval> | undefined;

export async function startSending(permission: Authorization): Promise<void> {
  await openSending(permission, enrolAgain);
  clearInterval(timer);
  timer = setInterval(() => void syncAll(), EVERY);
  removeEventListener("online", syncSoon);
  addEventListener("online", syncSoon);
  syncSoon();
}

/** Between two tries to enrol by itself, in milliseconds. */
const ENROL_AGAIN_EVERY = 60_000;

let enrolledAgain = -ENROL_AGAIN_EVERY;

/** A collector that was set up anew does not know its own page any more; the page asks for a new token before it asks staff. */
async function enrolAgain(): Promise<void> {
  if (performance.now() - enrolledAgain < ENROL_AGAIN_EVERY) return;
  enrolledAgain = performance.now();
  const enrolment = await enrolBySelf();
  if (enrolment) await openSending({ scheme: "Bearer", secret: enrolment.token }, enrolAgain);
}

const syncSoon = (): void => void syncAll();

/** Everything that an enrolled device exchanges: envelopes, counts of people, and the campaigns in return. None waits for another. */
export async function syncAll(): Promise<void> {
  const permission = permissionInUse();
  if (permission?.scheme !== "Bearer") return;
  await sendNow();
  const asked = permissionInUse() ?? permission;
  const [reported, fetched] = await Promise.allSettled([reportTallies(asked), refreshCampaigns(asked)]);
  isCampaignListStale.value = fetched.status === "rejected";
  for (const one of [reported, fetched]) if (one.status === "rejected") sendingFailure.value ??= kindOf(one.reason);
  if (reported.status === "fulfilled" && fetched.status === "fulfilled" && !sendingFailure.value) await noteSync();
}

/** Of what concerns the whole exchange; what was turned away alone is reported where it is listed. */
function kindOf(problem: unknown): FailureKind | undefined {
  if (problem instanceof Unreachable) return "offline";
  if (!(problem instanceof ProblemResponse)) return undefined;
  if (problem.code.startsWith("token.")) return "unauthorised";
  return problem.status >= 500 || problem.status === 429 ? "busy" : undefined;
}

async function noteSync(): Promise<void> {
  lastSync.value = new Date().toISOString();
  await writeFact("synced", lastSync.value);
}
