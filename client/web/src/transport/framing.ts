/** Frames: a plaintext brought to one of eight sizes before it is sealed, so that the length tells next to nothing. */

export const FRAME_SIZES = [768, 1024, 2048, 4096, 8192, 16384, 32768, 65536] as const;
const HEADER = 5;
const MOST_PLAIN = 256 * 1024;
/** Without compression whoever went through a gate would be longer than whoever did not: there, all start where a whole questionnaire fits. */
const LEAST_PLAIN = 2048;

/** The answers do not fit into the largest frame; nothing is lost from the screen. */
export class TooLong extends RangeError {}

/** The smallest frame of at least `least` bytes that holds the plaintext, compressed where the browser can. */
export async function frame(plain: Uint8Array, least = 0): Promise<Uint8Array<ArrayBuffer>> {
  const deflated = plain.length > MOST_PLAIN ? null : await deflate(plain);
  const body = deflated && deflated.length < plain.length ? deflated : plain;
  const floor = deflated ? least : Math.max(least, LEAST_PLAIN);
  const size = FRAME_SIZES.find((size) => size >= Math.max(floor, HEADER + body.length));
  if (size === undefined || plain.length > MOST_PLAIN) throw new TooLong("too long for any frame");
  const framed = new Uint8Array(size);
  framed[0] = body === deflated ? 1 : 0;
  new DataView(framed.buffer).setUint32(1, body.length);
  framed.set(body, HEADER);
  return framed;
}

async function deflate(plain: Uint8Array): Promise<Uint8Array | null> {
  try {
    return await compressed(plain, "deflate-raw");
  } catch {
    return null; // an older browser: the frame is larger then, and as good
  }
}

/** Chunk by chunk, without a Blob or a Response on the way: on a slow phone those take longer than the compression. */
export async function compressed(plain: Uint8Array, format: CompressionFormat): Promise<Uint8Array<ArrayBuffer>> {
  const { readable, writable } = new CompressionStream(format);
  const writer = writable.getWriter();
  const written = Promise.all([writer.write(plain as Uint8Array<ArrayBuffer>), writer.close()]);
  written.catch(() => undefined); // the reader hears of the same failure
  const reader = readable.getReader();
  const parts: Uint8Array[] = [];
  for (let part = await reader.read(); !part.done; part = await reader.read()) parts.push(part.value);
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let end = 0;
  for (const part of parts) {
    whole.set(part, end);
    end += part.length;
  }
  return whole;
}
