import fc from "fast-check";
import { expect, test } from "vitest";
import { rankMoved, rankToggled } from "../../src/optional/rank_order.ts";

test("tapping gives the next place; tapping again takes it back, and the others move up", () => {
  expect(rankToggled(rankToggled([], "b"), "a")).toEqual(["b", "a"]);
  expect(rankToggled(["b", "a", "c"], "a")).toEqual(["b", "c"]);
});

test.each([
  ["c", 0, ["c", "a", "b"]],
  ["a", 2, ["b", "c", "a"]],
  ["b", 1, ["a", "b", "c"]],
  ["a", 99, ["b", "c", "a"]],
  ["c", -1, ["c", "a", "b"]],
  ["new", 1, ["a", "new", "b", "c"]],
])("%s goes to place %i", (name, session, expected) => {
  expect(rankMoved(["a", "b", "c"], name, session)).toEqual(expected);
});

test("whatever is tapped and moved, nothing is ranked twice and the others keep their order", () => {
  const doing = fc.array(fc.tuple(fc.constantFrom("a", "b", "c", "d", "e"), fc.option(fc.nat(6))));
  fc.assert(
    fc.property(doing, (deeds) => {
      let ranked: string[] = [];
      for (const [name, session] of deeds) {
        const next = session === null ? rankToggled(ranked, name) : rankMoved(ranked, name, session);
        const without = (all: string[]): string[] => all.filter((other) => other !== name);
        expect(without(next)).toEqual(without(ranked));
        expect(new Set(next).size).toBe(next.length);
        ranked = next;
      }
    }),
  );
});
