import { gunzipSync } from "node:zlib";
import { afterEach, describe, expect, test, vi } from "vitest";
import { newId } from "../../src/transport/identifiers.ts";
import { fetchTransport, TransportFailure } from "../../src/transport/over_http.ts";
import type { Batch } from "../../src/transport/wire.ts";
import { envelopes } from "./envelopes.ts";

const batch: Batch = { batch: newId(), envelopes: envelopes(3) };
const receipts = { batch: batch.batch, receipts: batch.envelopes.map(({ id }) => ({ id, status: "stored" })) };

function answering(body: unknown, status = 200, headers: Record<string, string> = {}): RequestInit[] {
  const requests: RequestInit[] = [];
  vi.stubGlobal("fetch", async (_url: string, request: RequestInit) => {
    requests.push(request);
    return new Response(typeof body === "string" ? body : JSON.stringify(body), { status, headers });
  });
  return requests;
}

async function failure(): Promise<TransportFailure> {
  return fetchTransport("Bearer secret").deliver(batch).then(
    () => expect.unreachable(),
    (error: unknown) => error as TransportFailure,
  );
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("the transport", () => {
  test("delivers a batch compressed, with its authorization and without cookies", async () => {
    const [requests] = [answering(receipts)];
    expect(await fetchTransport("Bearer secret").deliver(batch)).toEqual(receipts);
    const request = requests[0]!;
    expect(request).toMatchObject({ method: "POST", credentials: "omit", cache: "no-store", redirect: "error" });
    expect(request.headers).toMatchObject({ Authorization: "Bearer secret", "Content-Encoding": "gzip" });
    expect(JSON.parse(gunzipSync(request.body as Uint8Array).toString())).toEqual(batch);
  });

  test("delivers plainly where the browser cannot compress", async () => {
    const requests = answering(receipts);
    vi.stubGlobal("CompressionStream", undefined);
    await fetchTransport("Link abc").deliver(batch);
    expect(JSON.parse(requests[0]!.body as string)).toEqual(batch);
  });

  test.each([
    ["a login page", "<html>sign in</html>", 200],
    ["half an answer", JSON.stringify(receipts).slice(0, -9), 200],
    ["something else", { ok: true }, 200],
    ["an unknown status of an envelope", { ...receipts, receipts: [{ id: "x", status: "thanks" }] }, 200],
    ["a proxy's 403", "<html>blocked</html>", 403],
    ["a proxy's 404", "<html>", 404],
  ])("takes %s for foreign", async (_, body, status) => {
    answering(body, status);
    expect((await failure()).kind).toBe("foreign");
  });

  test.each([
    [401, { code: "token.unknown" }, "unauthorised"],
    [403, { code: "token.revoked" }, "unauthorised"],
    [404, { code: "link.unknown" }, "unauthorised"],
    [503, { code: "store.unavailable" }, "busy"],
    [429, "slow down", "busy"],
    [400, { code: "batch.malformed" }, "rejected"],
    [408, "", "rejected"],
    [413, "<html>", "rejected"],
    [500, "", "rejected"],
  ])("tells %i with %o as %s", async (status, body, kind) => {
    answering(body, status);
    expect((await failure()).kind).toBe(kind);
  });

  test("reads how long a busy peer wants to be left alone", async () => {
    answering("", 503, { "Retry-After": "30" });
    expect((await failure()).retryAfter).toBe(30);
    answering("", 503, { "Retry-After": "soon" });
    expect((await failure()).retryAfter).toBeNull();
    answering("", 503);
    expect((await failure()).retryAfter).toBeNull();
  });

  test("is offline where nobody answers, and gives up after a minute", async () => {
    vi.useFakeTimers();
    vi.stubGlobal("fetch", (_: string, { signal }: RequestInit) =>
      new Promise((_resolve, reject) => signal!.addEventListener("abort", () => reject(new Error("aborted")))),
    );
    vi.stubGlobal("CompressionStream", undefined);
    const failed = failure();
    await vi.advanceTimersByTimeAsync(60_000);
    expect((await failed).kind).toBe("offline");
  });
});
