import { describe, expect, test } from "vitest";
import { evaluate, LAZY, PURE } from "../../src/language/evaluate.ts";
import { expressionCases, scopeOf, written } from "./vectors.ts";

describe("an expression means here what it means on the server", () => {
  test.each(expressionCases())("$name", (given) => {
    expect(written(evaluate(given.tree, scopeOf(given)))).toEqual(given.expected);
  });
});

test("a tree that no survey could contain is refused", () => {
  expect(() => evaluate(["call", "eval", ["str", "1"]], scopeOf({}))).toThrow(TypeError);
  expect(() => evaluate(["call", "constructor", ["str", "1"]], scopeOf({}))).toThrow(TypeError);
  expect(() => evaluate(["toString", ["num", 1], ["num", 1]], scopeOf({}))).toThrow(TypeError);
});

test("no function has two meanings", () => {
  expect(Object.keys(PURE).filter((name) => name in LAZY)).toEqual([]);
});
