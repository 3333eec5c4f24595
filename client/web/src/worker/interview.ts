/**
 * One person's way through a survey, as a value: each action gives a new one and nothing is written anywhere. It exists only in
 * memory, from "I agree" to "Send", and is dropped whole when the person leaves, goes idle or hands in.
 */
import { type Answers, type AnswerValue, checkAnswers, checkQuestion, offeredChoices, onlyOffered, pruned, relevantNames } from "../language/answers.ts";
import { cleaned } from "../language/cleaning.ts";
import { fieldOf, kindOf } from "../language/kinds.ts";
import type { Choice, Question, Survey } from "../language/survey.ts";
import { isPassedOver } from "./gates.ts";
import type { Seed } from "./random_order.ts";
import { choicesOf, inOrder, isGate, screensOf, type SurveyScreen } from "./survey_screens.ts";

export interface Interview {
  readonly survey: Survey;
  readonly seed: Seed;
  readonly screens: readonly SurveyScreen[];
  /** The index of the screen shown; the number of screens once all are passed. */
  readonly position: number;
  readonly answers: Answers;
  /** Questions whose field holds something that is no answer, such as letters for a number. */
  readonly malformed: ReadonlySet<string>;
  /** What has to be mended before going on: codes of problems by question. */
  readonly problems: Readonly<Record<string, readonly string[]>>;
  /** How often the person was told that questions of this screen are still open. */
  readonly reminders: number;
  /** What concerned the person when she came back from the last screen to change an answer; afterwards she returns there. */
  readonly revisiting?: ReadonlySet<string> | undefined;
}

export type ShownScreen = { kind: "private"; screen: SurveyScreen } | { kind: "questions"; screen: SurveyScreen; questions: readonly Question[] } | { kind: "filler"; screen: SurveyScreen } | { kind: "review" };

export function beginInterview(survey: Survey, seed: Seed, today: string): Interview {
  const start = { survey, seed, screens: screensOf(survey, seed), position: -1, answers: {}, malformed: new Set<string>(), problems: {}, reminders: 0 };
  return goTo(start, 1, today);
}

/** At the screen of a question, or at the first one after it that somebody without answers meets. */
export function openedAt(interview: Interview, name: string | undefined, today: string): Interview {
  const position = interview.screens.findIndex((screen) => screen.kind === "questions" && screen.names.includes(name ?? ""));
  return position < 0 ? interview : goTo({ ...interview, position: position - 1 }, 1, today);
}

/** What stands on the screen now. */
export function shownScreen(interview: Interview, today: string): ShownScreen {
  const screen = interview.screens[interview.position];
  return screen ? (screenFor(interview, screen, today) ?? { kind: "filler", screen }) : { kind: "review" };
}

/** What a screen shows with these answers, or undefined if this person does not meet it. */
function screenFor(interview: Interview, screen: SurveyScreen, today: string): ShownScreen | undefined {
  if (isPassedOver(interview, screen, today)) return undefined;
  if (screen.kind === "private") return { kind: "private", screen };
  const relevant = relevantTo(interview, today);
  const concerning = screen.names.filter((name) => relevant.has(name)).flatMap((name) => questionOf(interview.survey, name) ?? []);
  const questions = concerning.filter((question) => !question.choice_filter || choicesFor(interview, question, today).length);
  if (questions.length) return { kind: "questions", screen, questions };
  return screen.isSensitive ? { kind: "filler", screen } : undefined;
}

const relevance = new WeakMap<Answers, { today: string; names: ReadonlySet<string> }>();

/** Worked out once for each set of answers: every screen asks several times, and once for each screen that is passed over. */
export function relevantTo({ survey, answers }: Interview, today: string): ReadonlySet<string> {
  let known = relevance.get(answers);
  if (known?.today !== today) relevance.set(answers, (known = { today, names: relevantNames(survey, answers, today) }));
  return known.names;
}

export function questionOf(survey: Survey, name: string): Question | undefined {
  for (const section of survey.sections) {
    const found = section.questions.find((question) => question.name === name);
    if (found) return found;
  }
  return undefined;
}

/** The choices that this person may take, in the order in which she sees them. */
export function choicesFor({ survey, answers, seed }: Interview, question: Question, today: string): readonly Choice[] {
  return inOrder(question.choice_filter ? offeredChoices(survey, question, answers, today) : choicesOf(survey, question), question, seed);
}

/**
 * Note an answer; undefined takes it back. Vietnamese can be typed in two ways that look the same, and some signs look like nothing:
 * what is kept is what will be sealed, so that whatever follows from it here follows from it on the server too.
 */
export function answered(interview: Interview, name: string, given: AnswerValue | undefined): Interview {
  const { [name]: _old, ...others } = interview.answers;
  const value = typeof given === "string" ? cleaned(given) : given;
  const isEmpty = value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
  return { ...settled(interview, name), answers: isEmpty ? others : { ...others, [name]: value } };
}

/** Choose or un-choose one of several. What excludes the others wins over what was chosen before, and gives way to what comes after. */
export function toggled(choices: readonly Choice[], chosen: readonly string[], name: string): string[] {
  if (chosen.includes(name)) return chosen.filter((other) => other !== name);
  const excludes = (other: string): boolean => choices.some((choice) => choice.name === other && choice.exclusive === true);
  const kept = new Set(excludes(name) ? [name] : [...chosen.filter((other) => !excludes(other)), name]);
  return choices.map((choice) => choice.name).filter((other) => kept.has(other));
}

/** Note that the field holds something that is no answer. */
export function withMalformed(interview: Interview, name: string): Interview {
  const { [name]: _old, ...others } = interview.answers;
  return { ...settled(interview, name), answers: others, malformed: new Set([...interview.malformed, name]) };
}

/** Whatever was said about a question is out of date once its field changes. */
function settled(interview: Interview, name: string): Interview {
  const { [name]: _gone, ...problems } = interview.problems;
  return { ...interview, problems, malformed: new Set([...interview.malformed].filter((other) => other !== name)) };
}

/** The gate's one tap: it answers and goes on; to end leads straight to the last screen, since nothing behind it is met. */
export const passGate = (interview: Interview, gate: Question, way: string, today: string): Interview => goTo(answered(interview, gate.name, way), 1, today);

/**
 * Go on, or stay and say why. In a sensitive section an open question is passed in silence; elsewhere it is left out only by
 * `leavingOut`, which has a button of its own: a second tap on the same spot would drop what was merely overlooked.
 */
export function goForward(interview: Interview, today: string, leavingOut = false): Interview {
  const shown = shownScreen(interview, today);
  if (shown.kind !== "questions") return goTo(interview, 1, today);
  const problems = problemsOf(interview, shown.questions, today);
  if (Object.keys(problems).length) return { ...interview, problems };
  if (unansweredQuestions(interview, shown).length && !shown.screen.isSensitive && !leavingOut) return { ...interview, problems, reminders: interview.reminders + 1 };
  return goTo(interview, 1, today);
}

function problemsOf(interview: Interview, questions: readonly Question[], today: string): Record<string, string[]> {
  const found = questions.map((question): [string, string[]] => [
    question.name,
    interview.malformed.has(question.name) ? ["answer.wrong_type"] : checkQuestion(interview.survey, question.name, interview.answers, today),
  ]);
  return Object.fromEntries(found.filter(([, codes]) => codes.length));
}

/** Questions of the screen that a person may have overlooked; an empty field for remarks is not one of them. */
export function unansweredQuestions(interview: Interview, shown: ShownScreen): readonly string[] {
  if (shown.kind !== "questions") return [];
  const open = shown.questions.filter((question) => (fieldOf(question) ?? "text") !== "text" && !(question.name in interview.answers));
  return open.map((question) => question.name);
}

/** "I would rather not answer": whatever this screen holds is taken back, and on. */
export function declined(interview: Interview, today: string): Interview {
  const shown = shownScreen(interview, today);
  const names = shown.kind === "questions" ? shown.questions.map((question) => question.name) : [];
  return goTo(names.reduce((state, name) => answered(state, name, undefined), interview), 1, today);
}

/** Leave out the sensitive section that begins here. */
export function withoutSection(interview: Interview, today: string): Interview {
  const section = interview.screens[interview.position]?.section;
  const names = interview.screens.flatMap((screen) => (screen.kind === "questions" && screen.section === section ? screen.names : []));
  const cleared = names.reduce((state, name) => answered(state, name, undefined), interview);
  const last = interview.screens.map((screen) => screen.section).lastIndexOf(section ?? "");
  return goTo({ ...cleared, position: last }, 1, today);
}

/** A section can be left out whole only if nothing in it has to be answered. */
export function canSkipSection(interview: Interview): boolean {
  const name = interview.screens[interview.position]?.section;
  const section = interview.survey.sections.find((candidate) => candidate.name === name);
  return section !== undefined && section.questions.every((question) => !question.required);
}

/** Fields are drawn anew on the way back: what was no answer is gone with them, and so is what was said about it. */
export const goBack = (interview: Interview, today: string): Interview => goTo({ ...interview, malformed: new Set() }, -1, today);

export const canGoBack = (interview: Interview, today: string): boolean => interview.revisiting !== undefined || positionAfter(interview, -1, today) !== interview.position;

/** From the last screen to one question; from there back to the last screen, by way of what the changed answer opened. */
export function revisited(interview: Interview, name: string, today: string): Interview {
  const position = interview.screens.findIndex((screen) => screen.kind === "questions" && screen.names.includes(name));
  return position < 0 ? interview : { ...interview, position, problems: {}, reminders: 0, revisiting: relevantTo(interview, today) };
}

/** In a sensitive section whoever changes what follows walks on as everybody does, past the screens that fill its gaps. */
function positionAfterRevisit(interview: Interview, known: ReadonlySet<string>, today: string): number {
  const now = relevantTo(interview, today);
  const opened = [...now].filter((name) => !known.has(name) && !(name in interview.answers));
  const { screens, position } = interview;
  if (opened.length && screens[position]?.isSensitive) return positionAfter(interview, 1, today);
  const next = screens.findIndex((screen, index) => index > position && screen.kind === "questions" && screen.names.some((name) => opened.includes(name)) && screenFor(interview, screen, today));
  return next < 0 ? screens.length : next;
}

/** The next screen in this direction that the person meets, without what the way there took back. */
function goTo(interview: Interview, direction: 1 | -1, today: string): Interview {
  const offered = { ...interview, answers: onlyOffered(interview.survey, interview.answers, today) };
  if (offered.revisiting) {
    const there = positionAfterRevisit(offered, offered.revisiting, today);
    const revisiting = there < offered.screens.length ? offered.revisiting : undefined;
    return { ...offered, position: there, problems: {}, reminders: 0, revisiting };
  }
  const position = positionAfter(offered, direction, today);
  return position === interview.position ? offered : { ...offered, position, problems: {}, reminders: 0 };
}

/** The review lies behind the last screen; at the first, back stays. */
function positionAfter(interview: Interview, direction: 1 | -1, today: string): number {
  for (let position = interview.position + direction; position >= 0; position += direction) {
    const screen = interview.screens[position];
    if (!screen) return interview.screens.length;
    if (screenFor(interview, screen, today)) return position;
  }
  return interview.position;
}

/** From 0 to 1 in equal steps: each screen of the survey counts the same, whether or not this person meets it. */
export const progressOf = (interview: Interview): number => (interview.screens.length ? Math.max(0, interview.position) / interview.screens.length : 1);

/** The answers to seal: whatever stopped being relevant on the way is left out. */
export const finalAnswers = (interview: Interview, today: string): Answers => pruned(interview.survey, interview.answers, today);

/** If a later answer unsettled an earlier one, the interview at the first screen that needs another look. */
export function firstProblem(interview: Interview, today: string): Interview | undefined {
  const wrong = checkAnswers(interview.survey, finalAnswers(interview, today), today);
  const names = new Set([...interview.malformed, ...wrong.map((problem) => problem.question)]);
  const position = interview.screens.findIndex((screen) => screen.kind === "questions" && screen.names.some((name) => names.has(name)) && screenFor(interview, screen, today));
  if (position < 0) return undefined;
  const there = { ...interview, position, reminders: 0, revisiting: undefined };
  const shown = shownScreen(there, today);
  return { ...there, problems: shown.kind === "questions" ? problemsOf(there, shown.questions, today) : {} };
}

export interface AnsweredQuestions {
  readonly asked: number;
  readonly answered: number;
}

/** The questions that the person met, in her order. */
export function questionsMet(interview: Interview, today: string): readonly Question[] {
  const met = interview.screens.flatMap((screen) => screenFor(interview, screen, today) ?? []).flatMap((shown) => (shown.kind === "questions" ? shown.questions : []));
  return met.filter(kindOf);
}

/** How many questions the person met and answered; unknown where a section is sensitive, since who has more to tell there meets more of them. */
export function answeredQuestions(interview: Interview, today: string): AnsweredQuestions | undefined {
  if (interview.survey.sections.some((section) => section.sensitive || section.questions.some((question) => question.sensitive))) return undefined;
  const asked = questionsMet(interview, today).filter((question) => !question.specifies && !isGate(question));
  return { asked: asked.length, answered: asked.filter((question) => question.name in interview.answers).length };
}
