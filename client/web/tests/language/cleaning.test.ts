import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleaned } from "../../src/language/cleaning.ts";

const vectors = JSON.parse(readFileSync(new URL("../../../../tests/vectors/texts.json", import.meta.url), "utf8")) as { given: string; cleaned: string }[];
const UNWRITABLE = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\p{Cs}]/u;

describe("a text that was typed or pasted", () => {
  test.each(vectors)("%j", ({ given, cleaned: expected }) => expect(cleaned(given)).toBe(expected));

  test("has nothing in it that the server refuses, whatever was pasted; cleaning it twice changes nothing", () => {
    const pasted = fc.string({ unit: fc.integer({ min: 0, max: 0x2fff }).map((code) => String.fromCharCode(code)) });
    const lone = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) });
    fc.assert(
      fc.property(fc.oneof(pasted, lone), (text) => {
        const clean = cleaned(text);
        expect(clean).not.toMatch(UNWRITABLE);
        expect(cleaned(clean)).toBe(clean);
        expect(clean.normalize("NFC")).toBe(clean);
      }),
    );
  });
});
