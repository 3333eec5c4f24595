/** An order of choices as it comes about: by tapping one after the other, and by moving one among those that have a place. */

/** Give the choice the next place, or take it back out; those behind it move up. */
export const tapped = (ranked: readonly string[], name: string): string[] => (ranked.includes(name) ? ranked.filter((other) => other !== name) : [...ranked, name]);

/** The choice at this place, counted from 0, and no further than behind all the others; the others keep their order. */
export function movedTo(ranked: readonly string[], name: string, place: number): string[] {
  const others = ranked.filter((other) => other !== name);
  return [...others.slice(0, Math.max(0, place)), name, ...others.slice(Math.max(0, place))];
}
