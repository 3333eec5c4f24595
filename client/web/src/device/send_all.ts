/** One turn of sending: everything that waits on this device, each under its own permission. The page and its service worker share it. */
import { randomSample } from "../transport/identifiers.ts";
import { withLock } from "../transport/locks.ts";
import type { EntryFilter, Outbox } from "../transport/outbox.ts";
import { fetchTransport, type Transport, type TransportFailure } from "../transport/over_http.ts";
import { emptyReport, type SendingLimits, sendOnce, type SendReport } from "../transport/sender.ts";
import { LINK_OWNER, permissionsFor } from "./permissions.ts";
import { type Authorization, authorizationHeader } from "./requests.ts";

export interface SendingPorts {
  ways(by: string): Promise<Authorization[]>;
  transport(authorization: Authorization): Transport;
}

const REAL: SendingPorts = { ways: permissionsFor, transport: (authorization) => fetchTransport(authorizationHeader(authorization)) };

/** Two senders at once would be safe, and twice the work. */
export const sendAll = (outbox: Outbox, limits: SendingLimits, ports: SendingPorts = REAL): Promise<SendReport> =>
  withLock("langnghe-sending", () => sendWhatWaits(outbox, limits, ports));

async function sendWhatWaits(outbox: Outbox, limits: SendingLimits, ports: SendingPorts): Promise<SendReport> {
  const total = emptyReport();
  const owners = [...new Set((await outbox.entries()).map(({ by }) => by))];
  for (const by of randomSample(owners, owners.length)) {
    const failure = await sendFor(outbox, by, limits, ports, total);
    total.failure = moreUrgent(total.failure, failure);
    if (failure && ["offline", "busy", "foreign"].includes(failure.kind)) break; // the same hop would answer the others likewise
  }
  return total;
}

async function sendFor(outbox: Outbox, by: string, limits: SendingLimits, ports: SendingPorts, total: SendReport): Promise<TransportFailure | null> {
  let failure: TransportFailure | null = null;
  let which: EntryFilter = limits.again ? "both" : "waiting";
  for (const way of await ports.ways(by)) {
    const report = await sendOnce(outbox, ports.transport(way), by, limits.limit, which);
    for (const key of ["stored", "duplicates", "refused", "altered", "unanswered"] as const) total[key] += report[key];
    failure = report.failure;
    if (failure === null && !limits.again) break;
    if (failure === null) which = "held"; // another permission gets what this one did not, and nothing else
    else if (failure.kind !== "unauthorised") return failure;
  }
  if (failure === null || !by.startsWith(LINK_OWNER)) return failure;
  await noteClosedLink(outbox, by, failure.code ?? "link.unknown");
  return null;
}

/** No link that this device knows opens the way: what it carried stays with that reason, until a new one to the same place is opened. */
async function noteClosedLink(outbox: Outbox, by: string, code: string): Promise<void> {
  const left = (await outbox.entries()).filter((entry) => entry.by === by && entry.code === "");
  await outbox.settle(left.map(({ name }) => ({ name, status: "refused", code })));
}

/** Whoever is to act on a failure hears of the one that needs a person. */
const moreUrgent = (one: TransportFailure | null, other: TransportFailure | null): TransportFailure | null =>
  one === null || other?.kind === "unauthorised" ? (other ?? one) : one;
