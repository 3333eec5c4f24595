/** What a device does that staff hand over, and a worker's own phone never: it enrols, counts people, fetches campaigns, and has words of its own. */
import { signal } from "@preact/signals";
import type { FailureKind } from "../road/transport.ts";
import { type Facts, filled, wordsFor } from "../texts.ts";
import english from "../texts/tablet.en.json";
import vietnamese from "../texts/tablet.vi.json";
import { Refused, Unreachable } from "./calls.ts";
import { refreshShelf } from "./campaigns.ts";
import { failure, openSending, permissionInUse, sendNow, synced } from "./sending.ts";
import { remember } from "./store.ts";
import { reportTallies } from "./tally.ts";

export { authorization, enrol, enrolBySelf, tidyCode } from "./enrolment.ts";
export { tallies } from "./tallies.ts";
export { countCollected, countDeclined, countRefused, declines, noteSetAside, retrySetAside, setAside, staysAfterAll, tallyDay } from "./tally.ts";

const catalogues: Readonly<Record<string, Readonly<Record<keyof typeof vietnamese, string>>>> = { vi: vietnamese, en: english };

export const sayOnTablet = (key: keyof typeof vietnamese, facts: Facts = {}): string => filled(wordsFor(catalogues)[key], facts);

/** Whether the last try to fetch the campaigns came to nothing. */
export const isListOld = signal(false);

const EVERY = 5 * 60_000;

let timer: ReturnType<typeof setInterval> | undefined;

export async function startSending(permission: Parameters<typeof openSending>[0]): Promise<void> {
  await openSending(permission);
  clearInterval(timer);
  timer = setInterval(() => void syncAll(), EVERY);
  removeEventListener("online", syncSoon);
  addEventListener("online", syncSoon);
  syncSoon();
}

const syncSoon = (): void => void syncAll();

/** Everything that an enrolled device exchanges: envelopes, counts of people, and the campaigns in return. None waits for another. */
export async function syncAll(): Promise<void> {
  const permission = permissionInUse();
  if (permission?.scheme !== "Bearer") return;
  await sendNow();
  const asked = permissionInUse() ?? permission;
  const [told, fetched] = await Promise.allSettled([reportTallies(asked), refreshShelf(asked)]);
  isListOld.value = fetched.status === "rejected";
  for (const one of [told, fetched]) if (one.status === "rejected") failure.value ??= kindOf(one.reason);
  if (told.status === "fulfilled" && fetched.status === "fulfilled" && !failure.value) await noteSync();
}

/** Of what concerns the whole exchange; what was turned away alone is told where it is listed. */
function kindOf(problem: unknown): FailureKind | undefined {
  if (problem instanceof Unreachable) return "offline";
  if (!(problem instanceof Refused)) return undefined;
  if (problem.code.startsWith("token.")) return "unauthorised";
  return problem.status >= 500 || problem.status === 429 ? "busy" : undefined;
}

async function noteSync(): Promise<void> {
  synced.value = new Date().toISOString();
  await remember("synced", synced.value);
}
