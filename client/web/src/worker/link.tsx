/** What a worker's own phone tells of a link: why it is not open, what still lies on the phone, and what became of her answers. */
import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { fate, isDurable, stillHere } from "../device/sending.ts";
import type { Closed } from "../device/store.ts";
import { filled, type Key, t, wordsFor } from "../texts.ts";
import { dayInWords } from "./in_words.ts";

const rare = signal<typeof import("../seldom/links.ts") | undefined>(undefined);

/** Where they cannot be had, the usual words are true as well. */
export async function bringLinkWords(): Promise<void> {
  rare.value ??= await import("../seldom/links.ts").catch(() => undefined);
}

type RareKey = keyof typeof import("../texts/links.vi.json");

const say = (key: RareKey, usual: Key, day = ""): string => {
  const words = rare.value && wordsFor({ vi: rare.value.vi, en: rare.value.en });
  return words ? filled(words[key], { day }) : t(usual);
};

/** The title of a link that is not open, and what to do. */
export function whyClosed({ code, day }: Closed): { title: string; body: string } {
  const inWords = day && dayInWords(day);
  switch (code) {
    case "link.revoked":
      return { title: say("link.revoked.title", "link.unknown.title"), body: say("link.revoked.body", "link.unknown.body") };
    case "quota.site_full":
      return { title: say("link.full.title", "link.unknown.title"), body: say("link.full.body", "link.unknown.body") };
    case "campaign.not_begun":
      return { title: say("link.not_begun.title", "link.unknown.title"), body: say(inWords ? "link.not_begun.from" : "link.not_begun.body", "link.unknown.body", inWords) };
    case "campaign.over":
      return { title: t("link.over.title"), body: inWords ? t("link.over.to", { day: inWords }) : say("link.over.body", "link.unknown.body") };
    case "link.unknown":
      return { title: t("link.unknown.title"), body: t("link.unknown.body") };
    case "offline":
      return { title: t("link.offline.title"), body: t("link.offline.body") };
    default:
      return { title: say("link.busy.title", "app.failed.title"), body: say("link.busy.body", "link.offline.body") };
  }
}

/** Envelopes of earlier sittings that the union's server has not yet taken. */
export function StillHere(): JSX.Element | null {
  const left = stillHere.value;
  if (!isDurable.value) return <p class="notice">{t("link.unstored")}</p>;
  if (left.length === 0) return null;
  const isHindered = left.some(({ code }) => code !== "");
  return (
    <p class="notice" role="status">
      {t(isHindered ? "link.held" : "link.waiting", { count: left.length })}
    </p>
  );
}

/** Three true states: kept here, taken, not taken. Nothing is called sent before its receipt came. */
export function Fate(): JSX.Element {
  const { state } = fate.value;
  useEffect(() => void (state === "not_taken" && bringLinkWords()), [state]);
  return (
    <p role="status" class={state === "taken" ? undefined : "notice"}>
      {sayFate()}
    </p>
  );
}

function sayFate(): string {
  const now = fate.value;
  if (now.state === "taken") return t("thanks.link.sent");
  if (now.state === "kept") return t(isDurable.value ? "thanks.link.waiting" : "thanks.link.unstored");
  if (now.code === "quota.site_full") return say("thanks.link.full", "thanks.link.not_taken");
  return now.code === "campaign.over" ? say("thanks.link.over", "thanks.link.not_taken") : t("thanks.link.not_taken");
}
