/** What rankings and sounds say; a catalogue of its own, so that nobody loads it who does not need it. */
import type { Question } from "../language/survey.ts";
import { type Facts, filled, wordsFor } from "../texts.ts";
import english from "../texts/seldom.en.json";
import vietnamese from "../texts/seldom.vi.json";

export type SeldomKey = keyof typeof vietnamese;

const catalogues: Readonly<Record<string, Readonly<Record<SeldomKey, string>>>> = { vi: vietnamese, en: english };

export const u = (key: SeldomKey, facts: Facts = {}): string => filled(wordsFor(catalogues)[key], facts);

/** What a field of this part asks for; undefined for those of others. */
export const hintOf = ({ type }: Question): string | undefined => (type === "rank" ? u("rank.hint") : undefined);

/** What is wrong with an answer of this part; undefined where the usual sentence says it. */
export function problemOf({ type }: Question, code: string): string | undefined {
  if (code === "answer.rank_incomplete") return u("error.answer.rank_incomplete");
  return type === "select_multiple" && code === "answer.too_long" ? u("error.answer.too_many") : undefined;
}
