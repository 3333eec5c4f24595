/** How one gets from one of the page's few screens to another. Never a part of the address or the history. */
import { effect } from "@preact/signals";
import { dayOf } from "./day.ts";
import { campaignOf, canAsk, type LinkState, linkState, openCampaignCache } from "./device/campaigns.ts";
import { lookForLoss } from "./device/data_loss.ts";
import { ProblemResponse } from "./device/requests.ts";
import { delivery, moveFormerBy, openSending, sendNow } from "./device/sending.ts";
import { deleteFact, readFact, type Sitting, writeFact } from "./device/store.ts";
import { keepChunk } from "./device/updating.ts";
import { linkCode } from "./link_code.ts";
import { loadEnglish, loadForSurvey, loadLinkTexts, loadTablet, moveFormerOutbox } from "./loading.ts";
import { isKiosk, lastSitting, screen } from "./screens.ts";
import { changeLanguage, DEFAULT_LANGUAGE, language, loadEnglishBy, loadTexts } from "./texts.ts";
import { canSeal } from "./transport/sealing.ts";
import { rankingsAndMedia, tabletModule } from "./worker/optional_parts.ts";
import type { Session } from "./worker/session.ts";
import { Visit } from "./worker/visit.ts";

loadEnglishBy(loadEnglish);
moveFormerBy(moveFormerOutbox);

export async function openFirstScreen(): Promise<void> {
  leaveVisit();
  screen.value = { name: "opening" };
  try {
    const code = codeHere();
    const sitting = await readFact("sitting").catch((problem: unknown) => (code === undefined ? Promise.reject(problem) : undefined));
    isKiosk.value = sitting !== undefined;
    await (code === undefined || sitting ? openDevice(sitting) : openLink(code));
  } catch {
    lookForLoss();
    screen.value = { name: "broken" };
  }
}

/** The link of the address; where it is not in its place, the address is put right, so that a bookmark of it works. */
function codeHere(): string | undefined {
  const code = linkCode(location.hash) ?? linkCode(location.search);
  if (code !== undefined && linkCode(location.hash) === undefined) history.replaceState(null, "", `./#/l/${code}`);
  return code;
}

async function openLink(code: string): Promise<void> {
  const sending = openSending({ scheme: "Link", secret: code }); // what waits goes out, whatever has become of this link
  asked = Date.now();
  const state = await linkState(code, dayOf(new Date())).catch((problem: unknown) => noAnswer(problem));
  await showLink(state);
  for (const answer of [state, state.later]) void Promise.resolve(answer).then((now) => now?.isNews && sending.then(sendNow), () => undefined);
  showLater(state);
}

/** The hop's own answer has the last word, until somebody has questions in front of her. */
function showLater({ later }: LinkState): void {
  void later?.then(async (now) => {
    if (now.closed && !isAsking()) await showLink(now);
  }, () => undefined);
}

/** When the hop was asked last how the link stands; nothing where an answer that was handed in may have changed that. */
let asked = 0;
const ASK_AGAIN = 10 * 60_000;

/** Pages stay open for days. Whoever begins on such a one is told, too, before any question, that the link takes nothing any more. */
async function lookAgain(): Promise<void> {
  const code = linkCode(location.hash);
  if (code === undefined || Math.abs(Date.now() - asked) < ASK_AGAIN) return;
  asked = Date.now();
  const state = await linkState(code, dayOf(new Date())).catch(() => undefined);
  if (state?.closed && !isAsking()) await showLink(state);
  if (state) showLater(state);
}

effect(() => {
  if (screen.value.name !== "visit" || screen.value.visit.session.mode === "tablet") return;
  const stage = screen.value.visit.stage.value;
  if (stage === "thanks") asked = 0;
  if (stage === "thanks" && delivery.value.state === "not_taken") void loadLinkTexts();
  if (stage === "consent") void lookAgain();
});

const noAnswer = (problem: unknown): LinkState => ({ closed: { code: problem instanceof ProblemResponse ? "busy" : "offline" } });

async function showLink({ campaign, closed = { code: "link.unknown" } }: LinkState): Promise<void> {
  const site = campaign?.sites[0];
  if (!campaign || !site) {
    leaveVisit();
    await loadLinkTexts();
    screen.value = { name: "no_link", closed };
    return;
  }
  try {
    await welcome({ mode: canSeal() ? "link" : "hotspot", campaign, site });
  } catch {
    screen.value = { name: "no_link", closed: { code: "offline" } };
  }
}

/** An enrolled device goes back to where it was: into its sitting, if one was going on, else to staff's desk. */
async function openDevice(sitting: Sitting | undefined): Promise<void> {
  const { authorization, countDeclined, enrolBySelf, startSending } = await loadTablet();
  if (sitting) await resume(sitting, openCampaignCache());
  else await openCampaignCache();
  await countDeclined();
  const known = await authorization();
  if (!known) lookForLoss();
  const enrolment = known ? undefined : await enrolBySelf();
  const permission = known ?? (enrolment && { scheme: "Bearer" as const, secret: enrolment.token });
  if (permission) await startSending(permission);
  if (!sitting) await showDesk();
}

/** Into the survey, or to a screen that asks for staff: a sitting never ends at the desk by itself. */
async function resume(sitting: Sitting, ready: Promise<boolean> = Promise.resolve(true)): Promise<void> {
  try {
    const isWhole = await ready;
    const campaign = campaignOf(sitting.campaign);
    const site = campaign?.sites.find((candidate) => candidate.id === sitting.site);
    if (!campaign || !site) screen.value = { name: "ended", isOver: isWhole };
    else if (canAsk(campaign)) await welcome({ mode: canSeal() ? "tablet" : "hotspot", campaign, site });
    else screen.value = { name: "ended", isOver: false };
  } catch {
    screen.value = { name: "ended", isOver: false };
  }
}

/** Whether the campaign or the workplace went away while the device was in workers' hands. */
export const isOver = ({ campaign, site }: Session): boolean => !campaignOf(campaign.id)?.sites.some(({ id }) => id === site.id);

async function welcome(session: Session): Promise<void> {
  leaveVisit();
  const { survey } = session.campaign;
  await Promise.all([loadForSurvey(survey), loadTexts(survey.languages[0] ?? DEFAULT_LANGUAGE)]);
  if (!navigator.language.startsWith(DEFAULT_LANGUAGE)) void keepChunk("en");
  screen.value = { name: "visit", visit: new Visit(session, () => rankingsAndMedia.value?.stopSound()) };
}

/** From here on only the PIN leads back to the desk, also after a reload. */
export async function handOver(sitting: Sitting): Promise<void> {
  lastSitting.value = sitting;
  await writeFact("sitting", sitting);
  isKiosk.value = true;
  await resume(sitting);
}

/** The PIN is the officer's, who reads in the language of the desk, whatever the worker had chosen. */
export async function askForPin(visit?: Visit): Promise<void> {
  screen.value = { name: "gate", visit, language: language.value };
  const ofDesk = await deskLanguage();
  if (screen.value.name === "gate") await changeLanguage(ofDesk);
}

/** Back to whoever was answering, in her own language. */
export async function backToVisit(): Promise<void> {
  if (screen.value.name !== "gate") return;
  const { visit, language: ofWorker } = screen.value;
  await changeLanguage(ofWorker);
  if (visit) screen.value = { name: "visit", visit };
  else await openFirstScreen();
}

const deskLanguage = async (): Promise<string> => (await readFact("language").catch(() => undefined)) ?? DEFAULT_LANGUAGE;

export async function endKiosk(): Promise<void> {
  lastSitting.value = await readFact("sitting");
  leaveVisit();
  await tabletModule.value?.countDeclined();
  await deleteFact("sitting");
  isKiosk.value = false;
  await showDesk();
}

async function showDesk(): Promise<void> {
  await changeLanguage(await deskLanguage());
  screen.value = { name: "desk" };
}

/** Somebody has questions in front of her, or has just answered them. */
const isAsking = (): boolean => screen.value.name === "visit" && !["welcome", "consent"].includes(screen.value.visit.stage.value);

/** Another address in the middle of an interview is a reload, so that the browser asks first; else the page goes there by itself. */
export function followAddress(): void {
  const { value: now } = screen;
  const visit = now.name === "visit" || now.name === "gate" ? now.visit : undefined;
  if (visit?.hasAnswers) location.reload();
  else void openFirstScreen();
}

/** Nobody is answering: a reload would cost nobody anything. */
export const mayReload = (): boolean => screen.value.name !== "visit" || screen.value.visit.stage.value === "welcome";

export { loadStaff } from "./loading.ts";

function leaveVisit(): void {
  if (screen.value.name === "visit" || screen.value.name === "gate") screen.value.visit?.close();
}
