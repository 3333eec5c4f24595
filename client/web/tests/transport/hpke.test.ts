import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core";
import { describe, expect, test } from "vitest";
import { newEphemeral, sealTo } from "../../src/transport/hpke.ts";
import { fc } from "./properties.ts";
import { vectors } from "./vectors.ts";

const library = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
const published = vectors<Record<"info" | "skEm" | "pkEm" | "pkRm" | "enc" | "plain" | "aad" | "sealed", string>>("hpke");

const bytes = (hex: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(hex, "hex"));
const hex = (data: Uint8Array): string => Buffer.from(data).toString("hex");

async function pairOf(secret: string, point: string): Promise<CryptoKeyPair> {
  const base64url = (text: string): string => Buffer.from(text, "hex").toString("base64url");
  const jwk = { kty: "EC", crv: "P-256", x: base64url(point.slice(2, 66)), y: base64url(point.slice(66)) };
  const curve = { name: "ECDH", namedCurve: "P-256" };
  return {
    privateKey: await crypto.subtle.importKey("jwk", { ...jwk, d: base64url(secret) }, curve, false, ["deriveBits"]),
    publicKey: await crypto.subtle.importKey("jwk", jwk, curve, true, []),
  };
}

describe("sealing to a public key", () => {
  test("gives the published vector's bytes for its ephemeral key", async () => {
    const ephemeral = await pairOf(published.skEm, published.pkEm);
    const sealed = await sealTo(bytes(published.pkRm), bytes(published.info), bytes(published.plain), bytes(published.aad), ephemeral);
    expect(hex(sealed)).toBe(published.enc + published.sealed);
  });

  test("opens with the library to what was sealed, whatever that was", async () => {
    const pair = await library.kem.generateKeyPair();
    const recipient = new Uint8Array(await library.kem.serializePublicKey(pair.publicKey));
    const any = fc.uint8Array({ maxLength: 3000 }).map((data) => Uint8Array.from(data));
    await fc.assert(
      fc.asyncProperty(any, any, any, async (info, plain, aad) => {
        const sealed = await sealTo(recipient, info, plain, aad, await newEphemeral());
        const opened = await library.open({ recipientKey: pair, enc: sealed.slice(0, 65), info }, sealed.slice(65), aad);
        expect(hex(new Uint8Array(opened))).toBe(hex(plain));
      }),
      { numRuns: 60 },
    );
  });

  test("carries the largest frame", async () => {
    const pair = await library.kem.generateKeyPair();
    const recipient = new Uint8Array(await library.kem.serializePublicKey(pair.publicKey));
    const nothing = new Uint8Array();
    const sealed = await sealTo(recipient, nothing, new Uint8Array(65536), nothing, await newEphemeral());
    expect(sealed).toHaveLength(65 + 65536 + 16);
  });

  test.each([
    ["a point that is not on the curve", "04" + "11".repeat(64)],
    ["no point", "04"],
    ["the point at infinity", "00"],
  ])("is refused for %s", async (_, point) => {
    const nothing = new Uint8Array();
    await expect(sealTo(bytes(point), nothing, nothing, nothing, await newEphemeral())).rejects.toThrow();
  });
});
