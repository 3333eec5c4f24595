/** Reads, writes and destroys the wrapping keys of key_slots_file.ts: through a dedicated worker, or in a service worker by copying the file. */
import { KEY_SLOTS_FILE, keyAt, type KeySlots, type KeySlotsAnswer, type KeySlotsCall, roomFor } from "./key_slots_file.ts";
import { type Bytes, KEY_LENGTH, newWrappingKey } from "./key_wrapping.ts";
import { withLock } from "./locks.ts";

/** A slot at random from at least twice as many as are in use. */
export function freeSlot(inUse: ReadonlySet<number>): number {
  for (;;) {
    const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1));
    const slot = drawn % roomFor(2 * inUse.size);
    if (!inUse.has(slot)) return slot;
  }
}

const WORKER_TIMEOUT = 4000;

/** Slots behind a worker; undefined where this browser has no such file, or forbids it. */
export async function openKeySlots(): Promise<KeySlots | undefined> {
  if (typeof Worker === "undefined" || !navigator.storage?.getDirectory) return undefined;
  try {
    const slots = new WorkerKeySlots(new Worker(new URL("./key_slots_worker.ts", import.meta.url), { type: "module" }));
    await slots.read([]);
    return slots;
  } catch {
    return undefined;
  }
}

class WorkerKeySlots implements KeySlots {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, (answer: KeySlotsAnswer) => void>();
  private number = 0;

  constructor(worker: Worker) {
    this.worker = worker;
    worker.onmessage = ({ data }: MessageEvent<KeySlotsAnswer>) => this.waiting.get(data.number)?.(data);
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

  private call(question: Omit<KeySlotsCall, "number">): Promise<KeySlotsAnswer> {
    return withLock(KEY_SLOTS_FILE, () => this.ask(question));
  }

  private ask(question: Omit<KeySlotsCall, "number">): Promise<KeySlotsAnswer> {
    const number = (this.number += 1);
    return new Promise((resolve, reject) => {
      const answered = (answer: KeySlotsAnswer): void => {
        clearTimeout(timer);
        this.waiting.delete(number);
        if (answer.failed) reject(new Error("the file of keys did not answer"));
        else resolve(answer);
      };
      const timer = setTimeout(() => answered({ number, failed: true }), WORKER_TIMEOUT);
      this.waiting.set(number, answered);
      this.worker.postMessage({ ...question, number });
    });
  }
}

/** For a service worker, which may open no file in place: it reads it, and replaces it by a copy in which the keys are overwritten. */
export class CopiedKeySlots implements KeySlots {
  write(): Promise<void> {
    return Promise.reject(new Error("only a page keeps envelopes"));
  }

  read(slots: readonly number[]): Promise<(Bytes | undefined)[]> {
    return withLock(KEY_SLOTS_FILE, async () => {
      const file = await (await this.file()).getFile();
      const bytes = new Uint8Array(await file.arrayBuffer());
      return slots.map((slot) => keyAt(bytes, slot));
    });
  }

  destroy(slots: readonly number[]): Promise<void> {
    return withLock(KEY_SLOTS_FILE, async () => {
      const writing = await (await this.file()).createWritable({ keepExistingData: true });
      for (const slot of slots) await writing.write({ type: "write", position: slot * KEY_LENGTH, data: newWrappingKey() });
      await writing.close();
    });
  }

  destroyAllBut(): Promise<void> {
    return Promise.resolve(); // the page does so when it opens next
  }

  private async file(): Promise<FileSystemFileHandle> {
    return (await navigator.storage.getDirectory()).getFileHandle(KEY_SLOTS_FILE);
  }
}
