/**
 * Watches over a person who went away. Two minutes untouched, or a page hidden as long, and the answers go; never without a
 * warning on a screen that is seen. Time is counted by the monotonic clock, so that a device's clock may be put right meanwhile.
 */

export const IDLE_SECONDS = 120;
export const WARNING_SECONDS = 20;

/** The monotonic clock may stand still while a device sleeps; the other clock tells then, as far as it is off by more than somebody puts a clock right. */
const SLEPT_SECONDS = IDLE_SECONDS + 300;

/** Why answers are gone: nobody touched the screen, nobody saw it, or the page itself went. */
export type WipeReason = "idle" | "hidden" | "left";

export interface IdleWatch {
  stop(): void;
}

interface IdleCallbacks {
  /** Called each second near the end with what is left, and with undefined once somebody touched the page again. */
  warn(secondsLeft: number | undefined): void;
  wipe(why: WipeReason): void;
  /** The page is no longer seen: whoever sees it next may be somebody else. */
  hide(): void;
}

const TOUCHES = ["pointerdown", "keydown", "input", "wheel", "touchmove"] as const;

interface Moment {
  readonly steady: number;
  readonly clock: number;
}

const moment = (): Moment => ({ steady: performance.now() / 1000, clock: Date.now() / 1000 });

export function watchForIdle(concerns: IdleCallbacks): IdleWatch {
  let touched = moment().steady;
  let warned: number | undefined;
  let hidden: Moment | undefined;
  let looked = moment();
  const touch = (): void => {
    touched = moment().steady;
    hidden = undefined; // who touches the page sees it
    if (warned !== undefined) concerns.warn(undefined);
    warned = undefined;
  };
  const look = (): void => {
    const now = moment();
    const slept = now.clock - looked.clock - (now.steady - looked.steady);
    looked = now;
    if (hidden) {
      if (now.steady - hidden.steady >= IDLE_SECONDS) concerns.wipe("hidden");
      return;
    }
    if (slept >= SLEPT_SECONDS) concerns.hide();
    if (slept >= SLEPT_SECONDS || now.steady - touched >= IDLE_SECONDS - WARNING_SECONDS) warned ??= now.steady;
    if (warned === undefined) return;
    const left = Math.ceil(WARNING_SECONDS - (now.steady - warned));
    if (left > 0) concerns.warn(left);
    else concerns.wipe("idle");
  };
  const turn = (): void => {
    const now = moment();
    if (document.visibilityState === "hidden") {
      hidden ??= now;
      concerns.hide();
      return;
    }
    const away = { steady: now.steady - (hidden ?? now).steady, clock: now.clock - (hidden ?? now).clock };
    hidden = undefined;
    looked = now;
    if (away.steady >= IDLE_SECONDS || away.clock >= SLEPT_SECONDS) return concerns.wipe("hidden");
    if (away.clock >= IDLE_SECONDS - WARNING_SECONDS) warned = now.steady;
    look();
  };
  const leave = (): void => concerns.wipe("left");
  const timer = setInterval(look, 1000);
  const letSleep = keepAwake();
  for (const name of TOUCHES) addEventListener(name, touch, { passive: true, capture: true });
  document.addEventListener("visibilitychange", turn);
  addEventListener("pagehide", leave);
  return {
    stop() {
      clearInterval(timer);
      letSleep();
      for (const name of TOUCHES) removeEventListener(name, touch, { capture: true });
      document.removeEventListener("visibilitychange", turn);
      removeEventListener("pagehide", leave);
    },
  };
}

/** While somebody answers the screen stays lit, where the browser can do that; it lets go whenever the page is hidden. */
function keepAwake(): () => void {
  let lock: WakeLockSentinel | undefined;
  let isOver = false;
  const ask = async (): Promise<void> => {
    if (document.visibilityState === "hidden" || !("wakeLock" in navigator)) return;
    try {
      lock = await navigator.wakeLock.request("screen");
      if (isOver) await lock.release();
    } catch {
      // a low battery or a rule of the device: the screen may go dark, and is covered then
    }
  };
  const askAgain = (): void => void ask();
  askAgain();
  document.addEventListener("visibilitychange", askAgain);
  return () => {
    isOver = true;
    document.removeEventListener("visibilitychange", askAgain);
    void lock?.release();
  };
}
