/** One way to the next hop: fetch, with limits of time, where only an answer of the agreed form counts. */
import { compressed } from "./framing.ts";
import type { Batch, BatchReceipt, Receipt } from "./wire.ts";

export type FailureKind = "offline" | "busy" | "unauthorised" | "rejected" | "foreign" | "altered";

/** A request was not answered as agreed. Whether it arrived is unknown; sending again is always safe. */
export class TransportFailure extends Error {
  readonly kind: FailureKind;
  readonly code: string | null;
  readonly retryAfter: number | null;

  constructor(kind: FailureKind, code: string | null = null, retryAfter: number | null = null) {
    super(code ?? kind);
    this.kind = kind;
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

export interface Transport {
  deliver(batch: Batch): Promise<BatchReceipt>;
}

export type Answer = { readonly status: number; readonly headers: Headers; readonly document: unknown };
export type RequestOptions = {
  readonly method?: string;
  readonly document?: unknown;
  readonly headers?: Record<string, string>;
  readonly packed?: boolean;
};

const WHOLE = 60_000;
const BUSY = [429, 502, 503, 504, 507];
const TOO_MUCH_AT_ONCE = [400, 408, 413];

/** Delivers batches to the hop that served the page; `authorization` is "Bearer …" or "Link …". */
export function fetchTransport(authorization: string): Transport {
  return {
    async deliver(batch) {
      const answer = await request("api/v1/batches", authorization, { method: "POST", document: batch, packed: true });
      if (answer.status !== 200) throw failureOf(answer);
      return readReceipt(answer.document);
    },
  };
}

/** One request and its whole answer; a body that is no JSON leaves the document undefined. The path begins at the page's own folder. */
export async function request(path: string, authorization: string | null, options: RequestOptions = {}): Promise<Answer> {
  const aborter = new AbortController();
  const timer = setTimeout(() => aborter.abort(), WHOLE);
  try {
    const response = await fetch(path, { ...(await requestOf(authorization, options)), signal: aborter.signal });
    const text = await response.text();
    return { status: response.status, headers: response.headers, document: parsed(text) };
  } catch {
    throw new TransportFailure("offline");
  } finally {
    clearTimeout(timer);
  }
}

/** The failure that an answer is, for a caller who cannot use it. */
export function failureOf({ status, headers, document }: Answer): TransportFailure {
  const code = codeOf(document);
  const retryAfter = Number(headers.get("Retry-After") ?? Number.NaN);
  return new TransportFailure(kindOf(status, code), code, retryAfter >= 0 ? retryAfter : null);
}

async function requestOf(authorization: string | null, options: RequestOptions): Promise<RequestInit> {
  const headers: Record<string, string> = { Accept: "application/json, application/problem+json", ...options.headers };
  if (authorization !== null) headers["Authorization"] = authorization;
  const request: RequestInit = { method: options.method ?? "GET", headers, cache: "no-store", credentials: "omit", redirect: "error", referrerPolicy: "no-referrer" };
  if (options.document === undefined) return request;
  headers["Content-Type"] = "application/json";
  const text = JSON.stringify(options.document);
  if (!options.packed || typeof CompressionStream === "undefined") return { ...request, body: text };
  headers["Content-Encoding"] = "gzip";
  return { ...request, body: await compressed(new TextEncoder().encode(text), "gzip") };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function codeOf(document: unknown): string | null {
  const code = isRecord(document) ? document["code"] : null;
  return typeof code === "string" && /^[a-z][a-z_]*\.[a-z_]{1,60}$/.test(code) ? code : null;
}

function kindOf(status: number, code: string | null): FailureKind {
  if (code !== null && (status === 401 || status === 403 || /^(token|link)\./.test(code))) return "unauthorised";
  if (BUSY.includes(status)) return "busy";
  if (TOO_MUCH_AT_ONCE.includes(status) || status >= 500 || (code !== null && status >= 400)) return "rejected";
  return "foreign";
}

function readReceipt(document: unknown): BatchReceipt {
  if (isRecord(document) && typeof document["batch"] === "string" && Array.isArray(document["receipts"])) {
    const receipts: unknown[] = document["receipts"];
    if (receipts.every(isReceipt)) return { batch: document["batch"], receipts };
  }
  throw new TransportFailure("foreign");
}

function isReceipt(value: unknown): value is Receipt {
  return (
    isRecord(value) &&
    typeof value["id"] === "string" &&
    ["stored", "duplicate", "refused"].includes(value["status"] as string) &&
    (value["digest"] === undefined || typeof value["digest"] === "string") &&
    (value["problem"] === undefined || isRecord(value["problem"]))
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
