import { expect, test } from "vitest";
import type { Question } from "../../src/language/survey.ts";
import { inOrder, screensOf } from "../../src/worker/survey_screens.ts";
import { sections, survey } from "./survey.ts";

const matrixOf = (count: number, more = {}): number[] => {
  const questions: Question[] = Array.from({ length: count }, (_, index) => ({ type: "select_one", name: `q${index}`, list: "yes_no", label: { vi: "?" } }));
  const screens = screensOf({ ...survey, sections: [{ name: "m", appearance: "table-list", questions, ...more }] }, 1);
  return screens.map((screen) => (screen.kind === "questions" ? screen.names.length : 0));
};

test.each([
  [1, [1]],
  [4, [4]],
  [5, [2, 3]],
  [6, [3, 3]],
  [9, [3, 3, 3]],
  [15, [3, 4, 4, 4]],
])("a list of %i statements is cut evenly", (count, sizes) => {
  expect(matrixOf(count)).toEqual(sizes);
});

test("only questions on the same scale stand in one matrix", () => {
  const mixed = [...sections[1]!.questions.slice(0, 2), { type: "select_one" as const, name: "other", list: "genders", label: {} }];
  const screens = screensOf({ ...survey, sections: [{ ...sections[1]!, questions: mixed }] }, 1);
  expect(screens.map((screen) => screen.kind === "questions" && screen.names)).toEqual([["a", "b"], ["other"]]);
});

test("the order of statements varies between people and is fixed for each of them", () => {
  const shuffledSurvey = { ...survey, sections: [{ ...sections[1]!, randomize: true }] };
  const orders = Array.from({ length: 40 }, (_, seed) => JSON.stringify(screensOf(shuffledSurvey, seed)));
  expect(new Set(orders).size).toBeGreaterThan(20);
  expect(JSON.stringify(screensOf(shuffledSurvey, 3))).toBe(orders[3]);
});

test("shuffled choices leave those that are no real alternative at the end", () => {
  const list = ["a", "b", "c", "d"].map((name) => ({ name, label: {} }));
  const choices = [...list, { name: "none", label: {}, exclusive: true }, { name: "dk", label: {}, off_scale: true }];
  const question: Question = { type: "select_multiple", name: "q", list: "l", randomize: true };
  for (let seed = 0; seed < 30; seed++) {
    const order = inOrder(choices, question, seed).map((choice) => choice.name);
    expect(order.slice(-2)).toEqual(["none", "dk"]);
    expect([...order].sort()).toEqual(["a", "b", "c", "d", "dk", "none"]);
  }
});

test("in whatever order questions come, the text of another choice stays under its question", () => {
  const hosts: Question[] = ["a", "b", "c", "d"].map((name) => ({ type: "rank", name, list: "yes_no", label: {} }));
  const texts: Question[] = hosts.slice(0, 2).map(({ name }) => ({ type: "text", name: `${name}_other`, specifies: name, label: {} }));
  const orders = Array.from({ length: 30 }, (_, seed) => screensOf({ ...survey, sections: [{ name: "s", randomize: true, questions: [...hosts, ...texts] }] }, seed));
  const screens = orders.map((screens) => screens.map((screen) => (screen.kind === "questions" ? screen.names.join() : "")));
  for (const screen of screens) expect([...screen].sort()).toEqual(["a,a_other", "b,b_other", "c", "d"]);
  expect(new Set(screens.map((screen) => screen.join(" "))).size).toBeGreaterThan(10);
});

test("a question whose choices depend on answers stands in no matrix", () => {
  const [first, second] = sections[1]!.questions;
  const filtered = { ...second!, choice_filter: { text: "", tree: ["str", "x"] } as const };
  const screens = screensOf({ ...survey, sections: [{ ...sections[1]!, questions: [first!, filtered] }] }, 1);
  expect(screens.map((screen) => screen.kind === "questions" && screen.names)).toEqual([["a"], ["b"]]);
});

test("calculated values have no screen", () => {
  const screens = screensOf({ ...survey, sections: [{ name: "s", questions: [{ type: "calculate", name: "sum", calculation: { tree: ["num", 1] } }] }] }, 1);
  expect(screens).toEqual([]);
});

test("a page of its own stands before a sensitive section", () => {
  expect(screensOf(survey, 1).filter((screen) => screen.kind === "private").map((screen) => screen.section)).toEqual(["private"]);
});
