/** Requests to the hop that served this page. Each ends with what was asked for, a problem with a code, or nobody there. */
import { type Answer, request } from "../transport/over_http.ts";

export type Authorization = { readonly scheme: "Bearer" | "Link"; readonly secret: string };

export const authorizationHeader = (authorization: Authorization): string => `${authorization.scheme} ${authorization.secret}`;

/** The hop answered, and its answer is a problem. */
export class ProblemResponse extends Error {
  readonly code: string;
  readonly status: number;
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(code: string, status: number, facts: Readonly<Record<string, unknown>> = {}) {
    super(code);
    this.code = code;
    this.status = status;
    this.facts = facts;
  }
}

/** Nobody answered in time, or somebody else did (a captive portal, a proxy). */
export class Unreachable extends Error {}

export interface Reply {
  readonly isUnchanged: boolean;
  readonly etag: string | null;
  readonly document: unknown;
}

interface Call {
  readonly method?: "GET" | "POST" | "PUT";
  readonly document?: unknown;
  readonly authorization?: Authorization | undefined;
  readonly etag?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly seconds?: number;
}

export async function callHop(path: string, call: Call = {}): Promise<Reply> {
  const answer = await within(
    call.seconds ?? 60,
    request(path, call.authorization ? authorizationHeader(call.authorization) : null, {
      method: call.method ?? "GET",
      ...(call.document === undefined ? {} : { document: call.document }),
      headers: { ...call.headers, ...(call.etag ? { "If-None-Match": call.etag } : {}) },
    }),
  );
  const etag = answer.headers.get("ETag");
  if (answer.status === 304) return { isUnchanged: true, etag, document: undefined };
  if (answer.status >= 400) throw problemOf(answer);
  if (answer.status !== 204 && answer.document === undefined) throw new Unreachable();
  return { isUnchanged: false, etag, document: answer.document };
}

function problemOf({ status, document }: Answer): ProblemResponse | Unreachable {
  const facts = (document ?? {}) as Record<string, unknown>;
  const code = facts["code"];
  return typeof code === "string" ? new ProblemResponse(code, status, facts) : new Unreachable();
}

/** A weak network must not hold up a start that could do without it. */
async function within(seconds: number, answer: Promise<Answer>): Promise<Answer> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Unreachable()), seconds * 1000);
  });
  try {
    return await Promise.race([answer.catch(() => Promise.reject(new Unreachable())), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
