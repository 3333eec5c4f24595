/**
 * For whom an envelope was made, and by which permission it may go now. An envelope of one link is never offered under another
 * campaign's, and what was collected for one server waits for that server.
 */
import type { Envelope } from "../transport/wire.ts";
import type { Authorization } from "./requests.ts";
import { type Enrolment, type KnownLink, knownLinks, readFact } from "./store.ts";

export const LINK_OWNER = "Link ";
export const BEARER_OWNER = "Bearer ";

export const ownerOfLink = (code: string): string => LINK_OWNER + code;

/** Whatever collector serves this page, it carries on to its own server: there the page's envelopes are for any collector. */
export async function ownerOfEnrolment(enrolment: Enrolment): Promise<string> {
  const hop = await readFact("hop");
  const isCollector = enrolment.isBySelf ?? (hop?.collector === enrolment.collector && hop.kind === "collector");
  return BEARER_OWNER + (isCollector ? "collector" : enrolment.server.identity);
}

/** For whom an earlier version of the page made an envelope, as far as that can be told now. */
export async function formerOwner(kind: string, { campaign }: Pick<Envelope, "campaign">): Promise<string> {
  if (kind === LINK_OWNER) return ownerOfLink([...(await knownLinks())].find(([, link]) => link.id === campaign)?.[0] ?? "");
  const enrolment = await readFact("enrolment");
  return enrolment ? ownerOfEnrolment(enrolment) : BEARER_OWNER;
}

/** The permissions that may carry what was made for `by`, in the order in which they are to be tried. */
export async function permissionsFor(by: string): Promise<Authorization[]> {
  const known = by.startsWith(LINK_OWNER) && (await knownLinks().catch(() => new Map<string, KnownLink>())); // barred: a link still knows itself
  if (known) return linksFor(by.slice(LINK_OWNER.length), known).map((secret) => ({ scheme: "Link", secret }));
  const enrolment = await readFact("enrolment");
  const fits = enrolment && (by === BEARER_OWNER || by === (await ownerOfEnrolment(enrolment)));
  return fits ? [{ scheme: "Bearer", secret: enrolment.token }] : [];
}

/** Its own link first; then whatever open link this device knows to the same campaign and site, for when its own is no longer open. */
export function linksFor(code: string, known: ReadonlyMap<string, KnownLink>): string[] {
  if (code === "") return [...known.keys()]; // kept by an earlier version, which did not note it
  const own = known.get(code);
  const isSame = (other: KnownLink): boolean => other.id === own?.id && other.sites[0]?.id === own.sites[0]?.id;
  const others = [...known].filter(([other, link]) => other !== code && !link.closed && isSame(link)).map(([other]) => other);
  return [code, ...others];
}
