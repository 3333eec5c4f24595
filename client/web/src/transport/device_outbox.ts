/**
 * The outbox on the device, in IndexedDB. Every write is on the disk before its promise is kept. The database is opened for every use
 * and closed again, because some browsers let a connection die in the background and never say so.
 *
 * A record is the wrapped envelope (key_wrapping.ts). Its key lies in a slot (key_slots.ts), and is destroyed when the envelope is settled;
 * where a browser has no slots, the key lies beside the record, which then only guards against damage.
 */
import type { DBSchema, IDBPDatabase, IDBPTransaction } from "idb";
import { openStore } from "./database.ts";
import { randomSample, newId } from "./identifiers.ts";
import { nameHere } from "./installation.ts";
import { freeSlot } from "./key_slots.ts";
import type { KeySlots } from "./key_slots_file.ts";
import { type Bytes, newWrappingKey, unwrap, wrap } from "./key_wrapping.ts";
import { withLock } from "./locks.ts";
import { countEntries, type Counts, DAMAGED, type EntryFilter, isOffered, type KeptEnvelope, type Outbox, type OutboxEntry, type Outcome } from "./outbox.ts";
import type { Envelope } from "./wire.ts";

type StoredEntry = OutboxEntry & { readonly slot: number | undefined };
type Body = { readonly wrapped: Bytes; readonly key?: Bytes };

interface OutboxSchema extends DBSchema {
  entries: { key: string; value: StoredEntry };
  bodies: { key: string; value: Body };
  totals: { key: string; value: number };
}

type StoreName = "entries" | "bodies" | "totals";
type Writing = IDBPTransaction<OutboxSchema, StoreName[], "readwrite">;

const STORE_NAMES: StoreName[] = ["entries", "bodies", "totals"];

export async function openOutbox(slots: KeySlots | undefined, name = nameHere("langnghe-envelopes")): Promise<DeviceOutbox> {
  const outbox = new DeviceOutbox(slots, name);
  await outbox.destroyLeftKeys();
  return outbox;
}

export class DeviceOutbox implements Outbox {
  readonly isDurable = true;
  private readonly slots: KeySlots | undefined;
  private readonly name: string;

  constructor(slots: KeySlots | undefined, name: string) {
    this.slots = slots;
    this.name = name;
  }

  put(envelope: Envelope, by: string): Promise<string> {
    return this.withLock(async () => {
      const name = newId();
      const key = newWrappingKey();
      const wrapped = await wrap(envelope, name, key);
      const slot = await this.keepKey(key);
      const body = slot === undefined ? { wrapped, key } : { wrapped };
      await this.writing(async (transaction) => {
        await transaction.objectStore("entries").put({ name, by, code: "", slot });
        await transaction.objectStore("bodies").put(body, name);
      });
      return name;
    });
  }

  entries(): Promise<StoredEntry[]> {
    return this.using((database) => database.getAll("entries"));
  }

  counts(prefix: string): Promise<Counts> {
    return this.using(async (database) => {
      const transaction = database.transaction(["entries", "totals"]);
      const [entries, totals, names] = await Promise.all([
        transaction.objectStore("entries").getAll(),
        transaction.objectStore("totals").getAll(),
        transaction.objectStore("totals").getAllKeys(),
      ]);
      const sent = totals.reduce((sum, total, index) => sum + (names[index]?.startsWith(prefix) ? total : 0), 0);
      return countEntries(entries, prefix, sent);
    });
  }

  async peek(limit: number, by: string, which: EntryFilter = "waiting"): Promise<KeptEnvelope[]> {
    const drawn = randomSample((await this.entries()).filter((entry) => isOffered(entry, by, which)), limit);
    const opened = await this.opened(drawn);
    const damaged = drawn.filter(({ code }, index) => opened[index] === "damaged" && code !== DAMAGED);
    if (damaged.length > 0) await this.settle(damaged.map(({ name }) => ({ name, status: "refused", code: DAMAGED })));
    return drawn.flatMap(({ name }, index) => {
      const envelope = opened[index];
      return typeof envelope === "object" ? [{ name, envelope }] : [];
    });
  }

  settle(outcomes: readonly Outcome[]): Promise<void> {
    return this.withLock(async () => {
      const forgotten: StoredEntry[] = [];
      await this.writing(async (transaction) => {
        for (const outcome of outcomes) forgotten.push(...(await settleOne(transaction, outcome)));
        for (const { by } of forgotten) await addSent(transaction, by, 1);
      });
      await this.destroyKeys(forgotten);
    });
  }

  /** What an earlier store had sent. */
  addSent(by: string, count: number): Promise<void> {
    return this.writing((transaction) => addSent(transaction, by, count));
  }

  retryHeld(): Promise<void> {
    return this.writing(async (transaction) => {
      const store = transaction.objectStore("entries");
      for (const entry of await store.getAll()) if (entry.code) await store.put({ ...entry, code: "" });
    });
  }

  /** What a crash between a record and its key left in the slots. */
  destroyLeftKeys(): Promise<void> {
    return this.withLock(async () => {
      const inUse = (await this.entries()).flatMap(({ slot }) => slot ?? []);
      await this.slots?.destroyAllBut(inUse).catch(() => undefined);
    });
  }

  /** The slot in which the key lies durably; undefined where it has to lie beside the record. */
  private async keepKey(key: Bytes): Promise<number | undefined> {
    if (!this.slots) return undefined;
    try {
      const slot = freeSlot(new Set((await this.entries()).flatMap((entry) => entry.slot ?? [])));
      await this.slots.write(slot, key);
      return slot;
    } catch {
      return undefined;
    }
  }

  /** A slot that could not be overwritten now is overwritten when the page opens next. */
  private async destroyKeys(forgotten: readonly StoredEntry[]): Promise<void> {
    const slots = forgotten.flatMap(({ slot }) => slot ?? []);
    if (slots.length > 0) await this.slots?.destroy(slots).catch(() => undefined);
  }

  /** The envelopes, in the same order; "damaged" for what does not open, "locked" where the slots cannot be reached now. */
  private async opened(entries: readonly StoredEntry[]): Promise<(Envelope | "damaged" | "locked")[]> {
    const slots = entries.flatMap(({ slot }) => slot ?? []);
    const keys = slots.length > 0 ? await this.slots?.read(slots) : [];
    const keyIn = new Map(slots.map((slot, index) => [slot, keys?.[index]]));
    const bodies = await this.using((database) => Promise.all(entries.map(({ name }) => database.get("bodies", name))));
    const one = async ({ name, slot }: StoredEntry, body: Body | undefined): Promise<Envelope | "damaged" | "locked"> => {
      if (slot !== undefined && keys === undefined) return "locked";
      const key = slot === undefined ? body?.key : keyIn.get(slot);
      return (body && key && (await unwrap(body.wrapped, name, key))) ?? "damaged";
    };
    return Promise.all(entries.map((entry, index) => one(entry, bodies[index])));
  }

  /** Two pages of this device, or a page and its service worker, must not draw the same slot. */
  private withLock<Result>(work: () => Promise<Result>): Promise<Result> {
    return withLock(this.name, work);
  }

  private writing(work: (transaction: Writing) => Promise<void>): Promise<void> {
    return this.using(async (database) => {
      const transaction = database.transaction(STORE_NAMES, "readwrite", { durability: "strict" });
      try {
        await work(transaction);
      } catch (error) {
        transaction.done.catch(() => undefined);
        abort(transaction);
        throw error;
      }
      await transaction.done;
    });
  }

  private async using<T>(work: (database: IDBPDatabase<OutboxSchema>) => Promise<T>): Promise<T> {
    const database = await openStore<OutboxSchema>(this.name, {
      upgrade: (fresh) => {
        fresh.createObjectStore("entries", { keyPath: "name" });
        fresh.createObjectStore("bodies");
        fresh.createObjectStore("totals");
      },
      blocking: (_current, _next, event) => (event.target as IDBDatabase).close(),
    });
    try {
      return await work(database);
    } finally {
      database.close();
    }
  }
}

/** Settle one envelope; it is in the answer when the next hop has it now. */
async function settleOne(transaction: Writing, { name, status, code = "" }: Outcome): Promise<StoredEntry[]> {
  const entries = transaction.objectStore("entries");
  const entry = await entries.get(name);
  if (entry === undefined) return [];
  if (status === "refused") {
    await entries.put({ ...entry, code });
    return [];
  }
  await entries.delete(name);
  await transaction.objectStore("bodies").delete(name);
  return [entry];
}

async function addSent(transaction: Writing, by: string, count: number): Promise<void> {
  const totals = transaction.objectStore("totals");
  await totals.put(((await totals.get(by)) ?? 0) + count, by);
}

/** Take back everything that the transaction did; one that failed by itself has done so already. */
function abort(transaction: Writing): void {
  try {
    transaction.abort();
  } catch {
    return;
  }
}
