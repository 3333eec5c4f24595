/** How fields tell the interview what was tapped or typed. */
import type { AnswerValue } from "../language/answers.ts";
import type { Interview } from "./interview.ts";
import type { Visit } from "./visit.ts";

export interface Answering {
  readonly interview: Interview;
  answer(name: string, value: AnswerValue | undefined): void;
  garble(name: string): void;
}

/** The interview may have been wiped between the tap and now; then there is nothing to change. */
export function change(visit: Visit, next: (interview: Interview) => Interview): void {
  if (visit.interview.value) visit.interview.value = next(visit.interview.value);
}
