/** Which of the page's few screens is shown, and what the page knows of the sitting that staff opened. Changed by app.ts. */
import { signal } from "@preact/signals";
import type { ClosedLink, Sitting } from "./device/store.ts";
import type { Visit } from "./worker/visit.ts";

export type Screen =
  | { name: "opening" }
  | { name: "broken" }
  | { name: "no_link"; closed: ClosedLink }
  | { name: "visit"; visit: Visit }
  | { name: "ended"; isOver: boolean }
  | { name: "gate"; visit?: Visit | undefined; /** Of whoever had the device before. */ language: string }
  | { name: "desk" };

export const screen = signal<Screen>({ name: "opening" });

/** Whether the device was handed over: then only the PIN leads to the desk, whatever happens to the campaign, the store or the page. */
export const isKiosk = signal(false);

/** Where staff last were; the desk opens there again. */
export const lastSitting = signal<Sitting | undefined>(undefined);

/** What staff's screens may do with the page as a whole. */
export interface StaffActions {
  /** Show what this device is for now: its sitting, its link or the desk. */
  readonly open: () => Promise<void>;
  /** Hand the device over to workers at a workplace. */
  readonly handOver: (sitting: Sitting) => Promise<void>;
  /** The PIN was right: the sitting is over. */
  readonly endKiosk: () => Promise<void>;
  /** Back to whoever was answering when the PIN was asked for. */
  readonly backToVisit: () => Promise<void>;
}
