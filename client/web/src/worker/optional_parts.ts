/**
 * What only some surveys need is loaded in chunks of its own, so that everybody else's visit stays small. Each is there before the
 * first screen of a survey that needs it: this module says which survey needs which chunk, and holds what was loaded (loading.ts).
 */
import { type Signal, signal } from "@preact/signals";
import type { JSX } from "preact";
import type { Chunk } from "../chunks.ts";
import type * as Tablet from "../device/tablet.ts";
import { type FieldName, fieldOf } from "../language/kinds.ts";
import type { Question, Survey } from "../language/survey.ts";
import { filledIn, inCatalogue, t, type TextKey, type TextValues } from "../texts.ts";
import type { FieldProps, UsualField } from "./field.ts";
import { choicesOf } from "./survey_screens.ts";

export type ChunkField = Exclude<FieldName, UsualField>;

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
  readonly LongList: (props: FieldProps) => JSX.Element;
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
export const tabletModule = signal<typeof Tablet | undefined>(undefined);

/** Fields that come with a chunk, and which one; of those for choices their field for long lists and some sentences do. */
const FIELD_CHUNKS: Readonly<Record<ChunkField | "one" | "several", Signal<FieldChunk | undefined>>> = {
  rank: rankingsAndMedia,
  one: rankingsAndMedia,
  several: rankingsAndMedia,
  date: datesAndDecimals,
  decimal: datesAndDecimals,
  range: datesAndDecimals,
  nps: datesAndDecimals,
  acknowledge: datesAndDecimals,
};

const signalOf = (question: Pick<Question, "type">): Signal<FieldChunk | undefined> | undefined => FIELD_CHUNKS[fieldOf(question) as ChunkField];

export const fieldChunkOf = (question: Question): FieldChunk | undefined => signalOf(question)?.value;

/** From more choices than these a list has a field to search in (schemas/lint/reading.py). */
const MOST_UNSEARCHED = 30;

export const isDropDown = (question: Question): boolean => question.appearance === "minimal" && fieldOf(question) === "one";

/** Whether choices stand in little room, in a field that comes with the chunk of long lists. */
export const isLong = (question: Question, count: number): boolean => count > MOST_UNSEARCHED || isDropDown(question);

/** Whoever fills in a form for a unit, or names somebody for praise, does it openly. */
export const isAnonymous = ({ kind }: Survey): boolean => kind !== "unit_form" && kind !== "nomination";

const USUAL_KINDS: ReadonlySet<string> = new Set(["survey", "quiz", "event"]);

/** The chunks that this survey needs beside what every visit loads. */
export function chunksFor(survey: Survey): Chunk[] {
  const questions = survey.sections.flatMap((section) => section.questions);
  const needs: [Chunk, boolean][] = [
    ["rankings_and_media", survey.media !== undefined || questions.some((question) => fieldOf(question) === "rank" || isLong(question, choicesOf(survey, question).length))],
    ["dates_and_decimals", questions.some((question) => signalOf(question) === datesAndDecimals)],
    ["right_answers", survey.show_answers === true],
    ["survey_kind_texts", !USUAL_KINDS.has(survey.kind)],
  ];
  return needs.filter(([, isNeeded]) => isNeeded).map(([chunk]) => chunk);
}

/** A sentence of the page as it is true for this kind of survey: who fills in a form for a unit is not anonymous. */
export function sayFor(survey: Survey, key: TextKey, facts: TextValues = {}): string {
  const own = surveyKindTexts.value && inCatalogue(surveyKindTexts.value)[`${key}.${survey.kind}`];
  return own ? filledIn(own, facts) : t(key, facts);
}
