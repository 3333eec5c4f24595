/** Where and how a person answers. */
import type { Campaign, Site } from "../transport/wire.ts";

/** `tablet`: staff hand the device over. `link`: a worker's own phone. `hotspot`: the same, but over plain HTTP through a collector. */
export type Mode = "tablet" | "hotspot" | "link";

export interface Session {
  readonly mode: Mode;
  readonly campaign: Campaign;
  readonly site: Site;
}

export const isSharedDevice = (session: Session): boolean => session.mode === "tablet";
