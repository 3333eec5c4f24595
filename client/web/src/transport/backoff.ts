/** How long to leave a peer alone after failures in a row: exponential, with full jitter, from one second to fifteen minutes. */

const FIRST = 1;
const LONGEST = 900;
const LONGEST_RETRY_AFTER = 3600;

/** The wait in seconds; `chance` is a number from 0 to 1. */
export function delay(failures: number, chance: number = Math.random()): number {
  const ceiling = Math.min(LONGEST, FIRST * 2 ** Math.min(Math.max(failures, 1), 32));
  return FIRST + chance * (ceiling - FIRST);
}

/** The wait as the peer asked for it, an hour at most, where that is longer. */
export function retryDelay(failures: number, retryAfter: number | null, chance?: number): number {
  return Math.max(delay(failures, chance), Math.min(retryAfter ?? 0, LONGEST_RETRY_AFTER));
}

/** How many envelopes to offer: fewer after each failure, because a line too slow for a hundred may carry ten. */
export function batchSize(most: number, failures: number): number {
  return Math.max(1, most >> Math.min(failures, 8));
}
