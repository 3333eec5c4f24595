import { describe, expect, test } from "vitest";
import { delay, portion, wait } from "../../src/transport/backoff.ts";
import { vectors } from "./vectors.ts";

type Vectors = {
  delays: { failures: number; chance: number; seconds: number }[];
  portions: { failures: number; most: number; portion: number }[];
};

const shared = vectors<Vectors>("backoff");

describe("the wait", () => {
  test.each(shared.delays)("after $failures failures at $chance is $seconds s", ({ failures, chance, seconds }) => {
    expect(delay(failures, chance)).toBeCloseTo(seconds);
  });

  test("obeys a peer that asks for time, up to an hour", () => {
    expect(wait(1, 30, 0)).toBe(30);
    expect(wait(1, 1e9, 0)).toBe(3600);
    expect(wait(40, 1, 1)).toBe(900);
  });
});

describe("the portion", () => {
  test.each(shared.portions)("of $most after $failures failures is $portion", ({ failures, most, portion: expected }) => {
    expect(portion(most, failures)).toBe(expected);
  });
});
