import { describe, expect, test } from "vitest";
import type { Survey } from "../../src/language/survey.ts";
import { answered, answeredQuestions, goBack, canSkipSection, declined, finalAnswers, firstProblem, goForward, withMalformed, progressOf, toggled, unansweredQuestions, withoutSection } from "../../src/worker/interview.ts";
import { begun, names, sections, shown, survey, TODAY, walked } from "./survey.ts";

const views = { a: "yes", b: "no", c: "yes" };
const moreViews = { d: "yes", e: "no", f: "yes" };

describe("going on", () => {
  test("one question, or a short matrix, stands on a screen", () => {
    const start = begun();
    expect(names(start)).toEqual(["gender"]);
    expect(names(walked(start, { gender: "male" }, { age: 30 }))).toEqual(["a", "b", "c"]);
  });

  test("a question that has to be answered is not passed, and says so beside itself", () => {
    const stuck = goForward(begun(), TODAY);
    expect(names(stuck)).toEqual(["gender"]);
    expect(stuck.problems).toEqual({ gender: ["answer.required"] });
    expect(answered(stuck, "gender", "male").problems).toEqual({});
  });

  test("an open question is never dropped by pressing Next, however often; it is left out only on purpose", () => {
    const at = walked(begun(), { gender: "male" });
    const reminded = goForward(at, TODAY);
    expect([names(reminded), reminded.reminders]).toEqual([["age"], 1]);
    const again = goForward(goForward(reminded, TODAY), TODAY);
    expect([names(again), again.reminders]).toEqual([["age"], 3]);
    expect(names(goForward(again, TODAY, true))).toEqual(["a", "b", "c"]);
  });

  test("what is still open stays marked until it is answered; on the next screen nothing is", () => {
    const reminded = goForward(answered(walked(begun(), { gender: "male" }, { age: 30 }), "a", "yes"), TODAY);
    const less = answered(reminded, "b", "no");
    expect(less.reminders).toBe(1);
    expect(unansweredQuestions(less, shown(less))).toEqual(["c"]);
    expect(goForward(answered(less, "c", "no"), TODAY).reminders).toBe(0);
  });

  test("leaving out does not leave out what has to be answered", () => {
    expect(goForward(begun(), TODAY, true).problems).toEqual({ gender: ["answer.required"] });
  });

  test("in a sensitive section an open question is passed in silence", () => {
    const at = walked(begun(), { gender: "male" }, { age: 30 }, views, moreViews, {});
    expect(names(at)).toEqual(["seen"]);
    expect(goForward(at, TODAY).position).toBe(at.position + 1);
  });

  test("letters where a number belongs are a problem, and are never an answer", () => {
    const at = withMalformed(walked(begun(), { gender: "male" }), "age");
    expect(at.answers).not.toHaveProperty("age");
    expect(goForward(at, TODAY).problems).toEqual({ age: ["answer.wrong_type"] });
  });

  test("a number outside its range is not passed", () => {
    expect(walked(begun(), { gender: "male" }, { age: 7 }).problems).toEqual({ age: ["answer.out_of_range"] });
  });

  test("who would rather not answer goes on at once, and nothing of that screen is kept", () => {
    const at = answered(walked(begun(), { gender: "male" }), "age", 30);
    const on = declined(at, TODAY);
    expect(on.answers).toEqual({ gender: "male" });
    expect(names(on)).toEqual(["a", "b", "c"]);
  });

  test("back shows what was answered; at the first screen it stays", () => {
    const at = walked(begun(), { gender: "male" }, { age: 30 });
    expect(names(goBack(at, TODAY))).toEqual(["age"]);
    expect(goBack(begun(), TODAY).position).toBe(0);
  });
});

describe("what does not concern a person", () => {
  test("a question that is not relevant has no screen", () => {
    expect(names(walked(begun(), { gender: "female" }, { age: 30 }))).toEqual(["pregnant"]);
    expect(names(walked(begun(), { gender: "male" }, { age: 30 }))).toEqual(["a", "b", "c"]);
  });

  test("an answer that stopped being relevant is not sealed", () => {
    const changed = answered(walked(begun(), { gender: "female" }, { age: 30 }, { pregnant: "yes" }), "gender", "male");
    expect(finalAnswers(changed, TODAY)).toEqual({ gender: "male", age: 30 });
  });

  test("a sensitive section has the same screens and the same progress whatever is answered", () => {
    const before = walked(begun(), { gender: "male" }, { age: 30 }, views, moreViews);
    const walk = (seen: string): [string[], number][] => {
      const path: [string[], number][] = [];
      for (let at = walked(before, {}, { seen }); shown(at).kind !== "review"; at = goForward(goForward(at, TODAY), TODAY)) path.push([names(at), progressOf(at)]);
      return path;
    };
    const [yes, no] = [walk("yes"), walk("no")];
    expect(names(before)).toEqual(["private"]);
    expect(yes[0]?.[0]).toEqual(["told"]);
    expect(no[0]?.[0]).toEqual(["filler"]);
    expect(no.map(([, progress]) => progress)).toEqual(yes.map(([, progress]) => progress));
  });

  test("a sensitive section can be left out whole, unless something in it has to be answered", () => {
    const at = walked(begun(), { gender: "male" }, { age: 30 }, views, moreViews);
    expect(canSkipSection(at)).toBe(true);
    expect(names(withoutSection(at, TODAY))).toEqual(["wish"]);
    const strict: Survey = { ...survey, sections: sections.map((section) => ({ ...section, questions: section.questions.map((question) => ({ ...question, required: true as const })) })) };
    expect(canSkipSection({ ...at, survey: strict })).toBe(false);
  });
});

describe("the end", () => {
  const finished = walked(begun(), { gender: "male" }, { age: 30 }, views, moreViews, {}, { seen: "no" }, {}, { wish: "nhà trẻ" });

  test("behind the last screen lies the review, and the way is all gone", () => {
    expect(shown(finished).kind).toBe("review");
    expect(progressOf(finished)).toBe(1);
    expect(firstProblem(finished, TODAY)).toBeUndefined();
  });

  test("each screen is an equal step", () => {
    const start = begun();
    const next = walked(start, { gender: "male" });
    expect(progressOf(next) - progressOf(start)).toBeCloseTo(1 / start.screens.length);
  });

  test("it counts the questions met and answered, unless a part is private", () => {
    const open = { ...finished, survey: { ...survey, sections: sections.filter((section) => !section.sensitive) } };
    expect(answeredQuestions({ ...open, screens: begun(open.survey).screens }, TODAY)).toEqual({ asked: 9, answered: 9 });
    expect(answeredQuestions(finished, TODAY)).toBeUndefined();
  });

  test("an answer that was unsettled later is shown again instead of being sent", () => {
    const unsettled = firstProblem({ ...finished, answers: { ...finished.answers, age: 200 } }, TODAY);
    expect(unsettled && [names(unsettled), unsettled.problems]).toEqual([["age"], { age: ["answer.out_of_range"] }]);
  });
});

test("of choices that exclude each other the newest wins", () => {
  const choices = [
    { name: "law", label: {} },
    { name: "news", label: {} },
    { name: "none", label: {}, exclusive: true },
  ];
  expect(toggled(choices, ["news"], "law")).toEqual(["law", "news"]);
  expect(toggled(choices, ["law", "news"], "none")).toEqual(["none"]);
  expect(toggled(choices, ["none"], "law")).toEqual(["law"]);
  expect(toggled(choices, ["law"], "law")).toEqual([]);
});
