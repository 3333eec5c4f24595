/** Rankings, long lists, pictures and sound, in one part that is loaded before the first screen of a survey that needs it. */
import "./seldom.css";

export { Media } from "./media.tsx";
export { RankField as Field } from "./rank.tsx";
export { SearchedChoices } from "./searched.tsx";
export { hush } from "./sound.ts";
export { hintOf, problemOf } from "./words.ts";
