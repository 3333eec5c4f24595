/**
 * Gates: questions that ask openly whether a person wants to go into a section, leave it out, or end here. Whoever did not go in is
 * led past that section without screens that fill the gap: leaving it out was her own open choice, and gives nothing else away.
 */
import { type Answers, isSectionRelevant, valueOf } from "../language/answers.ts";
import type { Section, Survey, Tree } from "../language/survey.ts";
import { isGate, type SurveyScreen } from "./survey_screens.ts";

interface GuardedSection {
  readonly index: number;
  readonly section: Section;
  /** The gates that its relevance asks about. */
  readonly guards: readonly string[];
}

interface Gates {
  /** The index of the section that a gate stands in. */
  readonly sectionOfGate: ReadonlyMap<string, number>;
  readonly sections: ReadonlyMap<string, GuardedSection>;
}

const known = new WeakMap<Survey, Gates>();

function gatesOf(survey: Survey): Gates {
  let found = known.get(survey);
  if (!found) {
    const sectionOfGate = new Map(survey.sections.flatMap((section, index) => section.questions.filter(isGate).map(({ name }) => [name, index] as const)));
    const guards = ({ relevant }: Section): string[] => (relevant ? referencedQuestions(relevant.tree).filter((name) => sectionOfGate.has(name)) : []);
    const sections = new Map(survey.sections.map((section, index) => [section.name, { index, section, guards: guards(section) }] as const));
    known.set(survey, (found = { sectionOfGate, sections }));
  }
  return found;
}

/** The questions that an expression asks about. */
export const referencedQuestions = (tree: Tree): string[] =>
  tree[0] === "ref" ? [String(tree[1])] : tree.flatMap((operand) => (typeof operand === "object" ? referencedQuestions(operand) : []));

/** Whether this person never meets the screen: she ended before it, or did not go through the gate of a section that does not concern her. */
export function isPassedOver({ survey, answers }: { survey: Survey; answers: Answers }, screen: SurveyScreen, today: string): boolean {
  const { sectionOfGate, sections } = gatesOf(survey);
  const guarded = sections.get(screen.section);
  if (!guarded || !sectionOfGate.size) return false;
  const took = (way: string) => (name: string): boolean => valueOf(survey, name, answers, today) === way;
  if ([...sectionOfGate.keys()].some((name) => sectionOfGate.get(name)! < guarded.index && took("end")(name))) return true;
  return guarded.guards.length > 0 && !guarded.guards.some(took("enter")) && !isSectionRelevant(survey, guarded.section, answers, today);
}
