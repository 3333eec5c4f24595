/** Which of the page's few screens is shown, and how one gets from one to the other. Never a part of the address or the history. */
import { signal } from "@preact/signals";
import { campaignBehind, campaignOf, openShelf } from "./device/campaigns.ts";
import { Refused } from "./device/calls.ts";
import { authorization, enrolBySelf } from "./device/enrolment.ts";
import { openSending, syncAll } from "./device/sending.ts";
import { forget, recall, remember, type Sitting } from "./device/store.ts";
import { DEFAULT_LANGUAGE, speak } from "./texts.ts";
import { canSeal } from "./worker/handing_in.ts";
import type { Place } from "./worker/place.ts";
import { bringWhatIsSeldom } from "./worker/seldom.ts";
import { Visit } from "./worker/visit.ts";

export type Screen =
  | { name: "opening" }
  | { name: "broken" }
  | { name: "no_link"; isUnknown: boolean }
  | { name: "visit"; visit: Visit }
  | { name: "gate"; visit: Visit }
  | { name: "desk" };

export const screen = signal<Screen>({ name: "opening" });

const LINK = /^#\/l\/([A-Za-z0-9_-]{4,64})$/;
const EVERY = 5 * 60_000;

export async function open(): Promise<void> {
  leaveVisit();
  screen.value = { name: "opening" };
  try {
    const code = LINK.exec(location.hash)?.[1];
    await (code === undefined ? openDevice() : openLink(code));
  } catch {
    screen.value = { name: "broken" };
  }
}

async function openLink(code: string): Promise<void> {
  try {
    const campaign = await campaignBehind(code);
    const site = campaign?.sites[0];
    if (!campaign || !site) throw new Refused("link.unknown", 404);
    await welcome({ mode: canSeal() ? "link" : "hotspot", campaign, site });
    await openSending({ scheme: "Link", secret: code });
  } catch (problem) {
    screen.value = { name: "no_link", isUnknown: problem instanceof Refused };
  }
}

/** An enrolled device goes back to where it was: into its sitting, if one was going on, else to staff's desk. */
async function openDevice(): Promise<void> {
  await openShelf();
  const known = await authorization();
  const sitting = known && (await recall("sitting"));
  const isResumed = sitting !== undefined && (await resume(sitting));
  const enrolment = known ? undefined : await enrolBySelf();
  const permission = known ?? (enrolment && { scheme: "Bearer" as const, secret: enrolment.token });
  if (permission) await startSending(permission);
  if (!isResumed) await showDesk();
}

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

async function resume(sitting: Sitting): Promise<boolean> {
  const campaign = campaignOf(sitting.campaign);
  const site = campaign?.sites.find((candidate) => candidate.id === sitting.site);
  if (campaign && site) await welcome({ mode: canSeal() ? "tablet" : "hotspot", campaign, site });
  return campaign !== undefined && site !== undefined;
}

async function welcome(place: Place): Promise<void> {
  leaveVisit();
  await bringWhatIsSeldom(place.campaign.survey);
  screen.value = { name: "visit", visit: new Visit(place) };
}

/** Where staff last were; the desk opens there again. */
export const lastSitting = signal<Sitting | undefined>(undefined);

/** From here on only the PIN leads back to the desk, also after a reload. */
export async function handOver(sitting: Sitting): Promise<void> {
  lastSitting.value = sitting;
  await remember("sitting", sitting);
  await resume(sitting);
}

export const askForPin = (visit: Visit): void => void (screen.value = { name: "gate", visit });

export const backToVisit = (visit: Visit): void => void (screen.value = { name: "visit", visit });

export async function endKiosk(): Promise<void> {
  lastSitting.value = await recall("sitting");
  await forget("sitting");
  leaveVisit();
  await showDesk();
}

async function showDesk(): Promise<void> {
  speak((await recall("language")) ?? DEFAULT_LANGUAGE);
  screen.value = { name: "desk" };
}

/** Nobody is answering: a reload would cost nobody anything. */
export const isFree = (): boolean => screen.value.name !== "visit" || screen.value.visit.stage.value === "welcome";

function leaveVisit(): void {
  if (screen.value.name === "visit" || screen.value.name === "gate") screen.value.visit.close();
}


