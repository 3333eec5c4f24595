/**
 * Numbers as people write them: with digits in groups of three, with other alphabets' digits, with blanks and marks that came with
 * a paste. A number is read in one way or not at all: nothing is taken for another number in silence.
 */
import { fieldOf } from "./kinds.ts";
import type { Question } from "./survey.ts";

/** Whole numbers that can only be years are written without a mark between their digits; the twin of counts_years in schemas/numbers.py. */
export const countsYears = ({ type, range }: Pick<Question, "type" | "range">): boolean =>
  range !== undefined && fieldOf({ type }) !== "decimal" && range.start >= 1900 && range.end <= 2100;

const MOST_DIGITS = 15;
const SIGNS: readonly [RegExp, string][] = [
  [/\p{Cf}/gu, ""],
  [/\s+/g, " "],
  [/[‐‑‒–—−﹣－]/g, "-"],
  [/^ ?[+＋]/, ""],
  [/[，٫،]/g, ","],
  [/．/g, "."],
  [/[’‘ʼ′`´_٬]/g, "'"],
];
const CURRENCY = / ?(?:₫|vnđ|vnd|đ|đồng)$/iu;

/** Digits, blanks and marks in one form each; a currency behind the number is left out. */
export function tidied(text: string): string {
  const digits = text.replace(/\p{Nd}/gu, (digit) => String(valueOf(digit)));
  const plain = SIGNS.reduce((now, [found, sign]) => now.replace(found, sign), digits);
  return plain.trim().normalize("NFC").replace(CURRENCY, "").replace(/^- /, "-");
}

/** Every alphabet's digits stand in a row from nought to nine. */
function valueOf(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) before += 1;
  return before % 10;
}

const WHOLE = /^-?(?:\d+|[1-9]\d{0,2}(?:([ .,'])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]0{1,2})?)$/;

/** A whole number; undefined for an empty field, NaN for what is none. A point or comma before every three digits only groups them. */
export function readWhole(text: string): number | undefined {
  const tidy = tidied(text);
  if (!tidy) return undefined;
  const grouped = WHOLE.exec(tidy);
  if (!grouped) return NaN;
  return toNumberExactly(grouped[1] ? tidy.replace(/[.,]0{1,2}$/, "").replace(/[ .,']/g, "") : tidy);
}

/** NaN for more digits than a number keeps exactly. */
export const toNumberExactly = (plain: string): number => (plain.replace(/\D/g, "").length <= MOST_DIGITS ? Number(plain) : NaN);
