import { describe, expect, test } from "vitest";
import type { Survey } from "../../src/language/survey.ts";
import { answered, goBack, finalAnswers, firstProblem, goForward, type Interview, passGate, progressOf } from "../../src/worker/interview.ts";
import { begun, names, pressed, shown, survey as small, TODAY, walked } from "./survey.ts";

const say = (vi: string): { vi: string } => ({ vi });
const isEntered = { text: "", tree: ["=", ["ref", "door"], ["str", "enter"]] } as const;
const isWoman = { text: "", tree: ["=", ["ref", "gender"], ["str", "female"]] } as const;

const survey: Survey = {
  ...small,
  choice_lists: { ...small.choice_lists, gate: ["enter", "skip", "end"].map((name) => ({ name, label: say(name) })) },
  sections: [
    { name: "about", questions: [{ type: "select_one", name: "gender", list: "genders", label: say("?") }] },
    { name: "gate", questions: [{ type: "select_one", name: "door", list: "gate", appearance: "gate", label: say("?") }] },
    { name: "guarded", sensitive: true, relevant: isEntered, questions: ["g1", "g2"].map((name) => ({ type: "select_one", name, list: "yes_no", label: say("?") })) },
    { name: "private", sensitive: true, relevant: isWoman, questions: [{ type: "select_one", name: "p1", list: "yes_no", label: say("?") }] },
    { name: "last", questions: [{ type: "select_one", name: "must", list: "yes_no", required: true, label: say("?") }] },
  ],
};

const gate = survey.sections[1]!.questions[0]!;
const atGate = walked(begun(survey), { gender: "male" });
const through = (way: string): Interview => passGate(atGate, gate, way, TODAY);

function screens(interview: Interview): string[] {
  const path: string[] = [];
  for (let at = interview; shown(at).kind !== "review"; at = pressed(at)) {
    path.push(...names(at));
    if (path.includes("must")) break;
  }
  return path;
}

describe("a tap at the gate", () => {
  test("answers and goes on", () => {
    expect(names(atGate)).toEqual(["door"]);
    expect(through("enter").answers["door"]).toBe("enter");
    expect(screens(through("enter"))).toEqual(["private", "g1", "g2", "private", "filler", "must"]);
  });

  test("that skips leads past the guarded part without screens that fill it; other private parts keep theirs", () => {
    expect(screens(through("skip"))).toEqual(["private", "filler", "must"]);
  });

  test("that ends leads straight to the last screen, and back from there to the gate", () => {
    const ended = through("end");
    expect(shown(ended).kind).toBe("review");
    expect(progressOf(ended)).toBe(1);
    expect(names(goBack(ended, TODAY))).toEqual(["door"]);
  });
});

test("who ended is not sent back to questions that she never met", () => {
  expect(firstProblem(through("end"), TODAY)).toBeUndefined();
});

test("who comes back and skips after all takes the guarded answers away", () => {
  const withDatabase = answered(goForward(through("enter"), TODAY), "g1", "yes");
  const returned = goBack(goBack(withDatabase, TODAY), TODAY);
  expect(names(returned)).toEqual(["door"]);
  expect(finalAnswers(passGate(returned, gate, "skip", TODAY), TODAY)).toEqual({ gender: "male", door: "skip" });
});

test("a guarded part that does not concern somebody who did enter keeps its length", () => {
  const sections = survey.sections.map((section) =>
    section.name === "guarded" ? { ...section, relevant: { text: "", tree: ["and", isEntered.tree, isWoman.tree] } as never } : section,
  );
  const strict = { ...survey, sections };
  const entered = passGate(walked(begun(strict), { gender: "male" }), gate, "enter", TODAY);
  expect(screens(entered)).toEqual(["private", "filler", "filler", "private", "filler", "must"]);
});

test("a gate that no longer concerns somebody ends nothing", () => {
  const sections = survey.sections.map((section) => (section.name === "gate" ? { ...section, relevant: isWoman } : section));
  const ended = passGate(walked(begun({ ...survey, sections }), { gender: "female" }), gate, "end", TODAY);
  expect(shown(ended).kind).toBe("review");
  const changed = answered(goBack(goBack(ended, TODAY), TODAY), "gender", "male");
  expect(screens(pressed(changed))).toEqual(["private", "filler", "must"]);
});
