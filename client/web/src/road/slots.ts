/**
 * Where wrapping keys lie: a file of slots of one size in the origin's private file system, full of random bytes, so that a
 * destroyed key, a key in use and a slot that was never used look alike. Overwriting happens in place, and only a dedicated
 * worker may do that (slots-worker.ts). Under a file system or a flash chip that never writes to the same place twice the old
 * bytes may outlive it; no page can reach those.
 */
import { own } from "./folder.ts";
import { type Bytes, KEY_LENGTH, newWrappingKey } from "./wrapping.ts";

export interface Slots {
  write(slot: number, key: Bytes): Promise<void>;
  /** The keys in these slots, in the same order. A slot beyond the end of the file has none. */
  read(slots: readonly number[]): Promise<(Bytes | undefined)[]>;
  destroy(slots: readonly number[]): Promise<void>;
  /** Destroy whatever is not in use: what a crash between two writes left behind. */
  destroyAllBut(inUse: readonly number[]): Promise<void>;
}

export const SLOTS_FILE = own("langnghe-keys");
const FEWEST = 4096;

/** The number of slots of a file that holds slot number `highest`. */
export const roomFor = (highest: number): number => {
  let room = FEWEST;
  while (room <= highest) room *= 2;
  return room;
};

/** A slot at random from at least twice as many as are in use. */
export function freeSlot(inUse: ReadonlySet<number>): number {
  for (;;) {
    const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1));
    const slot = drawn % roomFor(2 * inUse.size);
    if (!inUse.has(slot)) return slot;
  }
}

/** Of all pages and workers of this origin only one at a time; a file that is open elsewhere cannot be opened. */
export async function alone<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  let isBegun = false;
  try {
    return await navigator.locks.request(name, () => {
      isBegun = true;
      return work();
    });
  } catch (problem) {
    if (isBegun) throw problem;
    return work(); // no locks here, or barred with all other storage: then there is nothing that pages could share
  }
}

export type SlotsCall = { readonly number: number; readonly does: keyof Slots; readonly slots: readonly number[]; readonly key?: Bytes };
export type SlotsAnswer = { readonly number: number; readonly keys?: (Bytes | undefined)[]; readonly failed?: boolean };

const PATIENCE = 4000;

/** Slots behind a worker; undefined where this browser has no such file, or forbids it. */
export async function openSlots(): Promise<Slots | undefined> {
  if (typeof Worker === "undefined" || !navigator.storage?.getDirectory) return undefined;
  try {
    const slots = new WorkerSlots(new Worker(new URL("./slots-worker.ts", import.meta.url), { type: "module" }));
    await slots.read([]);
    return slots;
  } catch {
    return undefined;
  }
}

class WorkerSlots implements Slots {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, (answer: SlotsAnswer) => void>();
  private number = 0;

  constructor(worker: Worker) {
    this.worker = worker;
    worker.onmessage = ({ data }: MessageEvent<SlotsAnswer>) => this.waiting.get(data.number)?.(data);
    worker.onerror = () => this.waiting.forEach((answer, number) => answer({ number, failed: true }));
  }

  async write(slot: number, key: Bytes): Promise<void> {
    await this.call({ does: "write", slots: [slot], key });
  }

  async read(slots: readonly number[]): Promise<(Bytes | undefined)[]> {
    return (await this.call({ does: "read", slots })).keys ?? [];
  }

  async destroy(slots: readonly number[]): Promise<void> {
    await this.call({ does: "destroy", slots });
  }

  async destroyAllBut(inUse: readonly number[]): Promise<void> {
    await this.call({ does: "destroyAllBut", slots: inUse });
  }

  private call(question: Omit<SlotsCall, "number">): Promise<SlotsAnswer> {
    return alone(SLOTS_FILE, () => this.ask(question));
  }

  private ask(question: Omit<SlotsCall, "number">): Promise<SlotsAnswer> {
    const number = (this.number += 1);
    return new Promise((resolve, reject) => {
      const answered = (answer: SlotsAnswer): void => {
        clearTimeout(timer);
        this.waiting.delete(number);
        if (answer.failed) reject(new Error("the file of keys did not answer"));
        else resolve(answer);
      };
      const timer = setTimeout(() => answered({ number, failed: true }), PATIENCE);
      this.waiting.set(number, answered);
      this.worker.postMessage({ ...question, number });
    });
  }
}

/** For a service worker, which may open no file in place: it reads it, and replaces it by a copy in which the keys are overwritten. */
export class CopiedSlots implements Slots {
  write(): Promise<void> {
    return Promise.reject(new Error("only a page keeps envelopes"));
  }

  read(slots: readonly number[]): Promise<(Bytes | undefined)[]> {
    return alone(SLOTS_FILE, async () => {
      const file = await (await this.file()).getFile();
      const bytes = new Uint8Array(await file.arrayBuffer());
      return slots.map((slot) => keyAt(bytes, slot));
    });
  }

  destroy(slots: readonly number[]): Promise<void> {
    return alone(SLOTS_FILE, async () => {
      const writing = await (await this.file()).createWritable({ keepExistingData: true });
      for (const slot of slots) await writing.write({ type: "write", position: slot * KEY_LENGTH, data: newWrappingKey() });
      await writing.close();
    });
  }

  destroyAllBut(): Promise<void> {
    return Promise.resolve(); // the page does so when it opens next
  }

  private async file(): Promise<FileSystemFileHandle> {
    return (await navigator.storage.getDirectory()).getFileHandle(SLOTS_FILE);
  }
}

export function keyAt(bytes: Bytes, slot: number): Bytes | undefined {
  const key = bytes.slice(slot * KEY_LENGTH, (slot + 1) * KEY_LENGTH);
  return key.length === KEY_LENGTH ? key : undefined;
}
