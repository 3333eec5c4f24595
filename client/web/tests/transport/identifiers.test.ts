import { describe, expect, test } from "vitest";
import { randomSample, fromBase64url, newId, toBase64url } from "../../src/transport/identifiers.ts";
import { fc } from "./properties.ts";

describe("base64url", () => {
  test("leads back to the same bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(toBase64url(bytes)).toBe(Buffer.from(bytes).toString("base64url"));
        expect([...fromBase64url(toBase64url(bytes))]).toEqual([...bytes]);
      }),
    );
  });

  test.each(["A", "AB", "AA==", "A A", "AA+/", "é"])("has no other spelling: %s", (text) => {
    expect(() => fromBase64url(text)).toThrow();
  });

  test("takes the largest envelope", () => {
    expect(toBase64url(new Uint8Array(65617))).toHaveLength(87490);
  });
});

describe("an identifier", () => {
  test("has 128 bits and is never the same", () => {
    const ids = new Set(Array.from({ length: 1000 }, newId));
    expect(ids.size).toBe(1000);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{21}[AQgw]$/);
  });
});

describe("drawing", () => {
  test("takes each item once at most, in changing order", () => {
    const items = Array.from({ length: 50 }, (_, n) => n);
    const orders = new Set(Array.from({ length: 5 }, () => randomSample(items, 50).join()));
    expect(orders.size).toBe(5);
    expect(new Set(randomSample(items, 60))).toEqual(new Set(items));
    expect(randomSample(items, 3)).toHaveLength(3);
  });
});
