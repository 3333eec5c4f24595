/** One turn of sending: everything that waits on this device, each under its own permission. The page and its service worker share it. */
import { draw } from "../road/identifiers.ts";
import type { Outbox, Which } from "../road/outbox.ts";
import { emptyReport, type Portion, sendOnce, type SendReport } from "../road/sender.ts";
import { alone } from "../road/slots.ts";
import { fetchTransport, type Transport, type TransportFailure } from "../road/transport.ts";
import { type Authorization, headerOf } from "./calls.ts";
import { LINK, waysFor } from "./permissions.ts";

export interface World {
  ways(by: string): Promise<Authorization[]>;
  transport(authorization: Authorization): Transport;
}

const REAL: World = { ways: waysFor, transport: (authorization) => fetchTransport(headerOf(authorization)) };

/** Two senders at once would be safe, and twice the work. */
export const sendAll = (outbox: Outbox, portion: Portion, world: World = REAL): Promise<SendReport> =>
  alone("langnghe-sending", () => sendWhatWaits(outbox, portion, world));

async function sendWhatWaits(outbox: Outbox, portion: Portion, world: World): Promise<SendReport> {
  const total = emptyReport();
  const owners = [...new Set((await outbox.entries()).map(({ by }) => by))];
  for (const by of draw(owners, owners.length)) {
    const failure = await sendFor(outbox, by, portion, world, total);
    total.failure = worse(total.failure, failure);
    if (failure && ["offline", "busy", "foreign"].includes(failure.kind)) break; // the same hop would answer the others likewise
  }
  return total;
}

async function sendFor(outbox: Outbox, by: string, portion: Portion, world: World, total: SendReport): Promise<TransportFailure | null> {
  let failure: TransportFailure | null = null;
  let which: Which = portion.again ? "both" : "waiting";
  for (const way of await world.ways(by)) {
    const report = await sendOnce(outbox, world.transport(way), by, portion.limit, which);
    for (const key of ["stored", "duplicates", "refused", "altered", "unanswered"] as const) total[key] += report[key];
    failure = report.failure;
    if (failure === null && !portion.again) break;
    if (failure === null) which = "refused"; // another permission gets what this one did not, and nothing else
    else if (failure.kind !== "unauthorised") return failure;
  }
  if (failure === null || !by.startsWith(LINK)) return failure;
  await noteClosedLink(outbox, by, failure.code ?? "link.unknown");
  return null;
}

/** No link that this device knows opens the way: what it carried stays with that reason, until a new one to the same place is opened. */
async function noteClosedLink(outbox: Outbox, by: string, code: string): Promise<void> {
  const left = (await outbox.entries()).filter((entry) => entry.by === by && entry.code === "");
  await outbox.settle(left.map(({ name }) => ({ name, status: "refused", code })));
}

/** Whoever is to act on a failure hears of the one that needs a person. */
const worse = (one: TransportFailure | null, other: TransportFailure | null): TransportFailure | null =>
  one === null || other?.kind === "unauthorised" ? (other ?? one) : one;
