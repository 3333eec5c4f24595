/** Which answer of a quiz was right on a day: laws change; the twin of schemas/answer_keys.py. */
import type { Question } from "../language/survey.ts";

/** The name of the choice; before the first key's days the first, which is what the author knew. Undefined where there is no key. */
export function correctChoiceOn({ correct }: Question, day: string): string | undefined {
  if (correct === undefined || typeof correct === "string") return correct;
  return (correct.filter(({ from }) => from === undefined || from <= day).pop() ?? correct[0])?.choice;
}
