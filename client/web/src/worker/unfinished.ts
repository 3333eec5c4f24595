/**
 * While answers are on the screen and not handed in, a reload or a step back asks first. If the page goes all the same, the next
 * start can say why nothing is there any more: it finds a mark that holds nothing of the person and ends with the tab.
 */
import { nameHere } from "../transport/installation.ts";

const MARK = nameHere("langnghe-unfinished");

const ask = (event: BeforeUnloadEvent): void => {
  event.preventDefault();
  event.returnValue = true; // what older browsers look for
};

export function guardAnswers(): void {
  addEventListener("beforeunload", ask);
  inTab((storage) => storage.setItem(MARK, "1"));
}

/** Nothing would be lost any more. */
export function releaseAnswers(): void {
  removeEventListener("beforeunload", ask);
  inTab((storage) => storage.removeItem(MARK));
}

/** The page goes, and whatever was on it: the mark stays. */
export const stopGuarding = (): void => removeEventListener("beforeunload", ask);

export const wasInterrupted = (): boolean => inTab((storage) => storage.getItem(MARK)) === "1";

/** Some browsers bar storage; then nothing is explained afterwards. */
function inTab<Result>(work: (storage: Storage) => Result): Result | undefined {
  try {
    return work(sessionStorage);
  } catch {
    return undefined;
  }
}
