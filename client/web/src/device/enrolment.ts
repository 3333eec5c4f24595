/** How this installation becomes known to the hop that serves it: by a code that staff type, or by itself beside a collector. */
import type { EnrolmentAnswer, HopDocument } from "../transport/wire.ts";
import { callHop, type Authorization, Unreachable } from "./requests.ts";
import { type Enrolment, readFact, writeFact } from "./store.ts";

export async function enrol(code: string, name: string, isBySelf = false): Promise<Enrolment> {
  const { document } = await callHop("api/v1/enrolments", { method: "POST", document: { code: tidyCode(code), name: name.normalize("NFC").trim() } });
  const answer = document as EnrolmentAnswer;
  if (typeof answer?.token !== "string" || typeof answer.collector !== "string") throw new Unreachable();
  const enrolment: Enrolment = { collector: answer.collector, token: answer.token, server: answer.server, name: name.trim(), isBySelf };
  await writeFact("enrolment", enrolment);
  return enrolment;
}

/** Codes are said aloud and typed by thumb: case, spaces and dashes do not matter. */
export const tidyCode = (code: string): string => code.toUpperCase().replace(/[\s.-]/g, "");

/** Beside a collector the page needs nobody to type a code. Undefined when staff have to do it. */
export async function enrolBySelf(): Promise<Enrolment | undefined> {
  try {
    const hop = (await callHop("api/v1/hop", { seconds: 10 })).document as HopDocument;
    return hop.hop === "collector" && hop.code ? await enrol(hop.code, hop.name, true) : undefined;
  } catch {
    return undefined;
  }
}

export async function authorization(): Promise<Authorization | undefined> {
  const enrolment = await readFact("enrolment");
  return enrolment && { scheme: "Bearer", secret: enrolment.token };
}
