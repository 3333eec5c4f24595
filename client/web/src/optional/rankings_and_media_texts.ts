/** What rankings and sounds say; a catalogue of its own, so that nobody loads it who does not need it. */
import { fieldOf } from "../language/kinds.ts";
import type { Question } from "../language/survey.ts";
import { filledIn, inCatalogue, type TextValues } from "../texts.ts";
import english from "../texts/rankings_and_media.en.json";
import vietnamese from "../texts/rankings_and_media.vi.json";

export type RankingsKey = keyof typeof vietnamese;

const catalogues: Readonly<Record<string, Readonly<Record<RankingsKey, string>>>> = { vi: vietnamese, en: english };

export const tRankings = (key: RankingsKey, facts: TextValues = {}): string => filledIn(inCatalogue(catalogues)[key], facts);

/** What a field of this part asks for; undefined for those of others. */
export const hintOf = (question: Question): string | undefined => (fieldOf(question) === "rank" ? tRankings("rank.hint") : undefined);

/** What is wrong with an answer of this chunk; undefined where the usual sentence says it. */
export function problemOf(question: Question, code: string): string | undefined {
  if (code === "answer.rank_incomplete") return tRankings("error.answer.rank_incomplete");
  return fieldOf(question) === "several" && code === "answer.too_long" ? tRankings("error.answer.too_many") : undefined;
}
