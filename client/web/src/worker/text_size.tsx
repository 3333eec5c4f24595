/** Larger letters at a tap, for whoever left the glasses at home. Kept in memory only: the next person starts with the usual size. */
import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { t } from "../texts.ts";

const SIZES = ["", "125%", "150%"] as const;
const chosen = signal(0);

export function setTextSize(size: number): void {
  chosen.value = size % SIZES.length;
  document.documentElement.style.fontSize = SIZES[chosen.value] ?? "";
}

export function TextSize({ class: className }: { class: string }): JSX.Element {
  const size = `Aa${"+".repeat(chosen.value)}`;
  return (
    <button type="button" class={`${className} text-size`} aria-label={`${t("text.size")}: ${size}`} title={t("text.size")} onClick={() => setTextSize(chosen.value + 1)}>
      {size}
    </button>
  );
}
