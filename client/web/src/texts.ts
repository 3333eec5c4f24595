/** What the page says, in the language of the person before it. Vietnamese is written first; both catalogues have the same keys. */
import { signal } from "@preact/signals";
import { inLanguage, type Text } from "./language/survey.ts";
import english from "./texts/en.json";
import vietnamese from "./texts/vi.json";

export type Key = keyof typeof vietnamese;
export type Facts = Readonly<Record<string, string | number>>;

export const DEFAULT_LANGUAGE = "vi";
export const language = signal(DEFAULT_LANGUAGE);

const catalogues: Readonly<Record<string, Readonly<Record<Key, string>>>> = { vi: vietnamese, en: english };

export const t = (key: Key, facts: Facts = {}): string => filled(wordsFor(catalogues)[key], facts);

/** The catalogue of the language in use; surveys may have languages that the page itself does not speak. */
export const wordsFor = <Words>(all: Readonly<Record<string, Words>>): Words => all[language.value] ?? (all[DEFAULT_LANGUAGE] as Words);

/** `{name}` becomes the fact of that name; numbers are written the way the language writes them. */
export function filled(sentence: string, facts: Facts): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const fact = facts[name];
    return typeof fact === "number" ? formatNumber(fact) : (fact ?? whole);
  });
}

export const formatNumber = (number: number): string => new Intl.NumberFormat(language.value, { maximumSignificantDigits: 15 }).format(number);

/** The languages of the survey in use, in its own order: where a translation is missing, the first that has the text speaks. */
export const fallbacks = signal<readonly string[]>([]);

/** A survey's own words in the language in use, else in the first of its languages that has them. */
export const said = (text: Text | undefined): string => (text ? inLanguage(text, language.value, [...fallbacks.value, DEFAULT_LANGUAGE]) : "");

/** A language by its own name, so that whoever speaks it finds it. */
export function languageName(code: string): string {
  const key = `language.${code}`;
  if (key in vietnamese) return t(key as Key);
  return new Intl.DisplayNames([code], { type: "language" }).of(code) ?? code;
}

export function speak(code: string): void {
  language.value = code;
  document.documentElement.lang = code;
}
