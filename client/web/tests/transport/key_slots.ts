/** Slots in memory, that may fail. */
import type { KeySlots } from "../../src/transport/key_slots_file.ts";
import { type Bytes, newWrappingKey } from "../../src/transport/key_wrapping.ts";

export class MemorySlots implements KeySlots {
  fails = false;
  private readonly keys = new Map<number, Bytes>();
  private readonly destroyed = new Set<number>();

  async write(slot: number, key: Bytes): Promise<void> {
    this.look();
    this.keys.set(slot, key.slice());
    this.destroyed.delete(slot);
  }

  async read(slots: readonly number[]): Promise<(Bytes | undefined)[]> {
    this.look();
    return slots.map((slot) => this.keys.get(slot));
  }

  async destroy(slots: readonly number[]): Promise<void> {
    this.look();
    for (const slot of slots) {
      this.keys.set(slot, newWrappingKey());
      this.destroyed.add(slot);
    }
  }

  async destroyAllBut(inUse: readonly number[]): Promise<void> {
    await this.destroy([...this.keys.keys()].filter((slot) => !inUse.includes(slot)));
  }

  /** The slots that hold keys which were written and not destroyed. */
  written(): number[] {
    return [...this.keys.keys()].filter((slot) => !this.destroyed.has(slot));
  }

  private look(): void {
    if (this.fails) throw new Error("the file of keys did not answer");
  }
}
