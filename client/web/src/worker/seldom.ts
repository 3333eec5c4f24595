/**
 * What few surveys use comes in parts of its own, so that everybody else's visit stays small: rankings, long lists, pictures and sound; dates,
 * decimals and ranges; right answers afterwards; sentences for other kinds of form. Each is there before the first screen of a survey that needs it.
 */
import { signal } from "@preact/signals";
import { keepPart, type Part } from "../device/updating.ts";
import type { Question, QuestionType, Survey } from "../language/survey.ts";
import type { SearchedChoices } from "../seldom/searched.tsx";
import { type Facts, filled, type Key, t, wordsFor } from "../texts.ts";

export const seldom = signal<typeof import("../seldom/seldom.tsx") | undefined>(undefined);
export const typed = signal<typeof import("../seldom/typed.tsx") | undefined>(undefined);
export const afterwards = signal<typeof import("../seldom/right_answers.tsx") | undefined>(undefined);
const openForms = signal<typeof import("../seldom/open_forms.ts") | undefined>(undefined);

const USUAL_KINDS: ReadonlySet<string> = new Set(["survey", "quiz", "event"]);

const OF_SELDOM: ReadonlySet<string> = new Set(["rank", "select_one", "select_multiple"]);
const OF_TYPED: readonly QuestionType[] = ["date", "decimal", "range"];

/** What brings the field for this type, and its words. */
export const partOf = ({ type }: Question): typeof seldom.value | typeof typed.value =>
  OF_SELDOM.has(type) ? seldom.value : OF_TYPED.includes(type) ? typed.value : undefined;

/** From more choices than these a list has a field to search in (schemas/lint/reading.py); a drop-down may hold some more. */
const MOST_UNSEARCHED = 30;
const MOST_IN_DROP_DOWN = 200;

/** The field for a long list, where this is one. */
export const searchFor = ({ type, appearance }: Question, count: number): typeof SearchedChoices | undefined =>
  count > (type === "select_one" && appearance === "minimal" ? MOST_IN_DROP_DOWN : MOST_UNSEARCHED) ? seldom.value?.SearchedChoices : undefined;

/** Whoever fills in a form for a unit, or names somebody for praise, does it openly. */
export const isAnonymous = ({ kind }: Survey): boolean => kind !== "unit_form" && kind !== "nomination";

/** What this survey needs beside what every visit loads. */
export function partsFor(survey: Survey): Part[] {
  const types = new Set(survey.sections.flatMap((section) => section.questions.map(({ type }) => type)));
  const needs: [Part, boolean][] = [
    ["seldom", survey.media !== undefined || types.has("rank") || hasLongList(survey)],
    ["typed", OF_TYPED.some((type) => types.has(type))],
    ["right_answers", survey.show_answers === true],
    ["open_forms", !USUAL_KINDS.has(survey.kind)],
  ];
  return needs.filter(([, isNeeded]) => isNeeded).map(([part]) => part);
}

const hasLongList = ({ choice_lists = {} }: Survey): boolean => Object.values(choice_lists).some((choices) => choices.length > MOST_UNSEARCHED);

const BRING: Readonly<Partial<Record<Part, () => Promise<unknown>>>> = {
  seldom: async () => (seldom.value ??= await import("../seldom/seldom.tsx")),
  typed: async () => (typed.value ??= await import("../seldom/typed.tsx")),
  right_answers: async () => (afterwards.value ??= await import("../seldom/right_answers.tsx")),
  open_forms: async () => (openForms.value ??= await import("../seldom/open_forms.ts")),
};

/** What a device of staff's does beside asking; there before anything is shown on one, and kept for days without a network. */
export const tablet = signal<typeof import("../device/tablet.ts") | undefined>(undefined);

export async function bringTablet(): Promise<typeof import("../device/tablet.ts")> {
  tablet.value ??= await import("../device/tablet.ts");
  void keepPart("tablet");
  return tablet.value;
}

/** Fails where a part is neither on the device nor to be had. */
export async function bringWhatIsSeldom(survey: Survey): Promise<void> {
  const parts = partsFor(survey);
  await Promise.all(parts.map((part) => BRING[part]?.()));
  for (const part of parts) void keepPart(part);
}

/** A sentence of the page as it is true for this kind of survey: who fills in a form for a unit is not anonymous. */
export function sayFor(survey: Survey, key: Key, facts: Facts = {}): string {
  const own = openForms.value && wordsFor<Readonly<Record<string, string>>>({ ...openForms.value })[`${key}.${survey.kind}`];
  return own ? filled(own, facts) : t(key, facts);
}
