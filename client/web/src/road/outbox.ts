/**
 * The outbox on the device: sealed envelopes in IndexedDB until the next hop has answered for them.
 *
 * Every write is on the disk before its promise is kept. The database is opened for every use and closed again, because some
 * browsers let a connection die in the background and never say so.
 */
import { deleteDB, openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from "idb";
import { draw, newId } from "./identifiers.ts";
import type { Envelope, Receipt } from "./wire.ts";

export type Counts = { readonly waiting: number; readonly sent: number; readonly refused: number };
export type Refused = { readonly id: string; readonly code: string; readonly title: string };

export interface Outbox {
  /** Keep an envelope; when this resolves it survives a power cut. */
  put(envelope: Envelope): Promise<void>;
  /** What became of everything that was ever put here: collected = waiting + sent + refused. */
  counts(): Promise<Counts>;
  /** Up to `limit` waiting envelopes, at random from all of them, in random order. They stay. */
  take(limit: number): Promise<Envelope[]>;
  /** Forget what the next hop has, keep what it refused with the reason, pass over what is not here. */
  settle(receipts: readonly Receipt[]): Promise<void>;
  refused(): Promise<Refused[]>;
  /** Put everything refused back to what waits. */
  retryRefused(): Promise<void>;
  /** Everything that is still here as batch files, one a line, to be carried by hand. */
  exportAll(): Promise<Blob>;
}

interface Tables extends DBSchema {
  waiting: { key: string; value: Envelope };
  refused: { key: string; value: { envelope: Envelope; id: string; code: string; title: string } };
  totals: { key: string; value: number };
}

type Table = "waiting" | "refused" | "totals";
type Writing = IDBPTransaction<Tables, Table[], "readwrite">;

const TABLES: Table[] = ["waiting", "refused", "totals"];
const LARGEST_BATCH = 500;

/** The outbox of this device. */
export async function openOutbox(name = "langnghe-outbox"): Promise<Outbox> {
  const outbox = new DeviceOutbox(name);
  await outbox.counts();
  return outbox;
}

/** Throw the outbox away, with everything in it. */
export async function destroyOutbox(name = "langnghe-outbox"): Promise<void> {
  await deleteDB(name);
}

/** Batches of at most 500 envelopes as JSON, one a line, in random order. */
export function batchFile(envelopes: readonly Envelope[]): Blob {
  const mixed = draw(envelopes, envelopes.length);
  const lines: string[] = [];
  while (mixed.length > 0) {
    lines.push(`${JSON.stringify({ batch: newId(), envelopes: mixed.splice(0, LARGEST_BATCH) })}\n`);
  }
  return new Blob(lines, { type: "application/x-ndjson" });
}

class DeviceOutbox implements Outbox {
  private readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  put(envelope: Envelope): Promise<void> {
    return this.writing(async (transaction) => {
      const isHeld = await transaction.objectStore("refused").getKey(envelope.id);
      if (isHeld === undefined) await transaction.objectStore("waiting").put(envelope);
    });
  }

  counts(): Promise<Counts> {
    return this.using(async (database) => {
      const transaction = database.transaction(TABLES);
      const [waiting, refused, sent] = await Promise.all([
        transaction.objectStore("waiting").count(),
        transaction.objectStore("refused").count(),
        transaction.objectStore("totals").get("sent"),
      ]);
      return { waiting, sent: sent ?? 0, refused };
    });
  }

  take(limit: number): Promise<Envelope[]> {
    return this.using(async (database) => {
      const table = database.transaction("waiting").objectStore("waiting");
      const ids = draw(await table.getAllKeys(), limit);
      const envelopes = await Promise.all(ids.map((id) => table.get(id)));
      return envelopes.filter((envelope) => envelope !== undefined);
    });
  }

  settle(receipts: readonly Receipt[]): Promise<void> {
    return this.writing(async (transaction) => {
      let sent = 0;
      for (const receipt of receipts) sent += await settleOne(transaction, receipt);
      const totals = transaction.objectStore("totals");
      if (sent > 0) await totals.put(((await totals.get("sent")) ?? 0) + sent, "sent");
    });
  }

  refused(): Promise<Refused[]> {
    return this.using(async (database) =>
      (await database.getAll("refused")).map(({ id, code, title }) => ({ id, code, title })),
    );
  }

  retryRefused(): Promise<void> {
    return this.writing(async (transaction) => {
      const table = transaction.objectStore("refused");
      for (const { envelope } of await table.getAll()) await transaction.objectStore("waiting").put(envelope);
      await table.clear();
    });
  }

  exportAll(): Promise<Blob> {
    return this.using(async (database) => {
      const transaction = database.transaction(TABLES);
      const [waiting, refused] = await Promise.all([
        transaction.objectStore("waiting").getAll(),
        transaction.objectStore("refused").getAll(),
      ]);
      return batchFile([...waiting, ...refused.map(({ envelope }) => envelope)]);
    });
  }

  private writing(work: (transaction: Writing) => Promise<void>): Promise<void> {
    return this.using(async (database) => {
      const transaction = database.transaction(TABLES, "readwrite", { durability: "strict" });
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

  private async using<T>(work: (database: IDBPDatabase<Tables>) => Promise<T>): Promise<T> {
    const database = await openDB<Tables>(this.name, 1, {
      upgrade: (fresh) => {
        fresh.createObjectStore("waiting", { keyPath: "id" });
        fresh.createObjectStore("refused", { keyPath: "id" });
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

/** Settle one envelope; 1 when the next hop has it now. */
async function settleOne(transaction: Writing, { id, status, problem }: Receipt): Promise<number> {
  const waiting = transaction.objectStore("waiting");
  const held = transaction.objectStore("refused");
  const envelope = (await waiting.get(id)) ?? (await held.get(id))?.envelope;
  if (envelope === undefined) return 0;
  await waiting.delete(id);
  if (status === "refused") {
    await held.put({ envelope, id, code: problem?.code ?? "", title: problem?.title ?? "" });
    return 0;
  }
  await held.delete(id);
  return 1;
}

/** Take back everything that the transaction did; one that failed by itself has done so already. */
function abort(transaction: Writing): void {
  try {
    transaction.abort();
  } catch {
    return;
  }
}
