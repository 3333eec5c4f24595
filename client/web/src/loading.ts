/** Loads the page's chunks: the only module with an import(), and only app.ts calls it. Each fails where its file is neither on the device nor to be had. */
import type { Chunk } from "./chunks.ts";
import { formerOwner } from "./device/permissions.ts";
import { keepChunk } from "./device/updating.ts";
import type { Survey } from "./language/survey.ts";
import type { DeviceOutbox } from "./transport/device_outbox.ts";
import { linkTexts } from "./worker/link_notices.tsx";
import { chunksFor, datesAndDecimals, rankingsAndMedia, rightAnswers, surveyKindTexts, tabletModule } from "./worker/optional_parts.ts";

const LOAD: Readonly<Partial<Record<Chunk, () => Promise<unknown>>>> = {
  rankings_and_media: async () => (rankingsAndMedia.value ??= await import("./optional/rankings_and_media.tsx")),
  dates_and_decimals: async () => (datesAndDecimals.value ??= await import("./optional/dates_and_decimals.tsx")),
  right_answers: async () => (rightAnswers.value ??= await import("./optional/right_answers.tsx")),
  survey_kind_texts: async () => (surveyKindTexts.value ??= { ...(await import("./optional/survey_kind_texts.ts")) }),
};

/** Whatever this survey needs; kept on the device from then on. */
export async function loadForSurvey(survey: Survey): Promise<void> {
  const chunks = chunksFor(survey);
  await Promise.all(chunks.map((chunk) => LOAD[chunk]?.()));
  for (const chunk of chunks) void keepChunk(chunk);
}

/** What a device of staff's does beside asking; there before anything is shown on one, and kept for days without a network. */
export async function loadTablet(): Promise<typeof import("./device/tablet.ts")> {
  tabletModule.value ??= await import("./device/tablet.ts");
  void keepChunk("tablet");
  return tabletModule.value;
}

/** Staff's screens; a worker's phone never loads them. */
export const loadStaff = (): Promise<typeof import("./staff/staff.tsx")> => import("./staff/staff.tsx");

/** More words about links. Where they cannot be had, the usual words are true as well. */
export async function loadLinkTexts(): Promise<void> {
  linkTexts.value ??= await import("./optional/link_texts.ts").then((texts) => ({ ...texts }), () => undefined);
}

export const loadEnglish = async () => (await import("./texts/en.json")).default;

/** Only a device that an earlier version of the page was used on needs what can do this. */
export const moveFormerOutbox = async (outbox: DeviceOutbox): Promise<void> => (await import("./transport/former_outbox.ts")).moveFormerOutboxes(outbox, formerOwner);
