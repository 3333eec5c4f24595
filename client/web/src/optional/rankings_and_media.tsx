/** Rankings, long lists, pictures and sound, in one chunk that is loaded before the first screen of a survey that needs it. */
import "./rankings_and_media.css";

export { LongList } from "./long_list.tsx";
export { Media } from "./media.tsx";
export { RankField as Field } from "./rank_field.tsx";
export { stopSound } from "./audio_player.ts";
export { hintOf, problemOf } from "./rankings_and_media_texts.ts";
