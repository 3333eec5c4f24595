/**
 * What few surveys use (rankings, dates, sound, right answers afterwards, other kinds of form) comes as a part of its own, so that
 * everybody else's visit stays small. It is there before the first screen of a survey that needs it; nothing waits for it later.
 */
import { signal } from "@preact/signals";
import { keepPart } from "../device/updating.ts";
import type { Question, QuestionType, Survey } from "../language/survey.ts";
import { type Facts, type Key, t } from "../texts.ts";

export const seldom = signal<typeof import("../seldom/seldom.tsx") | undefined>(undefined);

const TYPES: ReadonlySet<QuestionType> = new Set(["decimal", "rank", "date"]);
const USUAL_KINDS: ReadonlySet<string> = new Set(["survey", "quiz", "event"]);

export const isSeldom = (question: Question): boolean => TYPES.has(question.type);

/** Whoever fills in a form for a unit, or names somebody for praise, does it openly. */
export const isAnonymous = ({ kind }: Survey): boolean => kind !== "unit_form" && kind !== "nomination";

/** Whether this survey cannot be asked with what every visit loads. */
export function needsWhatIsSeldom(survey: Survey): boolean {
  const hasMore = survey.media !== undefined || survey.show_answers === true || !USUAL_KINDS.has(survey.kind);
  return hasMore || survey.sections.some((section) => section.questions.some(isSeldom));
}

/** Fails where the part is neither on the device nor to be had. */
export async function bringWhatIsSeldom(survey: Survey): Promise<void> {
  if (!needsWhatIsSeldom(survey)) return;
  seldom.value ??= await import("../seldom/seldom.tsx");
  void keepPart("seldom");
}

/** A sentence of the page as it is true for this kind of survey: who fills in a form for a unit is not anonymous. */
export const sayFor = (survey: Survey, key: Key, facts: Facts = {}): string => seldom.value?.sayForKind(survey.kind, key, facts) ?? t(key, facts);
