/**
 * Where wrapping keys lie: a file of slots of one size in the origin's private file system, full of random bytes, so that a
 * destroyed key, a key in use and a slot that was never used look alike. Overwriting happens in place, and only a dedicated
 * worker may do that (key_slots_worker.ts). Under a file system or a flash chip that never writes to the same place twice the old
 * bytes may outlive it; no page can reach those.
 */
import { nameHere } from "./installation.ts";
import { type Bytes, KEY_LENGTH } from "./key_wrapping.ts";

export interface KeySlots {
  write(slot: number, key: Bytes): Promise<void>;
  /** The keys in these slots, in the same order. A slot beyond the end of the file has none. */
  read(slots: readonly number[]): Promise<(Bytes | undefined)[]>;
  destroy(slots: readonly number[]): Promise<void>;
  /** Destroy whatever is not in use: what a crash between two writes left behind. */
  destroyAllBut(inUse: readonly number[]): Promise<void>;
}

export const KEY_SLOTS_FILE = nameHere("langnghe-keys");
const FEWEST = 4096;

/** The number of slots of a file that holds slot number `highest`. */
export const roomFor = (highest: number): number => {
  let room = FEWEST;
  while (room <= highest) room *= 2;
  return room;
};

export type KeySlotsCall = { readonly number: number; readonly does: keyof KeySlots; readonly slots: readonly number[]; readonly key?: Bytes };
export type KeySlotsAnswer = { readonly number: number; readonly keys?: (Bytes | undefined)[]; readonly failed?: boolean };

export function keyAt(bytes: Bytes, slot: number): Bytes | undefined {
  const key = bytes.slice(slot * KEY_LENGTH, (slot + 1) * KEY_LENGTH);
  return key.length === KEY_LENGTH ? key : undefined;
}
