/** Days as answers: of a year or a month the first day, so that no more is known than was asked. */

import { tidied } from "../language/numbers.ts";

export const YEARS = { first: 1900, last: 2100 };

/** The year that was typed; undefined for an empty field, NaN for what is none. */
export function readYear(text: string): number | undefined {
  const tidy = tidied(text);
  if (!tidy) return undefined;
  const year = /^\d{4}$/.test(tidy) ? Number(tidy) : NaN;
  return year >= YEARS.first && year <= YEARS.last ? year : NaN;
}

/** The first day of the year or month; `month` is two digits, or empty where none was chosen. NaN while only one of the two is there. */
export function monthOf(year: string, month: string): string | number | undefined {
  const number = readYear(year);
  if (number === undefined && !month) return undefined;
  return number && month ? `${number}-${month}-01` : NaN;
}
