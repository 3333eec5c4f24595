import "fake-indexeddb/auto";
import { deleteDB, openDB } from "idb";
import { describe, expect, test } from "vitest";
import { openOutbox } from "../../src/transport/device_outbox.ts";
import { moveFormerOutboxes } from "../../src/transport/former_outbox.ts";
import { MemoryOutbox } from "../../src/transport/memory_outbox.ts";
import { DAMAGED, type Outbox, type Outcome } from "../../src/transport/outbox.ts";
import type { Envelope } from "../../src/transport/wire.ts";
import { envelopes } from "./envelopes.ts";
import { MemorySlots } from "./key_slots.ts";

const BY = "Bearer one";

let number = 0;
const kinds: [string, () => Promise<() => Promise<Outbox>>][] = [
  ["in memory", async () => ((outbox) => async () => outbox)(new MemoryOutbox())],
  ["on the device", async () => ((slots, name) => () => openOutbox(slots, name))(new MemorySlots(), `outbox-${(number += 1)}`)],
  ["on a device without slots", async () => ((name) => () => openOutbox(undefined, name))(`outbox-${(number += 1)}`)],
];

const refusal = (name: string, code = "envelope.conflict"): Outcome => ({ name, status: "refused", code });

async function filledIn(open: () => Promise<Outbox>, count: number): Promise<[Outbox, string[], Envelope[]]> {
  const outbox = await open();
  const all = envelopes(count);
  const names: string[] = [];
  for (const envelope of all) names.push(await outbox.put(envelope, BY));
  return [outbox, names, all];
}

const taken = async (outbox: Outbox, ...how: Parameters<Outbox["peek"]>): Promise<Envelope[]> => (await outbox.peek(...how)).map(({ envelope }) => envelope);
const byId = (one: Envelope, other: Envelope) => (one.id < other.id ? -1 : 1);

describe.each(kinds)("an outbox %s", (_, make) => {
  test("is empty at first", async () => {
    const outbox = await (await make())();
    expect(await outbox.counts("")).toEqual({ waiting: 0, sent: 0, held: 0 });
    expect(await outbox.peek(10, BY)).toEqual([]);
  });

  test("keeps what is put there", async () => {
    const [outbox, , all] = await filledIn(await make(), 5);
    expect((await taken(outbox, 10, BY)).sort(byId)).toEqual([...all].sort(byId));
    expect(await outbox.counts(BY)).toEqual({ waiting: 5, sent: 0, held: 0 });
  });

  test("gives no more than asked, in changing order, and takes nothing away", async () => {
    const [outbox] = await filledIn(await make(), 20);
    const orders = new Set<string>();
    for (let n = 0; n < 4; n += 1) orders.add((await taken(outbox, 20, BY)).map(({ id }) => id).join());
    expect(orders.size).toBe(4);
    expect(await outbox.peek(3, BY)).toHaveLength(3);
  });

  test("gives out only what was made for the permission that is asked for", async () => {
    const outbox = await (await make())();
    const [one, two] = envelopes(2);
    await outbox.put(one!, "Link a");
    await outbox.put(two!, "Link b");
    expect(await taken(outbox, 10, "Link b")).toEqual([two]);
    expect(await taken(outbox, 10, "Link ")).toEqual([]);
    expect(await outbox.counts("Link ")).toMatchObject({ waiting: 2 });
    expect(await outbox.counts("Bearer ")).toMatchObject({ waiting: 0 });
  });

  test("forgets what the next hop has, holds what it refused, passes over strangers", async () => {
    const [outbox, [one, two, three], [, , , four]] = await filledIn(await make(), 4);
    const outcomes: Outcome[] = [
      { name: one!, status: "stored" },
      { name: two!, status: "duplicate" },
      refusal(three!),
      { name: "stranger", status: "stored" },
    ];
    await outbox.settle(outcomes);
    await outbox.settle(outcomes);
    expect(await outbox.counts(BY)).toEqual({ waiting: 1, sent: 2, held: 1 });
    expect(await taken(outbox, 10, BY)).toEqual([four]);
    expect((await outbox.entries()).filter(({ code }) => code)).toMatchObject([{ name: three, code: "envelope.conflict" }]);
  });

  test("offers again what was refused for a reason that may pass, and nothing that will never be taken", async () => {
    const [outbox, [one, two, three], [envelope, , other]] = await filledIn(await make(), 3);
    await outbox.settle([refusal(one!, "envelope.unknown_campaign"), refusal(two!, "envelope.conflict")]);
    expect(await taken(outbox, 10, BY)).toEqual([other]);
    expect(await taken(outbox, 10, BY, "held")).toEqual([envelope]);
    expect((await outbox.peek(10, BY, "both")).map(({ name }) => name).sort()).toEqual([one, three].sort());
  });

  test("puts what was refused back", async () => {
    const [outbox, [name], [one]] = await filledIn(await make(), 1);
    await outbox.settle([refusal(name!)]);
    expect(await outbox.counts(BY)).toEqual({ waiting: 0, sent: 0, held: 1 });
    await outbox.retryHeld();
    expect(await outbox.counts(BY)).toEqual({ waiting: 1, sent: 0, held: 0 });
    expect(await taken(outbox, 10, BY)).toEqual([one]);
  });

  test("forgets what was refused when the next hop has it after all", async () => {
    const [outbox, [name]] = await filledIn(await make(), 1);
    await outbox.settle([refusal(name!)]);
    await outbox.settle([{ name: name!, status: "duplicate" }]);
    expect(await outbox.counts(BY)).toEqual({ waiting: 0, sent: 1, held: 0 });
  });

  test("is the same when it is opened again", async () => {
    const open = await make();
    const [outbox, [one, two], [, , three]] = await filledIn(open, 3);
    await outbox.settle([{ name: one!, status: "stored" }, refusal(two!)]);
    const again = await open();
    expect(await again.counts(BY)).toEqual({ waiting: 1, sent: 1, held: 1 });
    expect(await taken(again, 10, BY)).toEqual([three]);
  });
});

async function everythingIn(name: string): Promise<string> {
  const database = await openDB(name);
  const parts: string[] = [];
  for (const table of database.objectStoreNames) {
    for (const row of [...(await database.getAll(table)), ...(await database.getAllKeys(table))]) {
      parts.push(JSON.stringify(row, (_, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value)));
    }
  }
  database.close();
  return parts.join("\n");
}

describe("the outbox on the device", () => {
  test("writes with strict durability and holds no connection open between two uses", async () => {
    const asked: unknown[] = [];
    const transaction = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (tables, mode, options) {
      if (mode === "readwrite") asked.push(options);
      return transaction.call(this, tables, mode, options);
    };
    try {
      const [outbox, [one]] = await filledIn(() => openOutbox(new MemorySlots(), "strict"), 1);
      await outbox.settle([refusal(one!)]);
      await outbox.retryHeld();
      expect(asked).toEqual([{ durability: "strict" }, { durability: "strict" }, { durability: "strict" }]);
    } finally {
      IDBDatabase.prototype.transaction = transaction;
    }
    await deleteDB("strict"); // hangs while a connection is open
  });

  test("puts back a whole settlement or nothing of it", async () => {
    const [outbox, [one]] = await filledIn(() => openOutbox(new MemorySlots(), "whole"), 1);
    const broken = [{ name: one!, status: "stored" }, { name: {}, status: "stored" }] as unknown as Outcome[];
    await expect(outbox.settle(broken)).rejects.toThrow();
    expect(await outbox.counts(BY)).toEqual({ waiting: 1, sent: 0, held: 0 });
    expect(await outbox.peek(1, BY)).toHaveLength(1);
  });

  test("holds neither ids nor sealed bytes as they are", async () => {
    const [, , all] = await filledIn(() => openOutbox(new MemorySlots(), "unreadable"), 3);
    const stored = await everythingIn("unreadable");
    expect(stored).toContain(BY);
    for (const { id, sealed } of all) expect([stored.includes(id), stored.includes(sealed.slice(0, 40))]).toEqual([false, false]);
  });

  test("destroys the key of what the next hop has, and no other", async () => {
    const slots = new MemorySlots();
    const [outbox, [one]] = await filledIn(() => openOutbox(slots, "destroyed"), 2);
    const before = slots.written();
    await outbox.settle([{ name: one!, status: "stored" }]);
    expect(slots.written()).toHaveLength(1);
    expect(before).toHaveLength(2);
    expect(await outbox.peek(2, BY)).toHaveLength(1);
  });

  test("destroys on opening what a crash left in the slots", async () => {
    const slots = new MemorySlots();
    const [outbox] = await filledIn(() => openOutbox(slots, "left"), 1);
    await slots.write(17, new Uint8Array(32));
    await openOutbox(slots, "left");
    expect(slots.written()).toHaveLength(1);
    expect(await outbox.peek(2, BY)).toHaveLength(1);
  });

  test("finds a flipped bit, tells it, and sends the others", async () => {
    const [outbox, [one]] = await filledIn(() => openOutbox(new MemorySlots(), "flipped"), 3);
    const database = await openDB("flipped");
    const body = (await database.get("bodies", one!)) as { wrapped: Uint8Array };
    body.wrapped[100]! ^= 4;
    await database.put("bodies", body, one);
    database.close();
    expect(await outbox.peek(10, BY)).toHaveLength(2);
    expect(await outbox.counts(BY)).toEqual({ waiting: 2, sent: 0, held: 1 });
    expect((await outbox.entries()).find(({ name }) => name === one)).toMatchObject({ code: DAMAGED });
  });

  test("goes on waiting while the slots cannot be reached", async () => {
    const slots = new MemorySlots();
    const [outbox] = await filledIn(() => openOutbox(slots, "unreachable"), 1);
    slots.fails = true;
    await expect(outbox.peek(1, BY)).rejects.toThrow();
    const without = await openOutbox(undefined, "unreachable");
    expect(await without.peek(1, BY)).toEqual([]);
    expect(await without.counts(BY)).toEqual({ waiting: 1, sent: 0, held: 0 });
    slots.fails = false;
    expect(await outbox.peek(1, BY)).toHaveLength(1);
  });

  test("keeps the key beside the record where no slot can be written", async () => {
    const slots = new MemorySlots();
    slots.fails = true;
    const [outbox, , all] = await filledIn(() => openOutbox(slots, "beside"), 1);
    expect(await taken(outbox, 1, BY)).toEqual(all);
  });
});

test("what an earlier version of the page left is taken over, with what it had sent", async () => {
  const [one, two] = envelopes(2);
  const before = await openDB("langnghe-link-outbox", 1, {
    upgrade(fresh) {
      fresh.createObjectStore("waiting", { keyPath: "id" });
      fresh.createObjectStore("refused", { keyPath: "id" });
      fresh.createObjectStore("totals");
    },
  });
  await before.put("waiting", one);
  await before.put("refused", { envelope: two, id: two!.id, code: "envelope.unknown_campaign", title: "" });
  await before.put("totals", 3, "sent");
  before.close();
  const outbox = await openOutbox(new MemorySlots(), "taken-over");
  await moveFormerOutboxes(outbox, async (kind) => `${kind}code`);
  await moveFormerOutboxes(outbox, async (kind) => `${kind}code`);
  expect(await outbox.counts("Link code")).toEqual({ waiting: 1, sent: 3, held: 1 });
  expect((await taken(outbox, 10, "Link code", "both")).sort(byId)).toEqual([one!, two!].sort(byId));
  expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain("langnghe-link-outbox");
});
