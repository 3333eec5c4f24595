/** What crosses between two hops, as the page sees it. Normative: sync/PROTOCOL.md. */
import type { Answers } from "../language/answers.ts";
import type { Survey, Text } from "../language/survey.ts";

export type ResponseDocument = {
  readonly campaign: string;
  readonly survey: string;
  readonly version: number;
  readonly site: string;
  /** The calendar day, or the Monday or first of the month that the campaign asks for. Never a time. */
  readonly day: string;
  readonly mode: "tablet" | "hotspot" | "link";
  readonly language: string;
  readonly answers: Answers;
};

export type Envelope = {
  readonly id: string;
  readonly campaign: string;
  readonly key: string;
  readonly sealed: string;
};

export type Batch = { readonly batch: string; readonly envelopes: readonly Envelope[] };

export type Receipt = {
  readonly id: string;
  readonly status: "stored" | "duplicate" | "refused";
  /** Of what was stored or refused: see digest.ts. */
  readonly digest?: string;
  readonly problem?: { readonly code: string; readonly title: string };
};

export type BatchReceipt = {
  readonly batch: string;
  readonly receipts: readonly Receipt[];
  readonly signature?: string;
};

export type CampaignKey = { readonly id: string; readonly suite: string; readonly public: string };

export type Site = { readonly id: string; readonly name: string };

export type Campaign = {
  readonly id: string;
  readonly title: Text;
  readonly from: string;
  readonly to: string;
  readonly day: "day" | "week" | "month";
  readonly key: CampaignKey;
  readonly sites: readonly Site[];
  readonly survey: Survey;
  /** The least frame size, where the server sets one. */
  readonly frame?: number;
  /** The question at which it begins; only a preview says so. */
  readonly at?: string;
};

export type HopDocument = { readonly hop: "collector" | "server"; readonly name: string; readonly code?: string };

export type EnrolmentAnswer = {
  readonly collector: string;
  readonly token: string;
  readonly server: { readonly name: string; readonly identity: string };
};

export type Tally = { readonly collected: number; readonly refused: number };

/** A problem document (RFC 9457); the page finds its own words by the code. */
export type Problem = { readonly code: string; readonly title: string; readonly status: number };
