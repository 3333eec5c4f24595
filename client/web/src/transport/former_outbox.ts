/** Takes over what an earlier version of the page left in its own databases, where envelopes lay as they are sent. */
import { deleteDB, openDB } from "idb";
import type { DeviceOutbox } from "./device_outbox.ts";
import { nameHere } from "./installation.ts";
import type { Envelope } from "./wire.ts";

/** The databases' names, and what their envelopes were made for. */
const BEFORE = { [nameHere("langnghe-outbox")]: "Bearer ", [nameHere("langnghe-link-outbox")]: "Link " };

/** `madeFor` finds the permission of an envelope where the earlier version did not note it. Each is kept here before it is deleted there. */
export async function moveFormerOutboxes(outbox: DeviceOutbox, madeFor: (kind: string, envelope: Pick<Envelope, "campaign">) => Promise<string>): Promise<void> {
  for (const [name, kind] of Object.entries(BEFORE)) {
    if (await moveAll(name, (envelope) => madeFor(kind, envelope), outbox)) await deleteDB(name);
  }
}

async function moveAll(name: string, madeFor: (envelope: Pick<Envelope, "campaign">) => Promise<string>, outbox: DeviceOutbox): Promise<boolean> {
  const database = await openDB(name, undefined, { blocking: (_current, _next, event) => (event.target as IDBDatabase).close() });
  try {
    if (!database.objectStoreNames.contains("waiting")) return true;
    const sent = Number((await database.get("totals", "sent")) ?? 0);
    if (sent > 0) await outbox.addSent(await madeFor({ campaign: "" }), sent);
    await database.delete("totals", "sent");
    for (const table of ["waiting", "refused"]) {
      for (const row of (await database.getAll(table)) as (Envelope & { envelope?: Envelope; code?: string })[]) {
        const envelope = row.envelope ?? row;
        const kept = await outbox.put(envelope, await madeFor(envelope));
        if (row.code) await outbox.settle([{ name: kept, status: "refused", code: row.code }]);
        await database.delete(table, envelope.id);
      }
    }
    return true;
  } finally {
    database.close();
  }
}
