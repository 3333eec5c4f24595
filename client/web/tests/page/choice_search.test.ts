import fc from "fast-check";
import { expect, test } from "vitest";
import { found, indexedForSearch, withoutDiacritics } from "../../src/optional/choice_search.ts";

const PLACES = ["Xã Phú Mỹ, TP. Hồ Chí Minh", "Phường Phú Mỹ", "Xã Phù Mỹ, Gia Lai", "Xã Mỹ Phú", "Xã Đông Hưng", "Phường Dĩ An", "Phú Mỹ"];
const places = indexedForSearch(PLACES, (name) => name);

test.each([
  ["phu my", ["Phú Mỹ", "Xã Phú Mỹ, TP. Hồ Chí Minh", "Phường Phú Mỹ", "Xã Phù Mỹ, Gia Lai", "Xã Mỹ Phú"]],
  ["phú mỹ", ["Phú Mỹ", "Xã Phú Mỹ, TP. Hồ Chí Minh", "Phường Phú Mỹ", "Xã Phù Mỹ, Gia Lai", "Xã Mỹ Phú"]],
  ["  PHÙ MỸ", ["Xã Phù Mỹ, Gia Lai"]],
  ["my phu ho chi", ["Xã Phú Mỹ, TP. Hồ Chí Minh"]],
  ["dong h", ["Xã Đông Hưng"]],
  ["đông", ["Xã Đông Hưng"]],
  ["di an", ["Phường Dĩ An"]],
  ["tp.ho", ["Xã Phú Mỹ, TP. Hồ Chí Minh"]],
  ["ung", []],
])("«%s»", (typed, expected) => {
  expect(found(places, typed).slice(0, Math.max(1, expected.length))).toEqual(expected);
});

test("decomposed letters find composed ones, and an empty search finds all in their order", () => {
  expect(found(places, "Phú Mỹ".normalize("NFD"))[0]).toBe("Phú Mỹ");
  expect(found(places, " ")).toEqual(PLACES);
});

test("every choice is found by its own words without marks", () => {
  fc.assert(fc.property(fc.constantFrom(...PLACES), (name) => void expect(found(places, withoutDiacritics(name))).toContain(name)));
});
