/** What a worker's own phone tells of a link: why it is not open, what still lies on the phone, and what became of her answers. */
import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { delivery, isDurable, outboxEntries } from "../device/sending.ts";
import type { ClosedLink } from "../device/store.ts";
import { filledIn, inCatalogue, t, type TextKey } from "../texts.ts";
import type vietnamese from "../texts/link_texts.vi.json";
import { dayInWords } from "./answers_in_words.ts";

type LinkTexts = Readonly<Record<keyof typeof vietnamese, string>>;

/** More words than every visit loads, by language; where they cannot be had, the usual ones are true as well. */
export const linkTexts = signal<Readonly<Record<string, LinkTexts>> | undefined>(undefined);

const say = (key: keyof LinkTexts, usual: TextKey, day = ""): string => {
  const texts = linkTexts.value && inCatalogue(linkTexts.value);
  return texts ? filledIn(texts[key], { day }) : t(usual);
};

/** The title of a link that is not open, and what to do. */
export function whyClosed({ code, day }: ClosedLink): { title: string; body: string } {
  const answerInWords = day && dayInWords(day);
  switch (code) {
    case "link.revoked":
      return { title: say("link.revoked.title", "link.unknown.title"), body: say("link.revoked.body", "link.unknown.body") };
    case "quota.site_full":
      return { title: say("link.full.title", "link.unknown.title"), body: say("link.full.body", "link.unknown.body") };
    case "campaign.not_begun":
      return { title: say("link.not_begun.title", "link.unknown.title"), body: say(answerInWords ? "link.not_begun.from" : "link.not_begun.body", "link.unknown.body", answerInWords) };
    case "campaign.over":
      return { title: t("link.over.title"), body: answerInWords ? t("link.over.to", { day: answerInWords }) : say("link.over.body", "link.unknown.body") };
    case "link.unknown":
      return { title: t("link.unknown.title"), body: t("link.unknown.body") };
    case "offline":
      return { title: t("link.offline.title"), body: t("link.offline.body") };
    default:
      return { title: say("link.busy.title", "app.failed.title"), body: say("link.busy.body", "link.offline.body") };
  }
}

/** Envelopes of earlier sittings that the union's server has not yet taken. */
export function WaitingEnvelopes(): JSX.Element | null {
  const left = outboxEntries.value;
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
export function DeliveryNotice(): JSX.Element {
  const { state } = delivery.value;
  return (
    <p role="status" class={state === "taken" ? undefined : "notice"}>
      {sayDelivery()}
    </p>
  );
}

function sayDelivery(): string {
  const now = delivery.value;
  if (now.state === "taken") return t("thanks.link.sent");
  if (now.state === "kept") return t(isDurable.value ? "thanks.link.waiting" : "thanks.link.unstored");
  if (now.code === "quota.site_full") return say("thanks.link.full", "thanks.link.not_taken");
  return now.code === "campaign.over" ? say("thanks.link.over", "thanks.link.not_taken") : t("thanks.link.not_taken");
}
