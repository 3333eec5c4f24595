/** How fields tell the interview what was tapped or typed. */
import type { AnswerValue } from "../language/answers.ts";
import type { Interview } from "./interview.ts";
import type { Visit } from "./visit.ts";

export interface Answering {
  readonly interview: Interview;
  answer(name: string, value: AnswerValue | undefined): void;
  garble(name: string): void;
  /** Answers and leads on, where a tap may do so. */
  readonly goOn?: ((name: string, value: AnswerValue) => void) | undefined;
  /** Questions of this screen that the person was told are still open. */
  readonly open: readonly string[];
}

/** The interview may have been wiped between the tap and now; then there is nothing to change. */
export function change(visit: Visit, next: (interview: Interview) => Interview): void {
  if (visit.interview.value) visit.interview.value = next(visit.interview.value);
}
