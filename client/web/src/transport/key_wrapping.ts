/**
 * What the device's database holds of an envelope: the envelope, encrypted under a key of its own that lies elsewhere.
 *
 * A browser's database goes on holding deleted records in its log, in the order in which they came. Once the key is destroyed,
 * what is left there tells nothing. A record in which a bit was flipped does not open, so it is found before it is sent.
 */
import type { Envelope } from "./wire.ts";

export type Bytes = Uint8Array<ArrayBuffer>;

export const KEY_LENGTH = 32;

export const newWrappingKey = (): Bytes => crypto.getRandomValues(new Uint8Array(KEY_LENGTH));

/** No key is used twice, so the nonce may always be the same. The record's name is bound in. */
const gcm = (name: string): AesGcmParams => ({ name: "AES-GCM", iv: new Uint8Array(12), additionalData: new TextEncoder().encode(name) });

export async function wrap(envelope: Envelope, name: string, key: Bytes): Promise<Bytes> {
  const aes = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
  return new Uint8Array(await crypto.subtle.encrypt(gcm(name), aes, new TextEncoder().encode(JSON.stringify(envelope))));
}

/** The envelope, or undefined where the record or its key is damaged. */
export async function unwrap(wrapped: Bytes, name: string, key: Bytes): Promise<Envelope | undefined> {
  try {
    const aes = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(gcm(name), aes, wrapped))) as Envelope;
  } catch {
    return undefined;
  }
}
