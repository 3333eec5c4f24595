/** What an expression's values are and how one kind becomes another; the twin of schemas/expressions/values.py. */

export type Value = string | number | boolean;

const NUMBER = /^[ \t\r\n]*-?([0-9]+(\.[0-9]*)?|\.[0-9]+)[ \t\r\n]*$/;
const DAY = /^(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
const DAY_LENGTH = 864e5;

export function toNumber(value: Value): number {
  if (typeof value !== "string") return Number(value);
  if (NUMBER.test(value)) return Number(value);
  const moment = DAY.test(value) ? Date.parse(`${value}T00:00:00Z`) : NaN;
  return isoDay(moment / DAY_LENGTH) === value ? moment / DAY_LENGTH : NaN;
}

export const toText = (value: Value): string => (typeof value === "number" ? numberText(value) : String(value));

export const toBoolean = (value: Value): boolean => !!value;

/** Whether the value says nothing: the empty string, or what is no number. */
export const isEmpty = (value: Value): boolean => value === "" || value !== value;

/** Beside a boolean the text 'false' is false: ODK stores a calculation's boolean as text, and forms ask for that text. */
const truth = (value: Value): boolean => value !== "false" && toBoolean(value);

export function equal(left: Value, right: Value): boolean {
  if (typeof left === "string" && typeof right === "string") return left === right;
  if (typeof left === "boolean" || typeof right === "boolean") return truth(left) === truth(right);
  return toNumber(left) === toNumber(right);
}

/** The calendar day so many days after 1970-01-01, as an ISO string; empty outside the years 1 to 9999. */
export function isoDay(days: number): string {
  const whole = Math.floor(days);
  return whole >= -719162 && whole <= 2932896 ? new Date(whole * DAY_LENGTH).toISOString().slice(0, 10) : "";
}

/** The shortest digits that name exactly this number, without an exponent. */
export function numberText(number: number): string {
  const text = String(number);
  const found = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!found) return text;
  const [, sign, first, rest = "", exponent] = found;
  const digits = first + rest;
  const shift = Number(exponent);
  return sign + (shift < 0 ? `0.${"0".repeat(-shift - 1)}${digits}` : digits.padEnd(shift + 1, "0"));
}
