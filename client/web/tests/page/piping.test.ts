import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Question, Survey } from "../../src/language/survey.ts";
import { fallbacks, localized, setLanguage } from "../../src/texts.ts";
import { answerInWords, piped } from "../../src/worker/answers_in_words.ts";
import { answered, type Interview } from "../../src/worker/interview.ts";
import { begun, survey as small, TODAY } from "./survey.ts";

const asked = (type: Question["type"], name: string, more: Partial<Question> = {}): Question => ({ type, name, label: { vi: name }, ...more });
const questions = [
  asked("select_one", "gender", { list: "genders" }),
  asked("select_multiple", "both", { list: "yes_no" }),
  asked("rank", "order", { list: "yes_no" }),
  asked("decimal", "hours"),
  asked("integer", "heads"),
  asked("date", "born", { appearance: "year" }),
  asked("date", "began", { appearance: "month-year" }),
  asked("date", "day"),
  asked("text", "wish"),
  asked("integer", "hired", { range: { start: 1980, end: 2026, step: 1 } }),
  asked("integer", "pay", { range: { start: 0, end: 1e8, step: 1 } }),
  { type: "calculate", name: "hired_next", calculation: { text: "", tree: ["+", ["ref", "hired"], ["num", 1]] } } as const,
  { type: "calculate", name: "hired_twice", calculation: { text: "", tree: ["*", ["ref", "hired"], ["num", 2]] } } as const,
  asked("text", "if_woman", { relevant: { text: "", tree: ["=", ["ref", "gender"], ["str", "female"]] } }),
  { type: "calculate", name: "twice", calculation: { text: "", tree: ["*", ["ref", "hours"], ["num", 2]] } } as const,
];
const survey: Survey = { ...small, sections: [{ name: "all", questions }] };
const given = { gender: "male", both: ["yes", "no"], order: ["no", "yes"], hours: 9.5, heads: 1200, born: "1990-01-01", began: "2019-07-01", day: "2026-11-25", wish: "nhà trẻ", hired: 1998, pay: 7_500_000, if_woman: "x" };
const person: Interview = Object.entries(given).reduce((now, [name, value]) => answered(now, name, value), begun(survey));
const filledIn = (words: string): string => piped({ vi: words, en: words }, person, TODAY);

const page = { documentElement: { lang: "" } };
beforeEach(() => {
  Object.assign(globalThis, { document: page });
  setLanguage("vi");
});
afterEach(() => {
  Reflect.deleteProperty(globalThis, "document");
  fallbacks.value = [];
});

describe("an earlier answer in a later text", () => {
  test.each([
    ["${gender}", "Nam"],
    ["${ gender }", "Nam"],
    ["${both}", "Có, Không"],
    ["${hours}", "9,5"],
    ["${twice}", "19"],
    ["${heads}", "1.200"],
    ["${born}", "1990"],
    ["${began}", "07/2019"],
    ["${day}", "25/11/2026"],
    ["${hired}", "1998"],
    ["${hired_next}", "1999"],
    ["${hired_twice}", "3.996"],
    ["${pay}", "7.500.000"],
    ["${wish}", "nhà trẻ"],
  ])("%s is %s", (words, expected) => {
    expect(filledIn(`Vì ${words}?`)).toBe(`Vì ${expected}?`);
  });

  test("is written the way the language writes it", () => {
    setLanguage("en");
    expect(filledIn("${hours} ${heads} ${began}")).toBe("9.5 1,200 July 2019");
  });

  test("leaves an ellipsis where nothing was answered, or where it does not concern this person", () => {
    expect(piped({ vi: "${gender} ${twice} ${nobody}" }, begun(survey), TODAY)).toBe("… … …");
    expect(filledIn("${if_woman}")).toBe("…");
  });

  test("is never read as a reference itself", () => {
    const sly = answered(person, "wish", "${hours} $& $1");
    expect(piped({ vi: "Vì ${wish}" }, sly, TODAY)).toBe("Vì ${hours} $& $1");
  });
});

test("the record shows a ranking with its places and a whole day as it is written here", () => {
  expect(answerInWords(survey, "order", ["no", "yes"])).toBe("1.\u00a0Không; 2.\u00a0Có");
  expect(answerInWords(survey, "day", "2026-11-25")).toBe("25/11/2026");
});

describe("a text without the language in use", () => {
  const text = { en: "hello", fr: "bonjour", vi: "chào" };

  test("speaks the first of the survey's languages that it has, not the first of the alphabet", () => {
    fallbacks.value = ["fr", "en"];
    setLanguage("km");
    expect(localized(text)).toBe("bonjour");
    expect(localized({ en: "hello", vi: "chào" })).toBe("hello");
  });

  test("speaks Vietnamese where there is no survey", () => {
    setLanguage("km");
    expect(localized(text)).toBe("chào");
    expect(localized({ en: "hello" })).toBe("hello");
    expect(localized(undefined)).toBe("");
  });
});
