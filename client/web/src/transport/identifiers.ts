/** Identifiers: 128 random bits that say nothing, and bytes as base64url without padding. */

export function toBase64url(bytes: Uint8Array): string {
  let binary = "";
  for (let start = 0; start < bytes.length; start += 8192) {
    binary += String.fromCharCode(...bytes.subarray(start, start + 8192));
  }
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** The bytes behind the one canonical spelling; throws for every other. */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) throw new RangeError("not base64url");
  const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  if (toBase64url(bytes) !== text) throw new RangeError("not canonical base64url");
  return bytes;
}

export function newId(): string {
  return toBase64url(crypto.getRandomValues(new Uint8Array(16)));
}

/** Up to `limit` of the items, drawn at random from all of them, in random order. */
export function randomSample<T>(items: readonly T[], limit: number): T[] {
  const rest = [...items];
  const drawn: T[] = [];
  while (drawn.length < limit && rest.length > 0) {
    const [taken] = rest.splice(below(rest.length), 1);
    drawn.push(taken as T);
  }
  return drawn;
}

/** A whole number from 0 to `bound` - 1; 32 bits over a few thousand leave no bias that anybody could count. */
function below(bound: number): number {
  return (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % bound;
}
