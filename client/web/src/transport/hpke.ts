/**
 * HPKE (RFC 9180) as far as a sender needs it: base mode, one shot, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM, on WebCrypto.
 *
 * A library does the same in 7 KB of the 45 that a worker's visit may load; this is held to that library, to the published vector
 * and to Python's. WebCrypto refuses a point that is not on the curve.
 */

type Bytes = Uint8Array<ArrayBuffer>;

const CURVE = { name: "ECDH", namedCurve: "P-256" };
const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));
const OF_KEM = [...ascii("KEM"), 0, 16];
const OF_SUITE = [...ascii("HPKE"), 0, 16, 0, 1, 0, 2];
/** HMAC pads a missing salt with zeros up to its block; WebCrypto takes no empty key. */
const NO_SALT = new Uint8Array(32);

export const newEphemeral = (): Promise<CryptoKeyPair> => crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);

/** The encapsulated key and the ciphertext, one after the other. `ephemeral` must be fresh for every call. */
export async function sealTo(recipient: Bytes, info: Bytes, plain: Bytes, aad: Bytes, ephemeral: CryptoKeyPair): Promise<Bytes> {
  const peer = await crypto.subtle.importKey("raw", recipient, CURVE, false, []);
  const enc = new Uint8Array(await crypto.subtle.exportKey("raw", ephemeral.publicKey));
  const shared = new Uint8Array(await crypto.subtle.deriveBits({ name: "ECDH", public: peer }, ephemeral.privateKey, 256));
  const secret = await expand(OF_KEM, await extract(OF_KEM, NO_SALT, "eae_prk", shared), "shared_secret", [...enc, ...recipient], 32);
  const { key, iv } = await schedule(secret, info);
  const aes = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: aad }, aes, plain));
  const whole = new Uint8Array(enc.length + sealed.length);
  whole.set(enc);
  whole.set(sealed, enc.length);
  return whole;
}

async function schedule(shared: Bytes, info: Bytes): Promise<{ key: Bytes; iv: Bytes }> {
  const names = await extract(OF_SUITE, NO_SALT, "psk_id_hash", []);
  const context = [0, ...names, ...(await extract(OF_SUITE, NO_SALT, "info_hash", info))];
  const secret = await extract(OF_SUITE, shared, "secret", []);
  return { key: await expand(OF_SUITE, secret, "key", context, 32), iv: await expand(OF_SUITE, secret, "base_nonce", context, 12) };
}

const extract = (suite: number[], salt: Bytes, label: string, material: Iterable<number>): Promise<Bytes> =>
  hmac(salt, [...labelled(suite, label), ...material]);

/** One block of HKDF-Expand is 32 bytes, and nothing here is longer. */
async function expand(suite: number[], secret: Bytes, label: string, context: Iterable<number>, length: number): Promise<Bytes> {
  return (await hmac(secret, [0, length, ...labelled(suite, label), ...context, 1])).slice(0, length);
}

const labelled = (suite: number[], label: string): number[] => [...ascii("HPKE-v1"), ...suite, ...ascii(label)];

async function hmac(secret: Bytes, message: number[]): Promise<Bytes> {
  const key = await crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, Uint8Array.from(message)));
}
