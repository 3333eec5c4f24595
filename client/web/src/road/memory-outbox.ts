/** The outbox as a plain object: for tests, and the reference for the one on the device. */
import { draw } from "./identifiers.ts";
import { batchFile, type Counts, type Outbox, type Refused } from "./outbox.ts";
import type { Envelope, Receipt } from "./wire.ts";

export class MemoryOutbox implements Outbox {
  private readonly waiting = new Map<string, Envelope>();
  private readonly held = new Map<string, { envelope: Envelope; code: string; title: string }>();
  private sent = 0;

  async put(envelope: Envelope): Promise<void> {
    if (!this.held.has(envelope.id)) this.waiting.set(envelope.id, envelope);
  }

  async counts(): Promise<Counts> {
    return { waiting: this.waiting.size, sent: this.sent, refused: this.held.size };
  }

  async take(limit: number): Promise<Envelope[]> {
    return draw([...this.waiting.values()], limit);
  }

  async settle(receipts: readonly Receipt[]): Promise<void> {
    for (const { id, status, problem } of receipts) {
      const envelope = this.waiting.get(id) ?? this.held.get(id)?.envelope;
      if (envelope === undefined) continue;
      this.waiting.delete(id);
      this.held.delete(id);
      if (status === "refused") this.held.set(id, { envelope, code: problem?.code ?? "", title: problem?.title ?? "" });
      else this.sent += 1;
    }
  }

  async refused(): Promise<Refused[]> {
    return [...this.held].map(([id, { code, title }]) => ({ id, code, title }));
  }

  async retryRefused(): Promise<void> {
    for (const [id, { envelope }] of this.held) this.waiting.set(id, envelope);
    this.held.clear();
  }

  async exportAll(): Promise<Blob> {
    return batchFile([...this.waiting.values(), ...[...this.held.values()].map(({ envelope }) => envelope)]);
  }
}
