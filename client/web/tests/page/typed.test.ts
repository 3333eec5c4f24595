import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { monthOf, readYear } from "../../src/seldom/dates.ts";
import { readDecimal } from "../../src/seldom/decimals.ts";

describe("a number with a fraction", () => {
  test.each([
    ["7,5", 7.5],
    ["7.5", 7.5],
    [" 7,5 ", 7.5],
    ["-0,25", -0.25],
    ["−3", -3],
    ["8", 8],
    ["8,", 8],
    [",5", 0.5],
    ["1.234,5", 1234.5],
    ["1,234.5", 1234.5],
    ["1.234.567", 1234567],
    ["12 500,75", 12500.75],
    ["1.500", 1.5],
    ["", undefined],
    ["   ", undefined],
  ])("%s", (text, expected) => {
    expect(readDecimal(text)).toBe(expected);
  });

  test.each(["bảy", "7,5,1", "1.23.4", "12.34,5", "1,2.3,4", "--1", "1-2", "1e5", "7,5 giờ", ".", ",", "-", "1234567890123456", "Infinity"])("%s is none", (text) => {
    expect(readDecimal(text)).toBeNaN();
  });

  test("is read back as it is written in either language", () => {
    const numbers = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((number) => Number(number.toFixed(4)) + 0);
    fc.assert(
      fc.property(numbers, fc.constantFrom("vi", "en"), (number, code) => {
        const written = new Intl.NumberFormat(code, { maximumSignificantDigits: 15, useGrouping: false }).format(number);
        expect(readDecimal(written)! + 0).toBe(number);
      }),
    );
  });
});

describe("a year", () => {
  test.each([
    ["1990", 1990],
    [" 2100 ", 2100],
    ["", undefined],
  ])("%s", (text, expected) => {
    expect(readYear(text)).toBe(expected);
  });

  test.each(["90", "19901", "1899", "2101", "199o", "-1990"])("%s is none", (text) => {
    expect(readYear(text)).toBeNaN();
  });
});

describe("a month of a year", () => {
  test.each([
    ["2019", "07", "2019-07-01"],
    ["", "", undefined],
    ["2019", "", NaN],
    ["", "07", NaN],
    ["19", "07", NaN],
  ])("%s and %s", (year, month, expected) => {
    expect(monthOf(year, month)).toBe(expected);
  });
});
