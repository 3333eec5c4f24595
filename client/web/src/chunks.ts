/** What of the page is built into files of its own and loaded only where it is needed, by the names of those files. */
export const CHUNKS = ["staff", "tablet", "rankings_and_media", "dates_and_decimals", "right_answers", "survey_kind_texts", "link_texts", "former_outbox", "en"] as const;

export type Chunk = (typeof CHUNKS)[number];
