/** The worker behind key_slots.ts: opens the file of keys, reads or overwrites in place, and closes it again, so that other pages can. */
import { KEY_SLOTS_FILE, keyAt, type KeySlotsAnswer, type KeySlotsCall, roomFor } from "./key_slots_file.ts";
import { KEY_LENGTH } from "./key_wrapping.ts";

const MOST_RANDOM = 65536;

function random(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let start = 0; start < length; start += MOST_RANDOM) crypto.getRandomValues(bytes.subarray(start, start + MOST_RANDOM));
  return bytes;
}

/** Older Safari answers with promises where the standard has values; awaiting does for both. */
async function inFile({ does, slots, key, number }: KeySlotsCall): Promise<KeySlotsAnswer> {
  const folder = await navigator.storage.getDirectory();
  const handle = await (await folder.getFileHandle(KEY_SLOTS_FILE, { create: true })).createSyncAccessHandle();
  try {
    const size = await handle.getSize();
    const room = Math.max(size, KEY_LENGTH * roomFor(Math.max(0, ...slots)));
    if (size < room) handle.write(random(room - size), { at: size });
    if (does === "read") {
      const whole = new Uint8Array(room);
      handle.read(whole, { at: 0 });
      return { number, keys: slots.map((slot) => keyAt(whole, slot)) };
    }
    if (does === "destroyAllBut") overwriteBetween(handle, slots, room);
    else for (const slot of slots) handle.write(does === "write" && key ? key : random(KEY_LENGTH), { at: slot * KEY_LENGTH });
    await handle.flush();
    return { number };
  } finally {
    await handle.close();
  }
}

/** Keys in use are not written again, so that a crash cannot tear one. */
function overwriteBetween(handle: FileSystemSyncAccessHandle, inUse: readonly number[], room: number): void {
  let start = 0;
  for (const slot of [...inUse].sort((one, other) => one - other)) {
    handle.write(random(slot * KEY_LENGTH - start), { at: start });
    start = (slot + 1) * KEY_LENGTH;
  }
  handle.write(random(room - start), { at: start });
}

self.onmessage = async ({ data }: MessageEvent<KeySlotsCall>): Promise<void> => {
  const answer = await inFile(data).catch(() => ({ number: data.number, failed: true }));
  self.postMessage(answer);
};
