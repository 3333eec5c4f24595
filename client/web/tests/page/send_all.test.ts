import { describe, expect, test } from "vitest";
import { linksFor } from "../../src/device/permissions.ts";
import type { Authorization } from "../../src/device/requests.ts";
import { sendAll } from "../../src/device/send_all.ts";
import type { KnownLink } from "../../src/device/store.ts";
import { contentDigest } from "../../src/transport/digest.ts";
import { MemoryOutbox } from "../../src/transport/memory_outbox.ts";
import { type Transport, TransportFailure } from "../../src/transport/over_http.ts";
import type { Batch, Receipt } from "../../src/transport/wire.ts";
import { envelopes } from "../transport/envelopes.ts";

const ALL = { limit: 100, again: true };
const WAITING = { limit: 100, again: false };

/** A hop that knows what each permission may do, and what came under which. */
class Hop {
  readonly came: [string, string][] = [];
  readonly answers: Record<string, "takes" | "full" | TransportFailure> = {};
  readonly ways: Record<string, string[]> = {};

  readonly ports = {
    ways: async (by: string): Promise<Authorization[]> => (this.ways[by] ?? [by.slice(5)]).map((secret) => ({ scheme: "Link", secret })),
    transport: ({ secret }: Authorization): Transport => ({ deliver: (batch) => this.answer(secret, batch) }),
  };

  private async answer(secret: string, { batch, envelopes: offered }: Batch): Promise<{ batch: string; receipts: Receipt[] }> {
    const answer = this.answers[secret] ?? "takes";
    if (answer instanceof TransportFailure) throw answer;
    this.came.push(...offered.map(({ id }): [string, string] => [secret, id]));
    const receipts = offered.map(async (envelope): Promise<Receipt> => {
      const localized = { id: envelope.id, digest: await contentDigest(envelope) };
      return answer === "takes" ? { ...localized, status: "stored" } : { ...localized, status: "refused", problem: { code: "quota.site_full", title: "" } };
    });
    return { batch, receipts: await Promise.all(receipts) };
  }
}

async function filledIn(...owners: string[]): Promise<[MemoryOutbox, string[]]> {
  const outbox = new MemoryOutbox();
  const all = envelopes(owners.length);
  for (const [index, by] of owners.entries()) await outbox.put(all[index]!, by);
  return [outbox, all.map(({ id }) => id)];
}

describe("a turn", () => {
  test("offers each envelope under its own permission and no other", async () => {
    const [outbox, [one, two, three]] = await filledIn("Link a", "Link b", "Link a");
    const hop = new Hop();
    await sendAll(outbox, ALL, hop.ports);
    expect(hop.came.sort()).toEqual([["a", one!], ["b", two!], ["a", three!]].sort());
    expect(await outbox.counts("")).toEqual({ waiting: 0, sent: 3, held: 0 });
  });

  test("offers nothing where this device has no permission for it now, and nothing is refused by that", async () => {
    const [outbox] = await filledIn("Bearer of another server");
    const hop = new Hop();
    hop.ways["Bearer of another server"] = [];
    expect(await sendAll(outbox, ALL, hop.ports)).toMatchObject({ failure: null });
    expect(hop.came).toEqual([]);
    expect(await outbox.counts("Bearer ")).toEqual({ waiting: 1, sent: 0, held: 0 });
  });

  test("keeps what a closed link left with its reason, and gives it to a new link to the same place", async () => {
    const [outbox, [one]] = await filledIn("Link a");
    const hop = new Hop();
    hop.answers["a"] = new TransportFailure("unauthorised", "link.revoked");
    expect(await sendAll(outbox, ALL, hop.ports)).toMatchObject({ failure: null });
    expect(await outbox.entries()).toMatchObject([{ by: "Link a", code: "link.revoked" }]);
    hop.ways["Link a"] = ["a", "new"];
    await sendAll(outbox, ALL, hop.ports);
    expect(hop.came).toEqual([["new", one]]);
    expect(await outbox.entries()).toEqual([]);
  });

  test("gives another permission only what its own did not take", async () => {
    const [outbox] = await filledIn("Link a", "Link a");
    const hop = new Hop();
    hop.ways["Link a"] = ["a", "new"];
    await sendAll(outbox, { limit: 1, again: true }, hop.ports);
    expect(hop.came.map(([secret]) => secret)).toEqual(["a"]);
    hop.answers["a"] = "full";
    await sendAll(outbox, WAITING, hop.ports);
    expect(hop.came.map(([secret]) => secret)).toEqual(["a", "a"]);
    await sendAll(outbox, ALL, hop.ports);
    expect(hop.came.map(([secret]) => secret)).toEqual(["a", "a", "a", "new"]);
    expect(await outbox.counts("")).toEqual({ waiting: 0, sent: 2, held: 0 });
  });

  test("goes on with the others where one permission is turned away, and stops where nobody answers", async () => {
    const [outbox] = await filledIn("Link a", "Link b", "Link c");
    const hop = new Hop();
    hop.answers["b"] = new TransportFailure("unauthorised", "link.unknown");
    await sendAll(outbox, ALL, hop.ports);
    expect(hop.came.map(([secret]) => secret).sort()).toEqual(["a", "c"]);
    const [away] = await filledIn("Link a", "Link b");
    for (const secret of ["a", "b"]) hop.answers[secret] = new TransportFailure("offline");
    expect(await sendAll(away, ALL, hop.ports)).toMatchObject({ unanswered: 1, failure: { kind: "offline" } });
    expect(await away.counts("")).toEqual({ waiting: 2, sent: 0, held: 0 });
  });

  test("of a device of staff's ends with what needs a person, and refuses nothing", async () => {
    const [outbox] = await filledIn("Bearer s", "Link b");
    const hop = new Hop();
    hop.ways["Bearer s"] = ["token"];
    hop.answers["token"] = new TransportFailure("unauthorised", "token.revoked");
    expect(await sendAll(outbox, ALL, hop.ports)).toMatchObject({ stored: 1, failure: { kind: "unauthorised" } });
    expect(await outbox.counts("Bearer ")).toEqual({ waiting: 1, sent: 0, held: 0 });
  });
});

describe("what was made for one link", () => {
  const link = (id: string, site: string, closed?: string): KnownLink =>
    ({ id, sites: [{ id: site, name: site }], ...(closed ? { closed: { code: closed } } : {}) }) as unknown as KnownLink;
  const known = new Map([
    ["own", link("spring", "may-10", "link.revoked")],
    ["same", link("spring", "may-10")],
    ["same-but-closed", link("spring", "may-10", "link.revoked")],
    ["other-site", link("spring", "may-11")],
    ["other-campaign", link("autumn", "may-10")],
  ]);

  test("may go by an open link to the same campaign and site, after its own", () => {
    expect(linksFor("own", known)).toEqual(["own", "same"]);
  });

  test("goes by its own alone where nothing is known of it", () => {
    expect(linksFor("stranger", known)).toEqual(["stranger"]);
  });
});
