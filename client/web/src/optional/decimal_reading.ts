/** Numbers with a fraction as people write them; where a text can be read in two ways, both are given. */
import { toNumberExactly, tidied } from "../language/numbers.ts";

const ONE_MARK = /^(-?)(\d*)[.,](\d*)$/;
const GROUPED = /^-?[1-9]\d{0,2}(?:([ .,'])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d*)?$/;

/**
 * A number that may have a fraction, or two numbers where «2.000» may be two thousand or two and both would fit. `groups` is the
 * mark that groups digits in the page's language: that reading comes first.
 */
export function readFraction(text: string, fits: (number: number) => boolean, groups: string): number | readonly number[] | undefined {
  const tidy = tidied(text);
  if (!tidy) return undefined;
  const [, sign = "", whole = "", fraction = ""] = ONE_MARK.exec(tidy) ?? [];
  if (whole || fraction) {
    const small = toNumberExactly(`${sign}${whole || 0}.${fraction || 0}`);
    if (fraction.length !== 3 || !/^[1-9]\d{0,2}$/.test(whole)) return small;
    const both = [toNumberExactly(sign + whole + fraction), small];
    const possible = both.filter(fits);
    if (possible.length < 2) return possible[0] ?? both[0];
    return tidy.includes(groups) ? both : both.reverse();
  }
  const mark = GROUPED.exec(tidy)?.[1];
  if (mark) return toNumberExactly(tidy.replaceAll(mark, "").replace(",", "."));
  return /^-?\d+$/.test(tidy) ? toNumberExactly(tidy) : NaN;
}
