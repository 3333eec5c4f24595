/** Sealing: from the worker's tap on, a response is an envelope that only the holder of the campaign's private key can open. */
import { frame } from "./framing.ts";
import { newEphemeral, sealTo } from "./hpke.ts";
import { fromBase64url, newId, toBase64url } from "./identifiers.ts";
import type { CampaignKey, Envelope, ResponseDocument } from "./wire.ts";

const SUITE = "P256-HKDF-SHA256-AES256GCM";

/** The campaign's key is damaged or of a kind that this page does not know: fetch the campaigns again. */
export class KeyBroken extends Error {}

/** Whether this page may use WebCrypto: over plain HTTP a browser has none. */
export const canSeal = (): boolean => globalThis.isSecureContext && crypto.subtle !== undefined;

/** The response as an envelope with a fresh id; throws TooLong when it does not fit, KeyBroken when the key does not. */
export async function seal(document: ResponseDocument, key: CampaignKey, least = 0): Promise<Envelope> {
  const id = newId();
  const encode = new TextEncoder();
  const recipient = await loaded(key);
  const framed = await frame(encode.encode(toJson(document)), least);
  const info = encode.encode(["langnghe/envelope/1", document.campaign, id].join("\x1f"));
  const sealed = await sealTo(recipient, info, framed, new Uint8Array(), await newEphemeral());
  return { id, campaign: document.campaign, key: key.id, sealed: toBase64url(sealed) };
}

/** Exactly the fields of a response document, in NFC, without what no database takes (lone surrogates, NUL). */
function toJson({ campaign, survey, version, site, day, mode, language, answers }: ResponseDocument): string {
  const document = { campaign, survey, version, site, day, mode, language, answers };
  return JSON.stringify(document, (_, value: unknown) =>
    typeof value === "string" ? value.replace(/\p{Surrogate}|\0/gu, "\ufffd").normalize("NFC") : value,
  );
}

async function loaded(key: CampaignKey): Promise<Uint8Array<ArrayBuffer>> {
  const point = pointOf(key.public);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", point)).subarray(0, 8);
  const id = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (key.suite !== SUITE || key.id !== id) throw new KeyBroken("the key's id or suite does not fit it");
  return point;
}

function pointOf(text: string): Uint8Array<ArrayBuffer> {
  try {
    return fromBase64url(text);
  } catch {
    throw new KeyBroken("the key is no base64url");
  }
}
