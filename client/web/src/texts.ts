/** What the page says, in the language of the person before it. Vietnamese is written first; both catalogues have the same keys. */
import { signal } from "@preact/signals";
import { inLanguage, nearest, type Text } from "./language/survey.ts";
import vietnamese from "./texts/vi.json";

export type TextKey = keyof typeof vietnamese;
export type TextValues = Readonly<Record<string, string | number>>;

export const DEFAULT_LANGUAGE = "vi";
export const language = signal(DEFAULT_LANGUAGE);

type Texts = Readonly<Record<TextKey, string>>;

const catalogues = signal<Readonly<Record<string, Texts>>>({ vi: vietnamese });

let loadEnglish: () => Promise<Texts | undefined> = () => Promise.resolve(undefined);

/** English is a file of its own, which a visit in Vietnamese never reads. */
export const loadEnglishBy = (load: () => Promise<Texts>): void => void (loadEnglish = load);

export const t = (key: TextKey, facts: TextValues = {}): string => filledIn(inCatalogue(catalogues.value)[key], facts);

/** Load the catalogue that a language needs: any but Vietnamese may fall back on English. Where that is not to be had, the page goes on in Vietnamese. */
export async function loadTexts(code: string): Promise<void> {
  if (nearest({ vi: vietnamese }, code) || catalogues.value["en"]) return;
  const en = await loadEnglish().catch(() => undefined);
  if (en) catalogues.value = { ...catalogues.value, en };
}

/** The catalogue of the language in use; where the page does not speak it, of the first of the survey's languages that it speaks. */
export const inCatalogue = <Words>(all: Readonly<Record<string, Words>>): Words =>
  [language.value, ...fallbacks.value, DEFAULT_LANGUAGE].map((code) => nearest(all, code)).find(Boolean) as Words;

/** `{name}` becomes the fact of that name; numbers are written the way the language writes them. */
export function filledIn(sentence: string, facts: TextValues): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const fact = facts[name];
    return typeof fact === "number" ? formatNumber(fact) : (fact ?? whole);
  });
}

export const formatNumber = (number: number): string => new Intl.NumberFormat(language.value, { maximumSignificantDigits: 15 }).format(number);

/** A long number as it is written and, from thousands on, as it is said: 7.500.000 (7,5 triệu). */
export function numberWithMagnitude(number: number): string {
  const size = new Intl.NumberFormat(language.value, { notation: "compact", compactDisplay: "long", maximumSignificantDigits: 15 }).format(number);
  const isRound = Math.abs(number) >= 1e6 || number % 1000 === 0;
  return isRound && /\p{L}/u.test(size) ? `${formatNumber(number)} (${size})` : formatNumber(number);
}

/** The languages of the survey in use, in its own order: where a translation is missing, the first that has the text speaks. */
export const fallbacks = signal<readonly string[]>([]);

/** A survey's own words in the language in use, else in the first of its languages that has them. */
export const localized = (text: Text | undefined): string => (text ? inLanguage(text, language.value, [...fallbacks.value, DEFAULT_LANGUAGE]) : "");

/** A language by its own name, so that whoever speaks it finds it. */
export function languageName(code: string): string {
  const key = `language.${code}`;
  if (key in vietnamese) return t(key as TextKey);
  return (Intl.DisplayNames && new Intl.DisplayNames([code], { type: "language" }).of(code)) ?? code;
}

/** Loads the texts first, so that no screen mixes two languages; what was wanted last counts, however slowly texts arrive. */
export async function changeLanguage(code: string): Promise<void> {
  wanted = code;
  await loadTexts(code);
  if (wanted === code) setLanguage(code);
}

let wanted = DEFAULT_LANGUAGE;

export function setLanguage(code: string): void {
  wanted = code;
  language.value = code;
  document.documentElement.lang = code;
}
