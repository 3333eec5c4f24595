/** Days and moments as the language writes them, in one form each, in the device's own time zone. No day can be read as a month. */
import { language } from "../texts.ts";
import { dayOf } from "../worker/day.ts";
import { dayInWords } from "../worker/in_words.ts";

const IN_TIME = { timeStyle: "short" } as const;

export function inMoments(iso: string): string {
  const moment = new Date(iso);
  return `${inDays(dayOf(moment))} ${new Intl.DateTimeFormat(language.value, IN_TIME).format(moment)}`;
}

export const inDays = (day: string): string => dayInWords(day);

export const inPeriods = (from: string, to: string): string => `${inDays(from)} – ${inDays(to)}`;
