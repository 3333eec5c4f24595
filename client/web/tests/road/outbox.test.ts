import "fake-indexeddb/auto";
import { describe, expect, test } from "vitest";
import { MemoryOutbox } from "../../src/road/memory-outbox.ts";
import { destroyOutbox, openOutbox, type Outbox } from "../../src/road/outbox.ts";
import type { Batch, Envelope, Receipt } from "../../src/road/wire.ts";
import { envelopes } from "./envelopes.ts";

let number = 0;
const kinds: [string, () => Promise<() => Promise<Outbox>>][] = [
  ["in memory", async () => ((outbox) => async () => outbox)(new MemoryOutbox())],
  ["on the device", async () => ((name) => () => openOutbox(name))(`outbox-${(number += 1)}`)],
];

const refusal = (id: string): Receipt => ({ id, status: "refused", problem: { code: "envelope.conflict", title: "Why." } });

async function filled(open: () => Promise<Outbox>, count: number): Promise<[Outbox, Envelope[]]> {
  const outbox = await open();
  const all = envelopes(count);
  for (const envelope of all) await outbox.put(envelope);
  return [outbox, all];
}

const byId = (one: Envelope, other: Envelope) => (one.id < other.id ? -1 : 1);

describe.each(kinds)("an outbox %s", (_, make) => {
  test("is empty at first", async () => {
    const outbox = await (await make())();
    expect(await outbox.counts()).toEqual({ waiting: 0, sent: 0, refused: 0 });
    expect(await outbox.take(10)).toEqual([]);
  });

  test("keeps what is put there", async () => {
    const [outbox, all] = await filled(await make(), 5);
    expect((await outbox.take(10)).sort(byId)).toEqual([...all].sort(byId));
    expect(await outbox.counts()).toEqual({ waiting: 5, sent: 0, refused: 0 });
  });

  test("gives no more than asked, in changing order, and takes nothing away", async () => {
    const [outbox] = await filled(await make(), 20);
    const orders = new Set<string>();
    for (let n = 0; n < 4; n += 1) orders.add((await outbox.take(20)).map(({ id }) => id).join());
    expect(orders.size).toBe(4);
    expect(await outbox.take(3)).toHaveLength(3);
  });

  test("forgets what the next hop has, holds what it refused, passes over strangers", async () => {
    const [outbox, [one, two, three, four]] = await filled(await make(), 4);
    const receipts: Receipt[] = [
      { id: one!.id, status: "stored" },
      { id: two!.id, status: "duplicate" },
      refusal(three!.id),
      { id: "stranger", status: "stored" },
    ];
    await outbox.settle(receipts);
    await outbox.settle(receipts);
    expect(await outbox.counts()).toEqual({ waiting: 1, sent: 2, refused: 1 });
    expect(await outbox.take(10)).toEqual([four]);
    expect(await outbox.refused()).toEqual([{ id: three!.id, code: "envelope.conflict", title: "Why." }]);
  });

  test("puts what was refused back, and does not take it in twice", async () => {
    const [outbox, [one]] = await filled(await make(), 1);
    await outbox.settle([refusal(one!.id)]);
    await outbox.put(one!);
    expect(await outbox.counts()).toEqual({ waiting: 0, sent: 0, refused: 1 });
    await outbox.retryRefused();
    expect(await outbox.counts()).toEqual({ waiting: 1, sent: 0, refused: 0 });
    expect(await outbox.take(10)).toEqual([one]);
  });

  test("forgets what was refused when the next hop has it after all", async () => {
    const [outbox, [one]] = await filled(await make(), 1);
    await outbox.settle([refusal(one!.id)]);
    await outbox.settle([{ id: one!.id, status: "duplicate" }]);
    expect(await outbox.counts()).toEqual({ waiting: 0, sent: 1, refused: 0 });
  });

  test("is the same when it is opened again", async () => {
    const open = await make();
    const [outbox, [one, two, three]] = await filled(open, 3);
    await outbox.settle([{ id: one!.id, status: "stored" }, refusal(two!.id)]);
    const again = await open();
    expect(await again.counts()).toEqual({ waiting: 1, sent: 1, refused: 1 });
    expect(await again.take(10)).toEqual([three]);
  });

  test("exports everything that is still here as batches of 500", async () => {
    const [outbox, all] = await filled(await make(), 501);
    await outbox.settle([refusal(all[0]!.id)]);
    const lines = (await (await outbox.exportAll()).text()).trim().split("\n").map((line) => JSON.parse(line) as Batch);
    expect(lines.map((batch) => batch.envelopes.length)).toEqual([500, 1]);
    expect(lines.flatMap((batch) => batch.envelopes).sort(byId)).toEqual([...all].sort(byId));
    expect(await outbox.counts()).toEqual({ waiting: 500, sent: 0, refused: 1 });
  });
});

describe("the outbox on the device", () => {
  test("writes with strict durability and holds no connection open between two uses", async () => {
    const asked: unknown[] = [];
    const transaction = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (tables, mode, options) {
      if (mode === "readwrite") asked.push(options);
      return transaction.call(this, tables, mode, options);
    };
    try {
      const [outbox, [one]] = await filled(() => openOutbox("strict"), 1);
      await outbox.settle([refusal(one!.id)]);
      await outbox.retryRefused();
      expect(asked).toEqual([{ durability: "strict" }, { durability: "strict" }, { durability: "strict" }]);
    } finally {
      IDBDatabase.prototype.transaction = transaction;
    }
    await destroyOutbox("strict"); // hangs while a connection is open
  });

  test("puts back a whole settlement or nothing of it", async () => {
    const [outbox, [one]] = await filled(() => openOutbox("whole"), 1);
    const broken = [{ id: one!.id, status: "stored" }, { id: {}, status: "stored" }] as unknown as Receipt[];
    await expect(outbox.settle(broken)).rejects.toThrow();
    expect(await outbox.counts()).toEqual({ waiting: 1, sent: 0, refused: 0 });
  });
});
