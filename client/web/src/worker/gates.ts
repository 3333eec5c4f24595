/**
 * Gates: questions that ask openly whether a person wants to go into a part, leave it out, or end here. Whoever did not go in is
 * led past that part without screens that fill the gap: leaving it out was her own open choice, and gives nothing else away.
 */
import { type Answers, isSectionRelevant, valueOf } from "../language/answers.ts";
import type { Section, Survey, Tree } from "../language/survey.ts";
import { isGate, type Step } from "./steps.ts";

interface Part {
  readonly place: number;
  readonly section: Section;
  /** The gates that its relevance asks about. */
  readonly guards: readonly string[];
}

interface Gates {
  readonly placeOf: ReadonlyMap<string, number>;
  readonly parts: ReadonlyMap<string, Part>;
}

const known = new WeakMap<Survey, Gates>();

function gatesOf(survey: Survey): Gates {
  let found = known.get(survey);
  if (!found) {
    const placeOf = new Map(survey.sections.flatMap((section, place) => section.questions.filter(isGate).map(({ name }) => [name, place] as const)));
    const guards = ({ relevant }: Section): string[] => (relevant ? referredTo(relevant.tree).filter((name) => placeOf.has(name)) : []);
    const parts = new Map(survey.sections.map((section, place) => [section.name, { place, section, guards: guards(section) }] as const));
    known.set(survey, (found = { placeOf, parts }));
  }
  return found;
}

/** The questions that an expression asks about. */
export const referredTo = (tree: Tree): string[] =>
  tree[0] === "ref" ? [String(tree[1])] : tree.flatMap((part) => (typeof part === "object" ? referredTo(part) : []));

/** Whether this person never meets the step: she ended before it, or did not go through the gate of a part that does not concern her. */
export function isPassedOver({ survey, answers }: { survey: Survey; answers: Answers }, step: Step, today: string): boolean {
  const { placeOf, parts } = gatesOf(survey);
  const part = parts.get(step.section);
  if (!part || !placeOf.size) return false;
  const took = (way: string) => (name: string): boolean => valueOf(survey, name, answers, today) === way;
  if ([...placeOf.keys()].some((name) => placeOf.get(name)! < part.place && took("end")(name))) return true;
  return part.guards.length > 0 && !part.guards.some(took("enter")) && !isSectionRelevant(survey, part.section, answers, today);
}
