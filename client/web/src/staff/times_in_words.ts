/** Days and moments as the language writes them, in one form each, in the device's own time zone. No day can be read as a month. */
import { dayOf } from "../day.ts";
import { language } from "../texts.ts";
import { dayInWords } from "../worker/answers_in_words.ts";

const IN_TIME = { timeStyle: "short" } as const;

export function timeInWords(iso: string): string {
  const moment = new Date(iso);
  return `${dayInWords(dayOf(moment))} ${new Intl.DateTimeFormat(language.value, IN_TIME).format(moment)}`;
}

export const periodInWords = (from: string, to: string): string => `${dayInWords(from)} – ${dayInWords(to)}`;
