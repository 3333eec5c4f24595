/** Where and how a person answers. */
import type { Campaign, Site } from "../road/wire.ts";

/** `tablet`: staff hand the device over. `link`: a worker's own phone. `hotspot`: the same, but over plain HTTP through a collector. */
export type Mode = "tablet" | "hotspot" | "link";

export interface Place {
  readonly mode: Mode;
  readonly campaign: Campaign;
  readonly site: Site;
  /** The code of the link, where one was followed. */
  readonly link?: string;
}

export const isShared = (place: Place): boolean => place.mode === "tablet";
