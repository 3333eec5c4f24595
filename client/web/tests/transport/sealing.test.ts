import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core";
import { createECDH } from "node:crypto";
import { inflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { TooLong } from "../../src/transport/framing.ts";
import { fromBase64url } from "../../src/transport/identifiers.ts";
import { KeyBroken, seal } from "../../src/transport/sealing.ts";
import type { CampaignKey, Envelope, ResponseDocument } from "../../src/transport/wire.ts";
import { vectors } from "./vectors.ts";

type Vector = { private: string; key: CampaignKey; document: ResponseDocument; envelope: Envelope };

const shared = vectors<Vector>("sealing");

/** Open as the server does. */
async function open({ campaign, id, sealed }: Envelope): Promise<unknown> {
  const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
  const pair = createECDH("prime256v1");
  pair.setPrivateKey(Buffer.from(shared.private, "hex"));
  const jwk = { kty: "EC", crv: "P-256", d: Buffer.from(shared.private, "hex").toString("base64url") };
  const point = pair.getPublicKey();
  const coordinates = { x: point.subarray(1, 33).toString("base64url"), y: point.subarray(33).toString("base64url") };
  const recipientKey = await suite.kem.importKey("jwk", { ...jwk, ...coordinates, key_ops: ["deriveBits"] }, false);
  const bytes = fromBase64url(sealed);
  const info = new TextEncoder().encode(`langnghe/envelope/1\x1f${campaign}\x1f${id}`);
  const framed = new Uint8Array(await suite.open({ recipientKey, enc: bytes.slice(0, 65), info }, bytes.slice(65)));
  const body = framed.subarray(5, 5 + new DataView(framed.buffer).getUint32(1));
  return JSON.parse((framed[0] === 1 ? inflateRawSync(body) : Buffer.from(body)).toString("utf-8"));
}

describe("a seal", () => {
  test("of Python opens to the shared response", async () => {
    expect(await open(shared.envelope)).toEqual(shared.document);
  });

  test("of the page opens to the same response", async () => {
    const envelope = await seal(shared.document, shared.key);
    expect(envelope).toMatchObject({ campaign: shared.document.campaign, key: shared.key.id });
    expect(envelope.id).not.toBe(shared.envelope.id);
    expect(await open(envelope)).toEqual(shared.document);
  });

  test("has the length of its frame, whatever was answered", async () => {
    const yes = await seal({ ...shared.document, answers: { q: "yes" } }, shared.key);
    const no = await seal({ ...shared.document, answers: { q: "strongly_disagree" } }, shared.key);
    expect(yes.sealed).toHaveLength(1132);
    expect(no.sealed).toHaveLength(1132);
    expect((await seal(shared.document, shared.key, 2048)).sealed).toHaveLength(2839);
  });

  test("takes in nothing that a response document does not name", async () => {
    const curious = { ...shared.document, device: "phone", startedAt: 1 };
    expect(await open(await seal(curious, shared.key))).toEqual(shared.document);
  });

  test("takes in text as NFC and without what no database takes", async () => {
    const answers = { note: "a\u0301 \ud83d x\0y \ud83d\ude00" };
    expect(await open(await seal({ ...shared.document, answers }, shared.key))).toMatchObject({
      answers: { note: "\u00e1 \ufffd x\ufffdy \ud83d\ude00" },
    });
  });

  test.each([
    { ...shared.key, id: "0000000000000000" },
    { ...shared.key, suite: "X25519" },
    { ...shared.key, public: shared.key.public.slice(0, -2) },
    { ...shared.key, public: "" },
  ])("is not set with a key that does not fit itself", async (key) => {
    await expect(seal(shared.document, key)).rejects.toThrow(KeyBroken);
  });

  test("is not set on more than the largest frame holds", async () => {
    const note = Array.from(crypto.getRandomValues(new Uint32Array(16000)), (n) => n.toString(36)).join("");
    await expect(seal({ ...shared.document, answers: { note } }, shared.key)).rejects.toThrow(TooLong);
  });
});
