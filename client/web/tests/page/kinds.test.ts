import { afterEach, describe, expect, test } from "vitest";
import { fieldOf, KINDS, kindOf, type QuestionType } from "../../src/language/kinds.ts";
import type { Question, Survey } from "../../src/language/survey.ts";
import { componentFor } from "../../src/worker/fields.tsx";
import { chunksFor, datesAndDecimals, rankingsAndMedia } from "../../src/worker/optional_parts.ts";

const TYPES = Object.keys(KINDS) as QuestionType[];
const questionOf = (type: QuestionType): Question => ({ type, name: "q", label: { vi: "?" }, range: { start: 0, end: 10, step: 1 } });
const surveyOf = (question: Question): Survey => ({ id: "s", version: 1, kind: "survey", title: { vi: "S" }, languages: ["vi"], sections: [{ name: "all", questions: [question] }] });

afterEach(() => {
  datesAndDecimals.value = undefined;
  rankingsAndMedia.value = undefined;
});

describe.each(TYPES)("a question of the type %s", (type) => {
  const question = questionOf(type);

  test("has a field, once the chunks are there that its survey needs, if it asks for anything", async () => {
    const chunks = chunksFor(surveyOf(question));
    if (chunks.includes("dates_and_decimals")) datesAndDecimals.value = await import("../../src/optional/dates_and_decimals.tsx");
    if (chunks.includes("rankings_and_media")) rankingsAndMedia.value = await import("../../src/optional/rankings_and_media.tsx");
    expect(componentFor(question) !== undefined).toBe(kindOf(question) !== undefined);
  });

  test("takes nothing that is no answer", () => {
    for (const junk of [undefined, null, {}, true, "", []]) {
      expect(typeof (kindOf(question)?.read(junk, question, []) ?? {})).toBe("object");
    }
  });
});

test("the field from 0 to 10 comes with the chunk of dates and decimals", async () => {
  expect(fieldOf({ type: "nps" })).toBe("nps");
  expect(chunksFor(surveyOf(questionOf("nps")))).toEqual(["dates_and_decimals"]);
});
