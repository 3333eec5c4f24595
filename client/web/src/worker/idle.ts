/** Watches over a person who went away: after two minutes untouched, or when a kiosk's page is hidden, the answers go. */

export const IDLE_SECONDS = 120;
export const WARNING_SECONDS = 20;

export interface Watch {
  stop(): void;
  touch(): void;
}

interface Concerns {
  /** Called each second near the end with what is left, and with undefined once somebody touched the page again. */
  warn(secondsLeft: number | undefined): void;
  wipe(): void;
  /** Whether leaving the page for a moment already wipes: on a device that passes from hand to hand. */
  isShared: boolean;
}

const TOUCHES = ["pointerdown", "keydown", "input", "wheel", "touchmove"] as const;

/** Clock times are compared rather than ticks counted, since browsers let pages sleep. */
export function watchOver(concerns: Concerns): Watch {
  let touched = Date.now();
  let isWarned = false;
  const touch = (): void => {
    touched = Date.now();
    if (isWarned) concerns.warn(undefined);
    isWarned = false;
  };
  const look = (): void => {
    const left = IDLE_SECONDS - Math.floor(Math.abs(Date.now() - touched) / 1000);
    if (left <= 0) concerns.wipe();
    else if (left <= WARNING_SECONDS) {
      isWarned = true;
      concerns.warn(left);
    }
  };
  const hidden = (): void => {
    if (document.visibilityState === "hidden" && concerns.isShared) concerns.wipe();
    else look();
  };
  const timer = setInterval(look, 1000);
  for (const name of TOUCHES) addEventListener(name, touch, { passive: true, capture: true });
  document.addEventListener("visibilitychange", hidden);
  addEventListener("pagehide", concerns.wipe);
  return {
    touch,
    stop() {
      clearInterval(timer);
      for (const name of TOUCHES) removeEventListener(name, touch, { capture: true });
      document.removeEventListener("visibilitychange", hidden);
      removeEventListener("pagehide", concerns.wipe);
    },
  };
}
