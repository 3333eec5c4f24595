/**
 * What only some surveys need is loaded in chunks of its own, so that everybody else's visit stays small. Each is there before the
 * first screen of a survey that needs it: this module says which survey needs which chunk, and holds what was loaded (loading.ts).
 */
import { type Signal, signal } from "@preact/signals";
import type { JSX } from "preact";
import type { Chunk } from "../chunks.ts";
import type * as Tablet from "../device/tablet.ts";
import type { Question, QuestionType, Survey } from "../language/survey.ts";
import { filledIn, inCatalogue, t, type TextKey, type TextValues } from "../texts.ts";
import type { FieldProps } from "./field.ts";

/** A chunk with fields for types of questions: the field, its hint and its own sentences on what is wrong; undefined for the usual ones. */
export interface FieldChunk {
  readonly Field: (props: FieldProps) => JSX.Element;
  readonly hintOf: (question: Question) => string | undefined;
  readonly problemOf: (question: Question, code: string) => string | undefined;
}

export type MediaSlot = "" | "hint_" | "constraint_";
export type MediaKind = "image" | "audio";

export interface MediaProps {
  readonly survey: Survey;
  /** A question or a choice. */
  readonly of: object;
  readonly slot?: MediaSlot;
  readonly only?: MediaKind;
  /** What the picture shows and the sound says, in words. */
  readonly text: string;
}

/** Rankings, long lists of choices, pictures and sound. */
export interface RankingsAndMedia extends FieldChunk {
  readonly SearchableChoices: (props: FieldProps) => JSX.Element;
  readonly Media: (props: MediaProps) => JSX.Element | null;
  readonly stopSound: () => void;
}

export interface RightAnswersProps {
  readonly survey: Survey;
  readonly today: string;
  /** On a shared device somebody has to ask for them: then there is more time to read. */
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}

export interface RightAnswersChunk {
  readonly RightAnswers: (props: RightAnswersProps) => JSX.Element | null;
}

/** Sentences for surveys of other kinds by language: the usual sentence's key, a full stop and the kind. */
export type SurveyKindTexts = Readonly<Record<string, Readonly<Record<string, string>>>>;

export const rankingsAndMedia = signal<RankingsAndMedia | undefined>(undefined);
export const datesAndDecimals = signal<FieldChunk | undefined>(undefined);
export const rightAnswers = signal<RightAnswersChunk | undefined>(undefined);
export const surveyKindTexts = signal<SurveyKindTexts | undefined>(undefined);
/** What a device of staff's does beside asking. */
export const tablet = signal<typeof Tablet | undefined>(undefined);

/** Types of questions whose field, hint or sentences come with a chunk, and which one. A new optional type is one more line here. */
const FIELD_CHUNKS: Readonly<Partial<Record<QuestionType, Signal<FieldChunk | undefined>>>> = {
  rank: rankingsAndMedia,
  select_one: rankingsAndMedia,
  select_multiple: rankingsAndMedia,
  date: datesAndDecimals,
  decimal: datesAndDecimals,
  range: datesAndDecimals,
};

export const fieldChunkOf = ({ type }: Question): FieldChunk | undefined => FIELD_CHUNKS[type]?.value;

/** From more choices than these a list has a field to search in (schemas/lint/reading.py); a drop-down may hold some more. */
const MOST_UNSEARCHED = 30;
const MOST_IN_DROP_DOWN = 200;

/** The field for a long list, where this is one. */
export const searchFieldFor = ({ type, appearance }: Question, count: number): RankingsAndMedia["SearchableChoices"] | undefined =>
  count > (type === "select_one" && appearance === "minimal" ? MOST_IN_DROP_DOWN : MOST_UNSEARCHED) ? rankingsAndMedia.value?.SearchableChoices : undefined;

/** Whoever fills in a form for a unit, or names somebody for praise, does it openly. */
export const isAnonymous = ({ kind }: Survey): boolean => kind !== "unit_form" && kind !== "nomination";

const USUAL_KINDS: ReadonlySet<string> = new Set(["survey", "quiz", "event"]);

/** The chunks that this survey needs beside what every visit loads. */
export function chunksFor(survey: Survey): Chunk[] {
  const types = survey.sections.flatMap((section) => section.questions.map(({ type }) => type));
  const needs: [Chunk, boolean][] = [
    ["rankings_and_media", survey.media !== undefined || types.includes("rank") || hasLongList(survey)],
    ["dates_and_decimals", types.some((type) => FIELD_CHUNKS[type] === datesAndDecimals)],
    ["right_answers", survey.show_answers === true],
    ["survey_kind_texts", !USUAL_KINDS.has(survey.kind)],
  ];
  return needs.filter(([, isNeeded]) => isNeeded).map(([chunk]) => chunk);
}

const hasLongList = ({ choice_lists = {} }: Survey): boolean => Object.values(choice_lists).some((choices) => choices.length > MOST_UNSEARCHED);

/** A sentence of the page as it is true for this kind of survey: who fills in a form for a unit is not anonymous. */
export function sayFor(survey: Survey, key: TextKey, facts: TextValues = {}): string {
  const own = surveyKindTexts.value && inCatalogue(surveyKindTexts.value)[`${key}.${survey.kind}`];
  return own ? filledIn(own, facts) : t(key, facts);
}
