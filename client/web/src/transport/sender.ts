/**
 * Sending: offer the next hop a batch, and forget only what it answered for.
 *
 * A batch that is turned away as a whole is halved down to single envelopes, so that one bad envelope never blocks the others;
 * a peer that fails at everything is left alone soon.
 */
import { batchSize, retryDelay } from "./backoff.ts";
import { contentDigest } from "./digest.ts";
import { newId } from "./identifiers.ts";
import type { EntryFilter, KeptEnvelope, Outbox, Outcome } from "./outbox.ts";
import { type Transport, TransportFailure } from "./over_http.ts";
import type { Envelope, Receipt } from "./wire.ts";

const BATCH_LIMIT = 100;
const FRUITLESS_LIMIT = 12;
const EVERY = 60_000;
/** How often what was refused for a reason that may pass is offered again. */
const AGAIN_EVERY = 15 * 60_000;

export type SendReport = {
  stored: number;
  duplicates: number;
  refused: number;
  /** Answered for, but with the digest of something else: the sender's own envelope is not there. */
  altered: number;
  unanswered: number;
  failure: TransportFailure | null;
};

export const emptyReport = (): SendReport => ({ stored: 0, duplicates: 0, refused: 0, altered: 0, unanswered: 0, failure: null });

export type SenderState = "idle" | "sending" | "waiting" | "stopped";

/** What a turn offers: up to `limit` envelopes, and with `again` also those that were refused for a reason that may pass. */
export type SendingLimits = { readonly limit: number; readonly again: boolean };

/** One turn with what was made for one permission: each envelope answered, refused, or still waiting at the end of it. */
export async function sendOnce(outbox: Outbox, transport: Transport, by: string, limit = BATCH_LIMIT, which: EntryFilter = "waiting"): Promise<SendReport> {
  const report = emptyReport();
  const first = await outbox.peek(limit, by, which);
  const portions = first.length > 0 ? [first] : [];
  let fruitless = 0;
  for (let kept = portions.pop(); kept !== undefined; kept = portions.pop()) {
    try {
      await settle(outbox, report, kept, await offer(transport, kept));
      fruitless = 0;
    } catch (error) {
      if (!(error instanceof TransportFailure)) throw error;
      report.failure = error;
      fruitless += 1;
      if (error.kind !== "rejected" || fruitless > FRUITLESS_LIMIT) {
        report.unanswered += [kept, ...portions].flat().length;
        break;
      }
      const [only] = kept;
      if (kept.length > 1) {
        const middle = kept.length >> 1;
        portions.push(kept.slice(0, middle), kept.slice(middle));
      } else if (only !== undefined && isToBlame(error.code)) {
        await settle(outbox, report, kept, { altered: 0, outcomes: [{ name: only.name, status: "refused", code: error.code }] });
        fruitless = 0;
      } else {
        report.unanswered += 1;
      }
    }
  }
  return report;
}

/** How many envelopes got an answer. */
export function answeredCount(report: SendReport): number {
  return report.stored + report.duplicates + report.refused;
}

type Answered = { readonly outcomes: readonly Outcome[]; readonly altered: number };

/** What the peer answered for these envelopes, once each at most; an answer that names none of them is foreign. */
async function offer(transport: Transport, kept: readonly KeptEnvelope[]): Promise<Answered> {
  const batch = newId();
  const answer = await transport.deliver({ batch, envelopes: kept.map(({ envelope }) => envelope) });
  const named = kept.filter(({ envelope }) => answer.receipts.some(({ id }) => id === envelope.id));
  if (answer.batch !== batch || named.length === 0) throw new TransportFailure("foreign");
  const outcomes: Outcome[] = [];
  for (const { name, envelope } of named) {
    const receipt = await receiptFor(envelope, answer.receipts);
    if (receipt) outcomes.push({ name, status: receipt.status, code: receipt.problem?.code ?? "envelope.refused" });
  }
  return { outcomes, altered: named.length - outcomes.length };
}

/** What was said of exactly this content; a refusal may leave open of which. Named both ways, an envelope counts as refused. */
async function receiptFor(envelope: Envelope, receipts: readonly Receipt[]): Promise<Receipt | undefined> {
  const own = await contentDigest(envelope);
  const isOf = ({ status, digest }: Receipt): boolean => (digest === undefined ? status === "refused" : digest === own);
  const fitting = receipts.filter((receipt) => receipt.id === envelope.id && isOf(receipt));
  return fitting.find(({ status }) => status === "refused") ?? fitting[0];
}

async function settle(outbox: Outbox, report: SendReport, kept: readonly KeptEnvelope[], { outcomes, altered }: Answered): Promise<void> {
  await outbox.settle(outcomes);
  const count = (status: Receipt["status"]) => outcomes.filter((outcome) => outcome.status === status).length;
  report.stored += count("stored");
  report.duplicates += count("duplicate");
  report.refused += count("refused");
  report.altered += altered;
  report.unanswered += kept.length - outcomes.length;
  if (altered > 0) report.failure = new TransportFailure("altered");
}

function isToBlame(code: string | null): code is string {
  return code !== null && /^((envelope|quota|campaign|site)\.|batch\.(malformed|too_large)$)/.test(code);
}

/** Sends by itself: at the start, when the network comes back, every minute, and after failures as the backoff says. */
export class Sender {
  state: SenderState = "idle";
  last: SendReport | null = null;
  private readonly turn: (limits: SendingLimits) => Promise<SendReport>;
  private readonly onChange: (sender: Sender) => void;
  private failures = 0;
  private triedAgain = Number.NEGATIVE_INFINITY;
  private isActive = false;
  private isAskedAgain = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<SendReport | null> | undefined;

  constructor(turn: (limits: SendingLimits) => Promise<SendReport>, onChange: (sender: Sender) => void = () => undefined) {
    this.turn = turn;
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

  /** Send until nothing waits or a turn comes to nothing, once more also what was refused. Also takes up again after a stop by the server. */
  now(): Promise<SendReport | null> {
    this.triedAgain = Number.NEGATIVE_INFINITY;
    this.isAskedAgain = true;
    return this.go();
  }

  private go(): Promise<SendReport | null> {
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
        this.isAskedAgain = false;
        report = await this.turn({ limit: batchSize(BATCH_LIMIT, this.failures), again: this.isTimeForAll() });
        this.last = report;
        if (answeredCount(report) > 0) this.failures = 0;
        this.onChange(this);
      } while (this.isAskedAgain || (answeredCount(report) > 0 && (report.failure === null || report.failure.kind === "rejected")));
      this.rest(report);
    } catch {
      this.rest(null); // the store on the device did not answer: it holds everything, the next turn asks again
    }
    return report;
  }

  /** Whether what was refused is offered again in this turn; a turn that finds it so counts as its try. */
  private isTimeForAll(): boolean {
    const isTime = performance.now() - this.triedAgain >= AGAIN_EVERY;
    if (isTime) this.triedAgain = performance.now();
    return isTime;
  }

  /** Decide when the next turn is. */
  private rest(report: SendReport | null): void {
    if (report?.failure?.kind === "unauthorised") {
      this.change("stopped");
      return;
    }
    const isWell = report !== null && report.failure === null;
    this.failures = isWell ? 0 : this.failures + 1;
    if (!isWell) this.triedAgain = Number.NEGATIVE_INFINITY; // a turn that failed offered nothing to anybody
    const pause = isWell ? EVERY : retryDelay(this.failures, report?.failure?.retryAfter ?? null) * 1000;
    if (this.isActive) this.timer = setTimeout(() => void this.go(), pause);
    this.change(isWell ? "idle" : "waiting");
  }

  private change(state: SenderState): void {
    this.state = state;
    this.onChange(this);
  }
}
