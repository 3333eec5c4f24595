/** What staff's screens say; a catalogue of its own, so that workers do not load it. */
import { filledIn, inCatalogue, type TextValues } from "../texts.ts";
import english from "../texts/staff.en.json";
import vietnamese from "../texts/staff.vi.json";

export type StaffKey = keyof typeof vietnamese;

const catalogues: Readonly<Record<string, Readonly<Record<StaffKey, string>>>> = { vi: vietnamese, en: english };

export const tStaff = (key: StaffKey, facts: TextValues = {}): string => filledIn(inCatalogue(catalogues)[key], facts);

/** A problem's code in plain words; codes of a newer server are named as they are. */
export function sayProblem(code: string): string {
  const key = `problem.${code}`;
  return key in vietnamese ? tStaff(key as StaffKey) : tStaff("problem.other", { code });
}
