/** The outbox as a plain object: where a browser lets nothing be stored, and the reference for the one on the device. */
import { randomSample, newId } from "./identifiers.ts";
import { countEntries, type Counts, type EntryFilter, isOffered, type KeptEnvelope, type Outbox, type OutboxEntry, type Outcome } from "./outbox.ts";
import type { Envelope } from "./wire.ts";

export class MemoryOutbox implements Outbox {
  readonly isDurable = false;
  private readonly held = new Map<string, { entry: OutboxEntry; envelope: Envelope }>();
  private readonly sent: string[] = [];

  async put(envelope: Envelope, by: string): Promise<string> {
    const name = newId();
    this.held.set(name, { envelope, entry: { name, by, code: "" } });
    return name;
  }

  async entries(): Promise<OutboxEntry[]> {
    return [...this.held.values()].map(({ entry }) => entry);
  }

  async counts(prefix: string): Promise<Counts> {
    return countEntries(await this.entries(), prefix, this.sent.filter((by) => by.startsWith(prefix)).length);
  }

  async peek(limit: number, by: string, which: EntryFilter = "waiting"): Promise<KeptEnvelope[]> {
    const taken = randomSample([...this.held.values()].filter(({ entry }) => isOffered(entry, by, which)), limit);
    return taken.map(({ entry, envelope }) => ({ name: entry.name, envelope }));
  }

  async settle(outcomes: readonly Outcome[]): Promise<void> {
    for (const { name, status, code = "" } of outcomes) {
      const one = this.held.get(name);
      if (one === undefined) continue;
      if (status === "refused") one.entry = { ...one.entry, code };
      else {
        this.held.delete(name);
        this.sent.push(one.entry.by);
      }
    }
  }

  async retryHeld(): Promise<void> {
    for (const one of this.held.values()) one.entry = { ...one.entry, code: "" };
  }
}
