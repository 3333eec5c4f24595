/** The campaigns that this installation may ask, kept on the device so that a day without a network starts like any other. */
import { signal } from "@preact/signals";
import { KINDS } from "../language/answers.ts";
import type { Campaign } from "../road/wire.ts";
import { type Authorization, ask } from "./calls.ts";
import { type CampaignShelf, recall, recallLink, remember, rememberLink } from "./store.ts";

export const shelf = signal<CampaignShelf | undefined>(undefined);

export async function openShelf(): Promise<void> {
  shelf.value = await recall("shelf");
}

/** Fetch what changed; whatever goes wrong, the list of yesterday stays. */
export async function refreshShelf(authorization: Authorization): Promise<void> {
  const answer = await ask("/api/v1/campaigns", { authorization, etag: shelf.value?.etag ?? null });
  const fetched = new Date().toISOString();
  if (answer.isUnchanged && shelf.value) shelf.value = { ...shelf.value, fetched };
  else shelf.value = { etag: answer.etag, campaigns: readable((answer.document as { campaigns?: unknown[] } | undefined)?.campaigns ?? []), fetched };
  await remember("shelf", shelf.value);
}

/** A document that is no campaign at all is left out, so that it cannot take the others with it. */
const readable = (documents: unknown[]): Campaign[] => documents.filter(isCampaign);

function isCampaign(document: unknown): document is Campaign {
  const campaign = document as Partial<Campaign> | null;
  return typeof campaign?.id === "string" && Array.isArray(campaign.sites) && typeof campaign.key?.public === "string" && Array.isArray(campaign.survey?.sections);
}

export const campaignOf = (id: string): Campaign | undefined => shelf.value?.campaigns.find((campaign) => campaign.id === id);

/** The campaign behind a link. Where the page was here before, it starts at once with what it knows and asks behind the scenes. */
export async function campaignBehind(code: string): Promise<Campaign | undefined> {
  const fresh = fetchLink(code);
  fresh.catch(() => undefined); // whoever waits for it hears of it; nobody else has to
  return (await recallLink(code)) ?? fresh;
}

async function fetchLink(code: string): Promise<Campaign | undefined> {
  const { document } = await ask(`/api/v1/links/${encodeURIComponent(code)}`);
  const campaign = (document as { campaign?: unknown }).campaign;
  if (!isCampaign(campaign)) return undefined;
  void rememberLink(code, campaign);
  return campaign;
}

const KNOWN: ReadonlySet<string> = new Set(Object.keys(KINDS));

/** A survey of a newer version may have kinds of questions that this page cannot ask; half a survey is worse than none. */
export const canAsk = (campaign: Campaign): boolean =>
  campaign.survey.sections.every((section) => section.questions.every((question) => KNOWN.has(question.type)));

export type Period = "open" | "not_open" | "closed";

export function periodOf(campaign: Campaign, today: string): Period {
  if (today < campaign.from) return "not_open";
  return today > campaign.to ? "closed" : "open";
}
