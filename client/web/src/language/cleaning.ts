/**
 * One form for every text that is typed or pasted: composed, and without signs that nobody sees. Nothing is refused for them, since
 * nobody could find what to mend. The twin of `cleaned` in schemas/texts.py; tests/vectors/texts.json holds the two together.
 */

const LINE_BREAKS = /\r\n|[\r\v\f\x85\u2028\u2029]/g;
/** Controls, lone halves of letters, soft hyphens, marks of direction and width; but what joins letters and emoji stays. */
const UNSEEN = /(?![\n\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}]/gu;

export function cleaned(text: string): string {
  const lines = text.normalize("NFC").replace(/\x1e/g, "-").replace(LINE_BREAKS, "\n").replace(/[\t\p{Zs}]/gu, " ");
  return lines.replace(UNSEEN, "").normalize("NFC").trim();
}

/** How many letters a text has for whoever counts it: as the server counts them. */
export const lengthOf = (text: string): number => [...text].length;
