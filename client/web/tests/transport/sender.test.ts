import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { contentDigest } from "../../src/transport/digest.ts";
import { MemoryOutbox } from "../../src/transport/memory_outbox.ts";
import type { Counts } from "../../src/transport/outbox.ts";
import { type FailureKind, type Transport, TransportFailure } from "../../src/transport/over_http.ts";
import { Sender, type SendingLimits, sendOnce } from "../../src/transport/sender.ts";
import type { Batch, BatchReceipt, Envelope, Receipt } from "../../src/transport/wire.ts";
import { envelopes } from "./envelopes.ts";
import { vectors } from "./vectors.ts";

class Peer implements Transport {
  readonly stored = new Set<string>();
  readonly batches: Batch[] = [];
  fails: (batch: Batch) => TransportFailure | null = () => null;
  changes: (answer: BatchReceipt) => BatchReceipt = (answer) => answer;

  async deliver(batch: Batch): Promise<BatchReceipt> {
    this.batches.push(batch);
    const failure = this.fails(batch);
    if (failure !== null) throw failure;
    const receipts = await Promise.all(
      batch.envelopes.map(async (envelope) => ({
        id: envelope.id,
        status: this.stored.has(envelope.id) ? ("duplicate" as const) : ("stored" as const),
        digest: await contentDigest(envelope),
      })),
    );
    for (const { id } of batch.envelopes) this.stored.add(id);
    return this.changes({ batch: batch.batch, receipts });
  }
}

async function filledIn(count: number): Promise<[MemoryOutbox, Envelope[]]> {
  const outbox = new MemoryOutbox();
  const all = envelopes(count);
  for (const envelope of all) await outbox.put(envelope, BY);
  return [outbox, all];
}

const BY = "Bearer one";
const turn = (outbox: MemoryOutbox, peer: Peer) => ({ limit, again }: SendingLimits) => sendOnce(outbox, peer, BY, limit, again ? "both" : "waiting");
const failing = (kind: FailureKind, code: string | null = null) => () => new TransportFailure(kind, code);
const rejecting = (id: string, code: string | null) => (batch: Batch) =>
  batch.envelopes.some((envelope) => envelope.id === id) ? new TransportFailure("rejected", code) : null;

describe("one turn", () => {
  test("empties the outbox into the next hop", async () => {
    const [outbox] = await filledIn(20);
    const peer = new Peer();
    expect(await sendOnce(outbox, peer, BY)).toMatchObject({ stored: 20, failure: null });
    expect(await outbox.counts(BY)).toEqual({ waiting: 0, sent: 20, held: 0 });
    expect(peer.stored.size).toBe(20);
  });

  test.each<FailureKind>(["offline", "busy", "unauthorised", "foreign"])("ends at a failure of the way (%s) and keeps everything", async (kind) => {
    const [outbox] = await filledIn(20);
    const peer = new Peer();
    peer.fails = failing(kind);
    expect(await sendOnce(outbox, peer, BY)).toMatchObject({ unanswered: 20, failure: { kind } });
    expect(peer.batches).toHaveLength(1);
    expect(await outbox.counts(BY)).toEqual({ waiting: 20, sent: 0, held: 0 });
  });

  test("finds the one envelope that spoils its batch, holds it and sends the others", async () => {
    const [outbox, all] = await filledIn(100);
    const peer = new Peer();
    peer.fails = rejecting(all[42]!.id, "batch.malformed");
    await sendOnce(outbox, peer, BY);
    expect(await outbox.counts(BY)).toEqual({ waiting: 0, sent: 99, held: 1 });
    expect(await outbox.entries()).toMatchObject([{ code: "batch.malformed" }]);
    expect(peer.batches.length).toBeLessThanOrEqual(15);
  });

  test("leaves waiting an envelope at which the peer breaks", async () => {
    const [outbox, all] = await filledIn(100);
    const peer = new Peer();
    peer.fails = rejecting(all[42]!.id, null);
    await sendOnce(outbox, peer, BY);
    expect(await outbox.counts(BY)).toEqual({ waiting: 1, sent: 99, held: 0 });
  });

  test("leaves a peer alone that breaks at everything", async () => {
    const [outbox] = await filledIn(100);
    const peer = new Peer();
    peer.fails = failing("rejected");
    await sendOnce(outbox, peer, BY);
    expect(peer.batches.length).toBeLessThanOrEqual(13);
    expect(await outbox.counts(BY)).toEqual({ waiting: 100, sent: 0, held: 0 });
  });

  test.each<[string, (answer: BatchReceipt) => BatchReceipt]>([
    ["of another batch", (answer) => ({ ...answer, batch: "B".repeat(22) })],
    ["naming nobody", (answer) => ({ ...answer, receipts: [] })],
    ["naming a stranger", (answer) => ({ ...answer, receipts: [{ id: "stranger", status: "stored" }] })],
  ])("does not believe an answer %s", async (_, changes) => {
    const [outbox] = await filledIn(5);
    const peer = new Peer();
    peer.changes = changes;
    expect(await sendOnce(outbox, peer, BY)).toMatchObject({ failure: { kind: "foreign" } });
    expect(await outbox.counts(BY)).toMatchObject({ waiting: 5 });
  });

  test("deletes nothing where an answer contradicts itself", async () => {
    const [outbox] = await filledIn(1);
    const peer = new Peer();
    peer.changes = ({ batch, receipts: [one] }) => ({ batch, receipts: [one!, { id: one!.id, status: "refused" }, one!] });
    await sendOnce(outbox, peer, BY);
    expect(await outbox.counts(BY)).toEqual({ waiting: 0, sent: 0, held: 1 });
  });

  test.each<[string, (answer: BatchReceipt) => BatchReceipt]>([
    ["something else was stored", ({ batch, receipts: [one, ...others] }) => ({ batch, receipts: [{ ...one!, digest: "A".repeat(22) }, ...others] })],
    ["nothing says what was stored", ({ batch, receipts: [one, ...others] }) => ({ batch, receipts: [{ id: one!.id, status: one!.status }, ...others] })],
    ["something else was there before", ({ batch, receipts: [one, ...others] }) => ({ batch, receipts: [{ ...one!, status: "duplicate", digest: "A".repeat(22) }, ...others] })],
    ["something else was refused", ({ batch, receipts: [one, ...others] }) => ({ batch, receipts: [{ ...one!, status: "refused", digest: "A".repeat(22) }, ...others] })],
  ])("keeps its envelope waiting where %s", async (_, changes) => {
    const [outbox] = await filledIn(5);
    const peer = new Peer();
    peer.changes = changes;
    expect(await sendOnce(outbox, peer, BY)).toMatchObject({ stored: 4, altered: 1, unanswered: 1, failure: { kind: "altered" } });
    expect(await outbox.counts(BY)).toEqual({ waiting: 1, sent: 4, held: 0 });
    peer.changes = (answer) => answer;
    await sendOnce(outbox, peer, BY);
    expect(await outbox.counts(BY)).toEqual({ waiting: 0, sent: 5, held: 0 });
  });

  test("takes a refusal that names no content for one of this envelope", async () => {
    const [outbox] = await filledIn(1);
    const peer = new Peer();
    peer.changes = ({ batch, receipts: [one] }) => ({ batch, receipts: [{ id: one!.id, status: "refused", problem: { code: "envelope.malformed", title: "" } }] });
    await sendOnce(outbox, peer, BY);
    expect(await outbox.entries()).toMatchObject([{ code: "envelope.malformed" }]);
  });

  test("leaves waiting what an answer does not name", async () => {
    const [outbox] = await filledIn(5);
    const peer = new Peer();
    peer.changes = (answer) => ({ ...answer, receipts: answer.receipts.slice(0, 2) });
    expect(await sendOnce(outbox, peer, BY)).toMatchObject({ stored: 2, unanswered: 3 });
    expect(await outbox.counts(BY)).toMatchObject({ waiting: 3, sent: 2 });
  });
});

describe("a receipt", () => {
  const shared = vectors<{
    digests: { name: string; envelope: Envelope; digest: string }[];
    answers: { name: string; receipts: Receipt[]; becomes: "sent" | "held" | "waiting" }[];
  }>("receipts");

  test.each(shared.digests)("names its content by a digest: $name", async ({ envelope, digest }) => {
    expect(await contentDigest(envelope)).toBe(digest);
  });

  test.each(shared.answers)("is believed as far as it speaks of what was sent: $name", async ({ receipts, becomes }) => {
    const outbox = new MemoryOutbox();
    await outbox.put(shared.digests[0]!.envelope, BY);
    await sendOnce(outbox, { deliver: async ({ batch }) => ({ batch, receipts }) }, BY);
    const { waiting, sent, held } = await outbox.counts(BY);
    expect({ waiting, sent, held }).toEqual({ waiting: 0, sent: 0, held: 0, [becomes]: 1 });
  });
});

describe("the sender", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("addEventListener", (name: string, listener: () => void) => listeners.set(name, listener));
    vi.stubGlobal("removeEventListener", (name: string) => listeners.delete(name));
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    listeners.clear();
  });
  const listeners = new Map<string, () => void>();
  const comesTo = (outbox: MemoryOutbox, counts: Partial<Counts>) => vi.waitFor(async () => expect(await outbox.counts(BY)).toMatchObject(counts));

  test("sends at the start and then every minute", async () => {
    const [outbox] = await filledIn(250);
    const peer = new Peer();
    const sender = new Sender(turn(outbox, peer));
    sender.start();
    await comesTo(outbox, { waiting: 0, sent: 250 });
    await vi.waitFor(() => expect(sender.state).toBe("idle"));
    await outbox.put(envelopes(1)[0]!, BY);
    await vi.advanceTimersByTimeAsync(60_000);
    await comesTo(outbox, { waiting: 0, sent: 251 });
    sender.stop();
  });

  test("waits longer after each failure, and not at all when the network comes back", async () => {
    const [outbox] = await filledIn(5);
    const peer = new Peer();
    peer.fails = failing("offline");
    const sender = new Sender(turn(outbox, peer));
    sender.start();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(sender.state).toBe("waiting");
    expect(peer.batches.length).toBeGreaterThan(3);
    expect(peer.batches.length).toBeLessThan(40);
    expect(peer.batches.at(-1)!.envelopes).toHaveLength(1 + 4 * Number(peer.batches.length < 3));
    peer.fails = () => null;
    listeners.get("online")!();
    await comesTo(outbox, { waiting: 0, sent: 5 });
    await vi.waitFor(() => expect(sender.state).toBe("idle"));
    sender.stop();
  });

  test("stops where it is not known, says so, and takes up again when somebody asks", async () => {
    const [outbox] = await filledIn(5);
    const peer = new Peer();
    peer.fails = failing("unauthorised", "token.revoked");
    const states: string[] = [];
    const sender = new Sender(turn(outbox, peer), ({ state }) => states.push(state));
    sender.start();
    await vi.advanceTimersByTimeAsync(10 ** 7);
    listeners.get("online")!();
    await vi.advanceTimersByTimeAsync(10);
    expect(sender.state).toBe("stopped");
    expect(sender.last?.failure?.code).toBe("token.revoked");
    expect(peer.batches).toHaveLength(1);
    peer.fails = () => null;
    await sender.now();
    expect(await outbox.counts(BY)).toMatchObject({ sent: 5 });
    expect(states).toContain("sending");
    sender.stop();
  });

  test("offers again what was refused for a reason that may pass: at once when asked, else every quarter of an hour", async () => {
    const [outbox] = await filledIn(1);
    const peer = new Peer();
    peer.changes = ({ batch, receipts: [one] }) => ({ batch, receipts: [{ ...one!, status: "refused", problem: { code: "quota.site_full", title: "" } }] });
    const sender = new Sender(turn(outbox, peer));
    sender.start();
    await comesTo(outbox, { held: 1 });
    for (let minute = 0; minute < 30; minute += 1) {
      await vi.waitFor(() => expect(sender.state).toBe("idle"));
      await vi.advanceTimersByTimeAsync(60_000);
      if (minute === 10) expect(peer.batches).toHaveLength(1);
    }
    await vi.waitFor(() => expect(sender.state).toBe("idle"));
    expect(peer.batches.length).toBeGreaterThan(1);
    expect(peer.batches.length).toBeLessThan(4);
    peer.changes = (answer) => answer;
    await sender.now();
    expect(await outbox.counts(BY)).toEqual({ waiting: 0, sent: 1, held: 0 });
    sender.stop();
  });

  test("looks again when it is asked in the middle of a turn", async () => {
    const [outbox] = await filledIn(1);
    const peer = new Peer();
    const sender = new Sender(turn(outbox, peer));
    peer.fails = () => {
      if (peer.batches.length === 1) void outbox.put(envelopes(1)[0]!, BY).then(() => sender.now());
      return null;
    };
    await sender.now();
    expect(await outbox.counts(BY)).toMatchObject({ waiting: 0, sent: 2 });
  });

  test("runs one turn at a time", async () => {
    const [outbox] = await filledIn(5);
    const peer = new Peer();
    const sender = new Sender(turn(outbox, peer));
    await Promise.all([sender.now(), sender.now(), sender.now()]);
    expect(peer.batches).toHaveLength(1);
  });

  test("stays stopped after stop, also when a turn was under way", async () => {
    const [outbox] = await filledIn(5);
    const sender = new Sender(turn(outbox, new Peer()));
    sender.start();
    sender.stop();
    await vi.advanceTimersByTimeAsync(10);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("lives on when the store on the device does not answer", async () => {
    const outbox = new MemoryOutbox();
    outbox.peek = () => Promise.reject(new Error("UnknownError"));
    const sender = new Sender(turn(outbox, new Peer()));
    sender.start();
    await vi.advanceTimersByTimeAsync(10);
    expect(sender.state).toBe("waiting");
    expect(vi.getTimerCount()).toBe(1);
    sender.stop();
  });
});
