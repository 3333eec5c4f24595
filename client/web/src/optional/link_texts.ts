/** Why a link is not open or an answer was not taken, in more than the few words that every visit carries; a chunk of its own. */
export { default as en } from "../texts/link_texts.en.json";
export { default as vi } from "../texts/link_texts.vi.json";
