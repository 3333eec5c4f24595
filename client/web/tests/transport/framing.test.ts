import { createHash } from "node:crypto";
import { inflateRawSync } from "node:zlib";
import { afterEach, describe, expect, test, vi } from "vitest";
import { frame, FRAME_SIZES, TooLong } from "../../src/transport/framing.ts";
import { vectors } from "./vectors.ts";

type Vectors = {
  frames: { name: string; plain: string; framed: string }[];
  sizes: { noise: number; size: number | null }[];
  least: { noise: number; least: number; size: number }[];
};

const shared = vectors<Vectors>("framing");

function noise(length: number): Uint8Array {
  const parts: Buffer[] = [];
  for (let n = 0; parts.length * 32 < length; n += 1) parts.push(createHash("sha256").update(String(n)).digest());
  return new Uint8Array(Buffer.concat(parts).subarray(0, length));
}

function unframed(framed: Uint8Array): Buffer {
  const length = new DataView(framed.buffer).getUint32(1);
  const body = framed.subarray(5, 5 + length);
  expect(framed.subarray(5 + length).every((byte) => byte === 0)).toBe(true);
  return framed[0] === 1 ? inflateRawSync(body) : Buffer.from(body);
}

afterEach(() => vi.unstubAllGlobals());

describe("a frame", () => {
  test.each(shared.frames)("holds $name and has a shared size", async ({ plain, framed }) => {
    const bytes = new Uint8Array(Buffer.from(plain, "base64"));
    const made = await frame(bytes);
    expect(FRAME_SIZES).toContain(made.length);
    expect(made.length).toBeLessThanOrEqual(Buffer.from(framed, "base64").length);
    expect(unframed(made)).toEqual(Buffer.from(bytes));
  });

  test.each(shared.sizes)("of $noise bytes of noise has $size bytes", async ({ noise: length, size }) => {
    if (size === null) await expect(frame(noise(length))).rejects.toThrow(TooLong);
    else expect((await frame(noise(length))).length).toBe(size);
  });

  test.each(shared.least)("of $noise bytes is never smaller than $least", async ({ noise: length, least, size }) => {
    expect((await frame(noise(length), least)).length).toBe(size);
  });

  test("is plain where the browser cannot compress", async () => {
    vi.stubGlobal("CompressionStream", undefined);
    const framed = await frame(new Uint8Array(800));
    expect([framed[0], framed.length]).toEqual([0, 2048]);
    expect(unframed(framed)).toEqual(Buffer.alloc(800));
  });

  test("does not tell who went through a gate, even where the browser cannot compress", async () => {
    vi.stubGlobal("CompressionStream", undefined);
    const lengths = await Promise.all([500, 760, 766, 900, 1500, 2043].map(async (length) => (await frame(noise(length))).length));
    expect(new Set(lengths)).toEqual(new Set([2048]));
  });

  test("of what would unpack to too much is refused before compressing", async () => {
    await expect(frame(new Uint8Array(256 * 1024 + 1))).rejects.toThrow(TooLong);
  });
});
