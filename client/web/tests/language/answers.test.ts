import { describe, expect, test } from "vitest";
import { checkAnswers, checkQuestion, computed, pruned, relevantNames } from "../../src/language/answers.ts";
import type { Survey } from "../../src/language/survey.ts";
import { answerCases, TODAY } from "./vectors.ts";

const { surveys, cases } = answerCases();
const surveyOf = (id: string): Survey => surveys.find((survey) => survey.id === id)!;

describe("a response gets the verdict that it gets on the server", () => {
  test.each(cases)("$name", ({ survey: id, answers, problems, ...follows }) => {
    const survey = surveyOf(id);
    expect(checkAnswers(survey, answers, TODAY).map(({ question, code }) => [question, code])).toEqual(problems);
    if (follows.relevant) expect(new Set(relevantNames(survey, answers, TODAY))).toEqual(new Set(follows.relevant));
    if (follows.computed) expect(computed(survey, answers, TODAY)).toEqual(follows.computed);
  });
});

const logic = surveyOf("logic");
const everyKind = surveyOf("every-kind");

test("while a person is answering, what is empty is not wrong but missing", () => {
  expect(checkQuestion(everyKind, "many", { many: [] }, TODAY)).toEqual([]);
  expect(checkQuestion(everyKind, "said", { localized: "" }, TODAY)).toEqual([]);
  expect(checkQuestion(everyKind, "one", { one: "" }, TODAY)).toEqual(["answer.required"]);
  expect(checkQuestion(everyKind, "hello", {}, TODAY)).toEqual([]);
});

test("what is sealed holds neither the empty nor the irrelevant, and tells nothing of the order of answering", () => {
  const answers = { late: 2, b: "yes", a: "no", d: 4, c: "yes", f: "" };
  expect(JSON.stringify(pruned(logic, answers, TODAY))).toBe(JSON.stringify({ a: "no", d: 4, late: 2 }));
});

test("what is pruned satisfies the survey where the answers did", () => {
  const answers = { a: "yes", b: "no", c: "no", d: 2, one: "x" };
  expect(checkAnswers(logic, pruned(logic, answers, TODAY), TODAY)).toEqual([]);
});

test("a choice's label is given in the language asked for, else in the first", () => {
  const labelled: Survey = {
    ...everyKind,
    choice_lists: { ...everyKind.choice_lists, src: [{ name: "law", label: { vi: "Luật", en: "The law" } }] },
  };
  const answers = { one: "yes", many: ["law"] };
  expect(computed(labelled, answers, TODAY, "en")).toEqual({ shown: "The law" });
  expect(computed(labelled, answers, TODAY, "fr")).toEqual({ shown: "Luật" });
});

test("a chain of 500 questions, each waiting for the one before, is read through", () => {
  const questions = Array.from({ length: 500 }, (_, place) => ({
    type: "select_one" as const,
    name: `q${place}`,
    list: "yn",
    ...(place ? { relevant: { text: "", tree: ["=", ["ref", `q${place - 1}`], ["str", "yes"]] } as never } : {}),
  }));
  const survey: Survey = { ...everyKind, sections: [{ name: "long", questions }] };
  const answers = Object.fromEntries(questions.map(({ name }) => [name, "yes"]));
  expect(relevantNames(survey, answers, TODAY).size).toBe(500);
  expect(relevantNames(survey, { ...answers, q9: "no" }, TODAY).size).toBe(10);
});
