/**
 * Whether the browser erased what this device had collected. A mark in another store says how much that was when the page was here
 * last: two numbers, never an answer.
 */
import { signal } from "@preact/signals";
import { nameHere } from "../transport/installation.ts";
import type { Counts } from "../transport/outbox.ts";

const MARK = nameHere("langnghe-collected");

interface Mark {
  readonly collected: number;
  readonly waiting: number;
}

/** How many envelopes waited when they were seen last; undefined while nothing is missing. */
export const missingEnvelopes = signal<number | undefined>(undefined);

function read(): Mark | undefined {
  try {
    const mark = JSON.parse(localStorage.getItem(MARK) ?? "null") as Mark | null;
    return mark && Number.isInteger(mark.collected) && Number.isInteger(mark.waiting) ? mark : undefined;
  } catch {
    return undefined; // barred as well: then there is nothing to compare with
  }
}

const markOf = ({ waiting, sent, held }: Counts): Mark => ({ collected: waiting + sent + held, waiting: waiting + held });

function write(mark: Mark): void {
  try {
    localStorage.setItem(MARK, JSON.stringify(mark));
  } catch {
    return;
  }
}

/** The store of a device of staff's is not to be had, or knows of no enrolment: was there one? */
export function lookForLoss(): void {
  missingEnvelopes.value = read()?.waiting;
}

/** What an enrolled device has now. Less than it ever had is a loss, told until staff have read it. */
export function compareWithMark(counts: Counts): void {
  const before = read();
  const now = markOf(counts);
  if (before && before.collected > now.collected) missingEnvelopes.value = before.waiting;
  else write(now);
}

export function acknowledgeLoss(counts: Counts): void {
  missingEnvelopes.value = undefined;
  write(markOf(counts));
}
