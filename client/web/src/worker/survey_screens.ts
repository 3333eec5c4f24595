/**
 * Cuts a survey into screens: one question each, or a short matrix of questions that share one list of choices. What follows
 * depends on the survey and on the person's seed, never on an answer; so screens can be counted before the first one.
 */
import { fieldOf } from "../language/kinds.ts";
import type { Choice, Question, Section, Survey } from "../language/survey.ts";
import { type Seed, shuffled } from "./random_order.ts";

/** A screen. `private` stands before a sensitive section; `isSensitive` screens are passed by everybody, whatever was answered. */
export type SurveyScreen =
  | { kind: "private"; section: string; isSensitive: true }
  | { kind: "questions"; section: string; names: readonly string[]; isMatrix: boolean; isSensitive: boolean };

const LONGEST_MATRIX = 4;

export const isAsked = (question: Question): boolean => !question.calculation;

export const isGate = (question: Question): boolean => question.appearance === "gate";

export function screensOf(survey: Survey, seed: Seed): SurveyScreen[] {
  return survey.sections.flatMap((section) => {
    const questions = section.questions.filter((question) => isAsked(question) && !hostOf(section, question));
    const ordered = section.randomize ? shuffled(questions, seed, section.name) : questions;
    const before: SurveyScreen[] = section.sensitive && questions.length ? [{ kind: "private", section: section.name, isSensitive: true }] : [];
    return [...before, ...runs(section, ordered).flatMap((run) => screensOfRun(section, run))];
  });
}

/** The question under whose choices this text stands ("other, namely"), if there is one. */
const hostOf = (section: Section, { specifies }: Question): Question | undefined =>
  section.appearance === "table-list" ? undefined : section.questions.find((question) => question.name === specifies);

const withCompanions = (section: Section, question: Question): string[] =>
  [question, ...section.questions.filter((other) => hostOf(section, other) === question)].map(({ name }) => name);

/** Neighbours that can stand in one matrix: questions of a table-list section that offer the same choices to everybody. */
function runs(section: Section, questions: readonly Question[]): Question[][] {
  const result: Question[][] = [];
  for (const question of questions) {
    const run = result[result.length - 1];
    const last = run?.[0];
    if (section.appearance === "table-list" && last && isOneOf(last) && isOneOf(question) && last.list === question.list) {
      run?.push(question);
    } else {
      result.push([question]);
    }
  }
  return result;
}

const isOneOf = (question: Question): boolean => fieldOf(question) === "one" && !question.choice_filter;

/** Eight questions become four and four, never five and three. */
function screensOfRun(section: Section, run: readonly Question[]): SurveyScreen[] {
  const count = Math.ceil(run.length / LONGEST_MATRIX);
  return Array.from({ length: count }, (_, part) => {
    const questions = run.slice(Math.floor((part * run.length) / count), Math.floor(((part + 1) * run.length) / count));
    return {
      kind: "questions",
      section: section.name,
      names: questions.flatMap((question) => withCompanions(section, question)),
      isMatrix: run.length > 1,
      isSensitive: section.sensitive === true || questions.every((question) => question.sensitive === true),
    };
  });
}

export function choicesOf(survey: Survey, question: Question): readonly Choice[] {
  return (question.list === undefined ? undefined : survey.choice_lists?.[question.list]) ?? [];
}

/** Choices in the order in which this person sees them: only real alternatives are shuffled; "none", "other" and "don't know" stay last. */
export function inOrder(choices: readonly Choice[], question: Question, seed: Seed): readonly Choice[] {
  if (!question.randomize) return choices;
  const moves = (choice: Choice): boolean => !choice.exclusive && !choice.off_scale && !choice.other;
  return [...shuffled(choices.filter(moves), seed, question.name), ...choices.filter((choice) => !moves(choice))];
}

/** Whether the choices themselves offer not to answer; then the screen needs no button of its own for it. */
export const offersRefusal = (choices: readonly Choice[]): boolean => choices.some((choice) => choice.name === "refused");
