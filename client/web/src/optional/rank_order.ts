/** An order of choices as it comes about: by tapping one after the other, and by moving one among those that are ranked. */

/** Rank the choice next, or take it back out; those behind it move up. */
export const rankToggled = (ranked: readonly string[], name: string): string[] => (ranked.includes(name) ? ranked.filter((other) => other !== name) : [...ranked, name]);

/** The choice at this index, and no further than behind all the others; the others keep their order. */
export function rankMoved(ranked: readonly string[], name: string, index: number): string[] {
  const others = ranked.filter((other) => other !== name);
  return [...others.slice(0, Math.max(0, index)), name, ...others.slice(Math.max(0, index))];
}
