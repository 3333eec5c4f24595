/** The digest by which a receipt says what was stored: a copy that was altered on the way has another. */
import { toBase64url } from "./identifiers.ts";
import type { Envelope } from "./wire.ts";

export async function contentDigest({ id, campaign, key, sealed }: Envelope): Promise<string> {
  const content = new TextEncoder().encode([id, campaign, key, sealed].join("\x1f"));
  return toBase64url(new Uint8Array(await crypto.subtle.digest("SHA-256", content)).subarray(0, 16));
}
