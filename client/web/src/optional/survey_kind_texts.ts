/** Sentences that are true for forms of units, praise and feedback only; a chunk of its own. */
export { default as en } from "../texts/survey_kind_texts.en.json";
export { default as vi } from "../texts/survey_kind_texts.vi.json";
