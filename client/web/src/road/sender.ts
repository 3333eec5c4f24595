/**
 * Sending: offer the next hop a batch, and forget only what it answered for.
 *
 * A batch that is turned away as a whole is halved down to single envelopes, so that one bad envelope never blocks the others;
 * a peer that fails at everything is left alone soon.
 */
import { portion, wait } from "./backoff.ts";
import { newId } from "./identifiers.ts";
import type { Outbox } from "./outbox.ts";
import { TransportFailure, type Transport } from "./transport.ts";
import type { Envelope, Receipt } from "./wire.ts";

const BATCH_LIMIT = 100;
const FRUITLESS_LIMIT = 12;
const EVERY = 60_000;

export type SendReport = {
  stored: number;
  duplicates: number;
  refused: number;
  unanswered: number;
  failure: TransportFailure | null;
};

export type SenderState = "idle" | "sending" | "waiting" | "stopped";

/** One turn: up to `limit` envelopes, each answered, refused, or still waiting at the end of it. */
export async function sendOnce(outbox: Outbox, transport: Transport, limit = BATCH_LIMIT): Promise<SendReport> {
  const report: SendReport = { stored: 0, duplicates: 0, refused: 0, unanswered: 0, failure: null };
  const first = await outbox.take(limit);
  const portions = first.length > 0 ? [first] : [];
  let fruitless = 0;
  for (let envelopes = portions.pop(); envelopes !== undefined; envelopes = portions.pop()) {
    try {
      await settle(outbox, report, envelopes, await offer(transport, envelopes));
      fruitless = 0;
    } catch (error) {
      if (!(error instanceof TransportFailure)) throw error;
      report.failure = error;
      fruitless += 1;
      if (error.kind !== "rejected" || fruitless > FRUITLESS_LIMIT) {
        report.unanswered += [envelopes, ...portions].flat().length;
        break;
      }
      const [only] = envelopes;
      if (envelopes.length > 1) {
        const middle = envelopes.length >> 1;
        portions.push(envelopes.slice(0, middle), envelopes.slice(middle));
      } else if (only !== undefined && isToBlame(error.code)) {
        await settle(outbox, report, envelopes, [refusal(only.id, error.code)]);
        fruitless = 0;
      } else {
        report.unanswered += 1;
      }
    }
  }
  return report;
}

/** How many envelopes got an answer. */
export function moved(report: SendReport): number {
  return report.stored + report.duplicates + report.refused;
}

/** The receipts that the peer gave for these envelopes, one each at most; an answer that names none of them is foreign. */
async function offer(transport: Transport, envelopes: readonly Envelope[]): Promise<Receipt[]> {
  const batch = newId();
  const answer = await transport.deliver({ batch, envelopes });
  const asked = new Set(envelopes.map(({ id }) => id));
  const receipts = new Map<string, Receipt>();
  for (const receipt of answer.receipts) {
    const isNew = !receipts.has(receipt.id) || receipt.status === "refused";
    if (asked.has(receipt.id) && isNew) receipts.set(receipt.id, receipt);
  }
  if (answer.batch !== batch || receipts.size === 0) throw new TransportFailure("foreign");
  return [...receipts.values()];
}

async function settle(outbox: Outbox, report: SendReport, envelopes: readonly Envelope[], receipts: readonly Receipt[]): Promise<void> {
  await outbox.settle(receipts);
  const count = (status: Receipt["status"]) => receipts.filter((receipt) => receipt.status === status).length;
  report.stored += count("stored");
  report.duplicates += count("duplicate");
  report.refused += count("refused");
  report.unanswered += envelopes.length - receipts.length;
}

function isToBlame(code: string | null): code is string {
  return code !== null && (code.startsWith("envelope.") || code === "batch.malformed" || code === "batch.too_large");
}

function refusal(id: string, code: string): Receipt {
  return { id, status: "refused", problem: { code, title: "" } };
}

/** Sends by itself: at the start, when the network comes back, every minute, and after failures as the backoff says. */
export class Sender {
  state: SenderState = "idle";
  last: SendReport | null = null;
  private readonly outbox: Outbox;
  private readonly transport: Transport;
  private readonly onChange: (sender: Sender) => void;
  private failures = 0;
  private isActive = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<SendReport | null> | undefined;

  constructor(outbox: Outbox, transport: Transport, onChange: (sender: Sender) => void = () => undefined) {
    this.outbox = outbox;
    this.transport = transport;
    this.onChange = onChange;
  }

  start(): void {
    this.isActive = true;
    globalThis.addEventListener?.("online", this.whenOnline);
    void this.now();
  }

  stop(): void {
    this.isActive = false;
    globalThis.removeEventListener?.("online", this.whenOnline);
    clearTimeout(this.timer);
    this.change("idle");
  }

  /** Send until nothing waits or a turn comes to nothing. Also takes up again after a stop by the server. */
  now(): Promise<SendReport | null> {
    this.running ??= this.run().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private readonly whenOnline = (): void => {
    this.failures = 0;
    if (this.state !== "stopped") void this.now();
  };

  private async run(): Promise<SendReport | null> {
    clearTimeout(this.timer);
    this.change("sending");
    let report: SendReport | null = null;
    try {
      do {
        report = await sendOnce(this.outbox, this.transport, portion(BATCH_LIMIT, this.failures));
        this.last = report;
        if (moved(report) > 0) this.failures = 0;
        this.onChange(this);
      } while (moved(report) > 0 && (report.failure === null || report.failure.kind === "rejected"));
      this.rest(report);
    } catch {
      this.rest(null); // the store on the device did not answer: it holds everything, the next turn asks again
    }
    return report;
  }

  /** Decide when the next turn is. */
  private rest(report: SendReport | null): void {
    if (report?.failure?.kind === "unauthorised") {
      this.change("stopped");
      return;
    }
    const isWell = report !== null && report.failure === null;
    this.failures = isWell ? 0 : this.failures + 1;
    const pause = isWell ? EVERY : wait(this.failures, report?.failure?.retryAfter ?? null) * 1000;
    if (this.isActive) this.timer = setTimeout(() => void this.now(), pause);
    this.change(isWell ? "idle" : "waiting");
  }

  private change(state: SenderState): void {
    this.state = state;
    this.onChange(this);
  }
}
