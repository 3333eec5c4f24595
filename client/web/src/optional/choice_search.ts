/** Finds among thousands of choices what somebody types without marks: «phu my» finds «Phú Mỹ». */

/** A text as it is compared: small letters without marks, đ as d, one blank between words. */
export const withoutDiacritics = (text: string): string =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/đ/g, "d").replace(/[^\p{L}\p{N}]+/gu, " ").trim();

const plain = (text: string): string => text.normalize("NFC").toLowerCase().trim();

export interface SearchEntry<T> {
  readonly item: T;
  /** The words as they stand there, and without marks; a blank before each word. */
  readonly words: string;
  readonly withoutDiacritics: string;
}

export const indexedForSearch = <T>(items: readonly T[], wordsOf: (item: T) => string): SearchEntry<T>[] =>
  items.map((item) => ({ item, words: ` ${plain(wordsOf(item))}`, withoutDiacritics: ` ${withoutDiacritics(wordsOf(item))}` }));

/**
 * What fits, the best first: the very words with their marks, then their beginning, then the words in this order, then in any
 * order. Every word typed must begin a word of the choice.
 */
export function found<T>(entries: readonly SearchEntry<T>[], typed: string): T[] {
  const wanted = withoutDiacritics(typed);
  if (!wanted) return entries.map(({ item }) => item);
  const parts = wanted.split(" ").map((part) => ` ${part}`);
  const exact = ` ${plain(typed)}`;
  const ranks: T[][] = [[], [], [], [], []];
  for (const entry of entries) {
    if (!parts.every((part) => entry.withoutDiacritics.includes(part))) continue;
    const rank = entry.words === exact ? 0 : entry.words.includes(exact) ? 1 : entry.withoutDiacritics.startsWith(` ${wanted}`) ? 2 : entry.withoutDiacritics.includes(` ${wanted}`) ? 3 : 4;
    ranks[rank]?.push(entry.item);
  }
  return ranks.flat();
}
