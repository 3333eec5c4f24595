/** Days and moments as the language writes them, in the device's own time zone. */
import { language } from "../texts.ts";

export const inMoments = (iso: string): string => new Intl.DateTimeFormat(language.value, { dateStyle: "short", timeStyle: "short" }).format(new Date(iso));

export const inDays = (day: string): string => new Intl.DateTimeFormat(language.value, { dateStyle: "medium", timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));
