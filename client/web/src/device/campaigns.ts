/** The campaigns that this installation may ask, kept on the device so that a day without a network starts like any other. */
import { signal } from "@preact/signals";
import { KINDS } from "../language/kinds.ts";
import type { Survey } from "../language/survey.ts";
import type { Campaign } from "../transport/wire.ts";
import { callHop, type Authorization, ProblemResponse } from "./requests.ts";
import { type CampaignCache, type ClosedLink, type KnownLink, readFact, readLink, writeFact, writeLink } from "./store.ts";

export const campaignCache = signal<CampaignCache | undefined>(undefined);

/** Take up what was kept; false if some of it is no longer what was written. That is left out and fetched anew. */
export async function openCampaignCache(): Promise<boolean> {
  const kept = await readFact("shelf");
  const campaigns = Array.isArray(kept?.campaigns) ? readable(kept.campaigns) : [];
  const isWhole = !kept || (typeof kept.fetched === "string" && campaigns.length === kept.campaigns?.length);
  campaignCache.value = kept && { fetched: String(kept.fetched ?? new Date(0).toISOString()), campaigns, etag: isWhole ? kept.etag : null };
  return isWhole;
}

/** Fetch what changed; whatever goes wrong, the list of yesterday stays. */
export async function refreshCampaigns(authorization: Authorization): Promise<void> {
  const answer = await callHop("api/v1/campaigns", { authorization, etag: campaignCache.value?.etag ?? null });
  const fetched = new Date().toISOString();
  if (answer.isUnchanged && campaignCache.value) campaignCache.value = { ...campaignCache.value, fetched };
  else campaignCache.value = { etag: answer.etag, campaigns: readable((answer.document as { campaigns?: unknown[] } | undefined)?.campaigns ?? []), fetched };
  await writeFact("shelf", campaignCache.value);
}

/** A document that is no campaign at all is left out, so that it cannot take the others with it. */
const readable = (documents: unknown[]): Campaign[] => documents.filter(isCampaign);

function isCampaign(document: unknown): document is Campaign {
  const { id, title, from, to, key, sites, survey } = (document ?? {}) as Partial<Campaign>;
  const isWhole = typeof id === "string" && isRecord(title) && isDay(from) && isDay(to) && typeof key?.public === "string";
  return isWhole && isListOf(sites, ({ id, name }) => typeof id === "string" && typeof name === "string") && isSurvey(survey);
}

const isSurvey = (survey: Partial<Survey> = {}): boolean =>
  isRecord(survey.title) && Array.isArray(survey.languages) && isListOf(survey.sections, ({ questions }) => isListOf(questions, isRecord));

const isDay = (day: unknown): boolean => typeof day === "string" && /^\d{4}-\d\d-\d\d$/.test(day);

const isRecord = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);

const isListOf = <Item>(list: readonly Item[] | undefined, is: (item: Item) => boolean): boolean => Array.isArray(list) && list.every((item: Item) => isRecord(item) && is(item));

export const campaignOf = (id: string): Campaign | undefined => campaignCache.value?.campaigns.find((campaign) => campaign.id === id);

/** How long a start waits for the hop where the page was here before and could begin with what it knows. */
const FIRST_ANSWER_SECONDS = 4;

/**
 * What is known of a link: its campaign, or why nobody can answer by it; `later` is the hop's answer where that was too slow to wait
 * for. With `isNews` the link may carry from now on what another link to the same place left here.
 */
export interface LinkState {
  readonly campaign?: Campaign;
  readonly closed?: ClosedLink;
  readonly isNews?: boolean;
  readonly later?: Promise<LinkState>;
}

/** The campaign behind a link as it stands now, else as it was when the page was here last. Throws where neither is to be had. */
export async function linkState(code: string, today: string): Promise<LinkState> {
  const kept = await readLink(code).catch(() => undefined);
  const fresh = askForLink(code, kept);
  fresh.catch(() => undefined); // whoever waits for it hears of it; nobody else has to
  if (!kept) return fresh;
  const known = { ...asOf(kept, today), later: fresh };
  const tooSlow = new Promise<LinkState>((resolve) => setTimeout(resolve, FIRST_ANSWER_SECONDS * 1000, known));
  return Promise.race([fresh.catch(() => known), tooSlow]);
}

/** A device judges by its own day only where nobody tells it better. */
function asOf(link: KnownLink, today: string): LinkState {
  const period = periodOf(link, today);
  if (period === "not_open") return { closed: { code: "campaign.not_begun", day: link.from } };
  if (period === "closed") return { closed: { code: "campaign.over", day: link.to } };
  return link.closed ? { closed: link.closed } : { campaign: link };
}

async function askForLink(code: string, kept: KnownLink | undefined): Promise<LinkState> {
  try {
    const { campaign } = (await callHop(`api/v1/links/${encodeURIComponent(code)}`)).document as { campaign?: unknown };
    if (!isCampaign(campaign)) throw new ProblemResponse("link.unknown", 404);
    await writeLink(code, campaign).catch(() => undefined);
    return { campaign, isNews: !kept || kept.closed !== undefined };
  } catch (problem) {
    if (!(problem instanceof ProblemResponse) || !CLOSED.includes(problem.code)) throw problem;
    const closed = closedBy(problem);
    // whether it has begun is told by its period; that it is over or closed, only by the hop
    if (kept && closed.code !== "campaign.not_begun") await writeLink(code, { ...kept, closed }).catch(() => undefined);
    return { closed };
  }
}

const CLOSED = ["link.unknown", "link.revoked", "quota.site_full", "campaign.not_begun", "campaign.over"];

function closedBy({ code, facts }: ProblemResponse): ClosedLink {
  const day = facts[code === "campaign.not_begun" ? "from" : "to"];
  return typeof day === "string" && /^\d{4}-\d\d-\d\d$/.test(day) ? { code, day } : { code };
}

const KNOWN: ReadonlySet<string> = new Set(Object.keys(KINDS));

/** A survey of a newer version may have kinds of questions that this page cannot ask; half a survey is worse than none. */
export const canAsk = (campaign: Campaign): boolean =>
  campaign.survey.sections.every((section) => section.questions.every((question) => KNOWN.has(question.type)));

export type Period = "open" | "not_open" | "closed";

export function periodOf(campaign: Pick<Campaign, "from" | "to">, today: string): Period {
  if (today < campaign.from) return "not_open";
  return today > campaign.to ? "closed" : "open";
}
