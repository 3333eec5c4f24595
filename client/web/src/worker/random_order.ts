/** The order in which one person sees things. It comes from a number that lives in memory only and is never recorded. */

export type Seed = number;

export const newSeed = (): Seed => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;

/** The same items in an order that depends on the seed and on what is shuffled, and on nothing else. */
export function shuffled<Item>(items: readonly Item[], seed: Seed, what: string): Item[] {
  const chance = chanceFrom(seed, what);
  const result = [...items];
  for (let last = result.length - 1; last > 0; last--) {
    const other = Math.floor(chance() * (last + 1));
    [result[last], result[other]] = [result[other] as Item, result[last] as Item];
  }
  return result;
}

/** Mulberry32: small and even enough to spread the effect of order over people; nothing secret hangs on it. */
function chanceFrom(seed: Seed, what: string): () => number {
  let state = [...what].reduce((hash, letter) => Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193), seed ^ 0x811c9dc5);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}
