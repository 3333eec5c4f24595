/** What a syntax tree means; the twin of schemas/expressions/evaluating.py. Vectors and a property test hold the two together. */
import type { Tree } from "./survey.ts";
import { equal, isEmpty, isoDay, numberText, toBoolean, toNumber, toText, type Value } from "./values.ts";

/** All that an expression may look at. */
export interface Scope {
  readonly today: string;
  /** The value of a question; empty when it was not answered or is not relevant. */
  value(name: string): Value;
  label(question: string, choice: string): string;
  readonly self: Value;
  /** The columns of the choice that a choice_filter is looking at. */
  readonly columns?: Readonly<Record<string, string>>;
  readonly draw: number;
}

const LONGEST_SUBJECT = 1000;
const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
const WEEKDAYS = "SunMonTueWedThuFriSat";

export function evaluate(tree: Tree, scope: Scope): Value {
  const [head, first, second] = tree as unknown as readonly [string, Tree, Tree];
  const value = (part: Tree): Value => evaluate(part, scope);
  switch (head) {
    case "num":
    case "str":
      return first as unknown as Value;
    case "ref":
      return scope.value(first as unknown as string);
    case "col":
      return own(scope.columns, first as unknown as string) ?? "";
    case "self":
      return scope.self;
    case "neg":
      return -toNumber(value(first));
    case "and":
      return toBoolean(value(first)) && toBoolean(value(second));
    case "or":
      return toBoolean(value(first)) || toBoolean(value(second));
    case "=":
      return equal(value(first), value(second));
    case "!=":
      return !equal(value(first), value(second));
    case "call":
      return call(first as unknown as string, tree.slice(2) as Tree[], scope);
  }
  return known(NUMERIC, head)(toNumber(value(first)), toNumber(value(second)));
}

const NUMERIC: Readonly<Record<string, (left: number, right: number) => Value>> = {
  "<": (left, right) => left < right,
  "<=": (left, right) => left <= right,
  ">": (left, right) => left > right,
  ">=": (left, right) => left >= right,
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  div: (left, right) => left / right,
  mod: (left, right) => left % right,
};

function call(name: string, operands: readonly Tree[], scope: Scope): Value {
  const lazy = own(LAZY, name);
  return lazy ? lazy(scope, ...operands) : known(PURE, name)(...operands.map((operand) => evaluate(operand, scope)));
}

/** What the table itself holds, and nothing that every object inherits. */
const own = <T>(table: Readonly<Record<string, T>> | undefined, name: string): T | undefined =>
  table && Object.prototype.hasOwnProperty.call(table, name) ? table[name] : undefined;

/** A tree that no parser of ours made is no expression. */
function known<T>(table: Readonly<Record<string, T>>, name: string): T {
  const found = own(table, name);
  if (found === undefined) throw new TypeError(name);
  return found;
}

const words = (value: Value): string[] => toText(value).split(" ").filter(Boolean);

/** The numbers among the values; the unanswered are left out. */
const numbers = (values: readonly Value[]): number[] => values.filter((value) => value !== "").map(toNumber);

/** Without this, zero could be negative, which Python's integers know nothing of. */
const unsigned = (number: number): number => number + 0;

const whole = (value: Value): number => unsigned(Math.trunc(toNumber(value)));

function extreme(pick: (...all: number[]) => number, values: readonly Value[]): Value {
  const found = numbers(values);
  return found.length ? unsigned(pick(...found)) : "";
}

/** To the nearest; halves go up. Shifts the decimal point in the text, so that 2.675 to two places is 2.68. */
function rounded(value: Value, places: Value = 0): number {
  const number = toNumber(value);
  const shift = whole(places);
  if (!(Math.abs(shift) <= 30)) return NaN;
  if (!Number.isFinite(number)) return number;
  const shifted = Number(`${numberText(number)}e${shift}`);
  return Number.isFinite(shifted) ? Number(`${numberText(unsigned(Math.round(shifted)))}e${-shift}`) : number;
}

function formatDate(value: Value, form: Value): string {
  const day = isoDay(toNumber(value));
  if (!day) return "";
  const [year = "", month = "", date = ""] = day.split("-");
  const weekday = new Date(day).getUTCDay();
  const parts: Record<string, string> = {
    Y: year,
    y: year.slice(2),
    m: month,
    n: String(+month),
    b: MONTHS.slice(+month * 3 - 3, +month * 3),
    d: date,
    e: String(+date),
    a: WEEKDAYS.slice(weekday * 3, weekday * 3 + 3),
    h: "0",
    3: "000",
    "%": "%",
  };
  return toText(form).replace(/%([YymnbdeaHhMS3%])/g, (_, letter: string) => parts[letter] ?? "00");
}

export const PURE: Readonly<Record<string, (...values: Value[]) => Value>> = {
  not: (value) => !toBoolean(value!),
  selected: (chosen, name) => toText(chosen!).split(" ").includes(toText(name!)),
  "selected-at": (chosen, place) => words(chosen!)[whole(place!)] ?? "",
  "count-selected": (chosen) => words(chosen!).length,
  int: (value) => whole(value!),
  round: (value, places) => rounded(value!, places),
  min: (...values) => extreme(Math.min, values),
  max: (...values) => extreme(Math.max, values),
  sum: (...values) => numbers(values).reduce((total, number) => total + number, 0),
  abs: (value) => Math.abs(toNumber(value!)),
  number: (value) => toNumber(value!),
  string: (value) => toText(value!),
  concat: (...values) => values.map(toText).join(""),
  substr: (text, start, end = 1 / 0) => [...toText(text!)].slice(toNumber(start!), toNumber(end)).join(""),
  "string-length": (value) => [...toText(value!)].length,
  contains: (text, part) => toText(text!).includes(toText(part!)),
  "starts-with": (text, start) => toText(text!).startsWith(toText(start!)),
  "ends-with": (text, end) => toText(text!).endsWith(toText(end!)),
  date: (value) => isoDay(toNumber(value!)),
  "format-date": (value, form) => formatDate(value!, form!),
};

const patterns = new Map<string, RegExp>();

function matches(text: string, pattern: string): boolean {
  let compiled = patterns.get(pattern);
  if (!compiled) patterns.set(pattern, (compiled = new RegExp(`^(?:${pattern})$`, "u")));
  return [...text].length <= LONGEST_SUBJECT && compiled.test(text);
}

export const LAZY: Readonly<Record<string, (scope: Scope, ...operands: Tree[]) => Value>> = {
  if: (scope, test, then, otherwise) => evaluate(toBoolean(evaluate(test!, scope)) ? then! : otherwise!, scope),
  coalesce: (scope, ...candidates) => {
    for (const candidate of candidates) {
      const value = evaluate(candidate, scope);
      if (!isEmpty(value)) return value;
    }
    return "";
  },
  once: (scope, fresh) => (scope.self === "" ? evaluate(fresh!, scope) : scope.self),
  regex: (scope, subject, pattern) => matches(toText(evaluate(subject!, scope)), toText(evaluate(pattern!, scope))),
  today: (scope) => scope.today,
  random: (scope) => scope.draw,
  "jr:choice-name": (scope, chosen, question) => {
    const name = toText(evaluate(question!, scope));
    const labels = words(evaluate(chosen!, scope)).map((choice) => scope.label(name, choice));
    return labels.filter(Boolean).join(", ");
  },
};
