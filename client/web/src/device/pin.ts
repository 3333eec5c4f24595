/**
 * The PIN that keeps a person who answers inside the survey. It guards against curiosity, not against a laboratory: whoever
 * reads the device's disk finds no answers with or without it.
 */
import { canSeal } from "../transport/sealing.ts";
import { type Pin, readFact, updateFact, writeFact } from "./store.ts";

const ROUNDS = 200_000;
const FREE_TRIES = 5;
const FIRST_WAIT = 30_000;
const LONGEST_WAIT = 15 * 60_000;

/** How much of a wait a reload may cost anew, in milliseconds: what is left is written down no oftener. */
const STEP = 5_000;

export type Verdict = { isRight: true } | { isRight: false; triesLeft: number; waitSeconds: number };

export type Weakness = "short" | "simple";

export function weaknessOf(pin: string): Weakness | undefined {
  if (!/^\d{4,8}$/.test(pin)) return "short";
  const digits = [...pin].map(Number);
  const steps = new Set(digits.slice(1).map((digit, index) => digit - (digits[index] ?? 0)));
  return steps.size === 1 && [0, 1, -1].includes([...steps][0] ?? 2) ? "simple" : undefined;
}

export async function setPin(pin: string): Promise<void> {
  const salt = hex(crypto.getRandomValues(new Uint8Array(16)));
  await writeFact("pin", { salt, digest: await digestOf(pin, salt, ROUNDS), rounds: ROUNDS, wrong: 0, wait: 0 });
}

/** Until when no try is taken, by this page's monotonic clock, after how many wrong tries. Another tab may have counted more. */
let shut = { wrong: 0, until: 0 };

/**
 * How long to wait until the next try is taken; `now` is of a monotonic clock. A device's clock has no say: what is left is kept
 * with the PIN, counts down while the page is open and goes on from there after a reload.
 */
export async function secondsToWait(now: number): Promise<number> {
  const pin = await readFact("pin");
  if (!pin) return 0;
  if (shut.wrong !== pin.wrong) shut = { wrong: pin.wrong, until: now + Math.min(pin.wait ?? 0, LONGEST_WAIT) };
  const left = Math.max(0, shut.until - now);
  if (pin.wait > 0 && (left === 0 || pin.wait - left >= STEP)) await updateFact("pin", (kept) => (kept.wrong === pin.wrong ? { ...kept, wait: left } : kept));
  return Math.ceil(left / 1000);
}

/** Wrong tries are counted before they are judged, so that a reload gives nobody a free one. Without a PIN only a page that cannot have one opens. */
export async function checkPin(entered: string, now: number): Promise<Verdict> {
  const waitSeconds = await secondsToWait(now);
  if (waitSeconds) return { isRight: false, triesLeft: 0, waitSeconds };
  const { wrong } = shut;
  let isTaken = false;
  const pin = await updateFact("pin", (kept) => {
    isTaken = kept.wrong === wrong;
    return isTaken ? { ...kept, wrong: kept.wrong + 1, wait: waitAfter(kept.wrong + 1) } : kept;
  });
  if (pin && !isTaken) return checkPin(entered, now); // of several tries at once, in tabs or by quick fingers, each waits for the ones before
  if (!pin) return canSeal() ? { isRight: false, triesLeft: 0, waitSeconds: 0 } : { isRight: true };
  shut = { wrong: pin.wrong, until: now + pin.wait };
  if ((await digestOf(entered, pin.salt, pin.rounds)) === pin.digest) {
    await updateFact("pin", (kept) => ({ ...kept, wrong: 0, wait: 0 }));
    return { isRight: true };
  }
  return { isRight: false, triesLeft: Math.max(0, FREE_TRIES - pin.wrong), waitSeconds: Math.ceil(pin.wait / 1000) };
}

const waitAfter = (wrong: number): number => (wrong < FREE_TRIES ? 0 : Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (wrong - FREE_TRIES)));

export const hasPin = async (): Promise<boolean> => (await readFact("pin")) !== undefined;

/** A browser without WebCrypto (a page that came by plain HTTP) keeps staff on the desk; there is nothing to hash with. */
async function digestOf(pin: string, salt: string, rounds: number): Promise<Pin["digest"]> {
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"]);
  const bits = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt: new TextEncoder().encode(salt), iterations: rounds }, key, 256);
  return hex(new Uint8Array(bits));
}

const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
