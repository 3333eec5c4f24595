/** Why a link is not open or an answer was not taken, in more than the few words that every visit carries; a part of its own. */
export { default as en } from "../texts/links.en.json";
export { default as vi } from "../texts/links.vi.json";
