import { describe, expect, test } from "vitest";
import { monthOf, readYear } from "../../src/optional/date_reading.ts";

describe("a year", () => {
  test.each([
    ["1990", 1990],
    [" 2100 ", 2100],
    ["２０２６", 2026],
    ["\u200e1998", 1998],
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
