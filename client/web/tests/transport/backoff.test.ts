import { describe, expect, test } from "vitest";
import { batchSize, delay, retryDelay } from "../../src/transport/backoff.ts";
import { vectors } from "./vectors.ts";

type Vectors = {
  delays: { failures: number; chance: number; seconds: number }[];
  batch_sizes: { failures: number; most: number; batch_size: number }[];
};

const shared = vectors<Vectors>("backoff");

describe("the wait", () => {
  test.each(shared.delays)("after $failures failures at $chance is $seconds s", ({ failures, chance, seconds }) => {
    expect(delay(failures, chance)).toBeCloseTo(seconds);
  });

  test("obeys a peer that asks for time, up to an hour", () => {
    expect(retryDelay(1, 30, 0)).toBe(30);
    expect(retryDelay(1, 1e9, 0)).toBe(3600);
    expect(retryDelay(40, 1, 1)).toBe(900);
  });
});

describe("the size of a batch", () => {
  test.each(shared.batch_sizes)("of $most after $failures failures is $batch_size", ({ failures, most, batch_size: expected }) => {
    expect(batchSize(most, failures)).toBe(expected);
  });
});
