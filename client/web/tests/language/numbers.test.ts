import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countsYears, readWhole } from "../../src/language/numbers.ts";
import { readFraction } from "../../src/optional/decimal_reading.ts";

interface Vectors {
  whole: { text: string; is: number | "NaN" | null }[];
  fraction: { text: string; language: "vi" | "en"; range: [number, number] | null; is: number | number[] | "NaN" | null }[];
  years: { type: "integer" | "range" | "decimal"; start: number; end: number; is: boolean }[];
}
const vectors = JSON.parse(readFileSync(new URL("../../../../tests/vectors/numbers.json", import.meta.url), "utf8")) as Vectors;
const GROUPS = { vi: ".", en: "," };
const meant = <T>(is: T | "NaN" | null): T | number | undefined => (is === "NaN" ? NaN : (is ?? undefined));

describe("a whole number as people write it", () => {
  test.each(vectors.whole)("«$text» is $is", ({ text, is }) => expect(readWhole(text)).toEqual(meant(is)));

  test("is read back however its digits are grouped", () => {
    const marks = fc.constantFrom(".", ",", " ", "\u00a0", "\u202f", "'");
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), marks, (number, mark) => {
        expect(readWhole(new Intl.NumberFormat("en").format(number).replaceAll(",", mark))! + 0).toBe(number);
      }),
    );
  });

  test("no text is taken for a number whose digits are others", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."0123456789.,' -"), maxLength: 14 }), (text) => {
        const number = readWhole(text);
        if (Number.isInteger(number)) expect(text.replace(/[.,]0{1,2} *$/, "").replace(/\D/g, "").replace(/^0+(?=\d)/, "")).toContain(String(Math.abs(number!)));
      }),
    );
  });
});

describe("a number with a fraction as people write it", () => {
  test.each(vectors.fraction)("«$text» in $language within $range is $is", ({ text, language, range, is }) => {
    const fits = (number: number): boolean => !range || (number >= range[0] && number <= range[1]);
    expect(readFraction(text, fits, GROUPS[language])).toEqual(meant(is));
  });

  test("is read back as each language writes it, or asked about", () => {
    const numbers = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((number) => Number(number.toFixed(4)) + 0);
    fc.assert(
      fc.property(numbers, fc.constantFrom("vi", "en"), fc.boolean(), (number, code, useGrouping) => {
        const written = new Intl.NumberFormat(code, { maximumSignificantDigits: 15, useGrouping }).format(number);
        expect([readFraction(written, () => true, code === "vi" ? "." : ",")].flat().map((one) => one! + 0)).toContain(number);
      }),
    );
  });
});

describe("years", () => {
  test.each(vectors.years)("$type from $start to $end: $is", ({ type, start, end, is }) => expect(countsYears({ type, range: { start, end, step: 1 } })).toBe(is));
});
