/**
 * The PIN that keeps a person who answers inside the survey. It guards against curiosity, not against a laboratory: whoever
 * reads the device's disk finds no answers with or without it.
 */
import { type Pin, recall, remember } from "./store.ts";

const ROUNDS = 200_000;
const FREE_TRIES = 5;
const FIRST_WAIT = 30_000;
const LONGEST_WAIT = 15 * 60_000;

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
  await remember("pin", { salt, digest: await digestOf(pin, salt, ROUNDS), rounds: ROUNDS, wrong: 0, lockedUntil: 0 });
}

/** Wrong tries are counted before they are judged, so that a reload gives nobody a free one. */
export async function tryPin(entered: string, now: number): Promise<Verdict> {
  const pin = await recall("pin");
  if (!pin) return { isRight: true };
  const wait = Math.min(pin.lockedUntil - now, LONGEST_WAIT);
  if (wait > 0) return { isRight: false, triesLeft: 0, waitSeconds: Math.ceil(wait / 1000) };
  const counted = { ...pin, wrong: pin.wrong + 1, lockedUntil: now + waitAfter(pin.wrong + 1) };
  await remember("pin", counted);
  if ((await digestOf(entered, pin.salt, pin.rounds)) === pin.digest) {
    await remember("pin", { ...pin, wrong: 0, lockedUntil: 0 });
    return { isRight: true };
  }
  return { isRight: false, triesLeft: Math.max(0, FREE_TRIES - counted.wrong), waitSeconds: Math.ceil(waitAfter(counted.wrong) / 1000) };
}

const waitAfter = (wrong: number): number => (wrong < FREE_TRIES ? 0 : Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (wrong - FREE_TRIES)));

export const hasPin = async (): Promise<boolean> => (await recall("pin")) !== undefined;

/** A browser without WebCrypto (a page that came by plain HTTP) keeps staff on the desk; there is nothing to hash with. */
async function digestOf(pin: string, salt: string, rounds: number): Promise<Pin["digest"]> {
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"]);
  const bits = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt: new TextEncoder().encode(salt), iterations: rounds }, key, 256);
  return hex(new Uint8Array(bits));
}

const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
