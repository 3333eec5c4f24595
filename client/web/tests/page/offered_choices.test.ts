import { describe, expect, test } from "vitest";
import type { Question, Survey } from "../../src/language/survey.ts";
import { answered, choicesFor, declined, finalAnswers, firstProblem, goForward, type Interview } from "../../src/worker/interview.ts";
import { begun, names, shown, survey as small, TODAY, walked } from "./survey.ts";

const inProvince = { text: "province = ${province}", tree: ["=", ["col", "province"], ["ref", "province"]] } as const;
const zone = (type: Question["type"]): Question => ({ type, name: "zone", list: "zones", label: {}, choice_filter: inProvince });
const other: Question = {
  type: "text",
  name: "way_other",
  specifies: "way",
  label: {},
  relevant: { text: "", tree: ["call", "selected", ["ref", "way"], ["str", "other"]] },
};

const surveyWith = (type: Question["type"]): Survey => ({
  ...small,
  choice_lists: {
    provinces: ["north", "south", "empty"].map((name) => ({ name, label: {} })),
    zones: ["n1", "n2", "s1"].map((name) => ({ name, label: {}, columns: { province: name.startsWith("n") ? "north" : "south" } })),
    ways: [{ name: "bus", label: {} }, { name: "other", label: {}, other: true }],
  },
  sections: [
    {
      name: "all",
      questions: [{ type: "select_one", name: "province", list: "provinces", label: {} }, zone(type), { type: "select_one", name: "way", list: "ways", label: {} }, other],
    },
  ],
});

const offered = (interview: Interview): string[] => choicesFor(interview, interview.survey.sections[0]!.questions[1]!, TODAY).map((choice) => choice.name);
const north = (type: Question["type"] = "select_one"): Interview => walked(begun(surveyWith(type)), { province: "north" });

describe("choices that depend on an earlier answer", () => {
  test("are offered as it asks", () => {
    expect(offered(north())).toEqual(["n1", "n2"]);
    expect(offered(walked(begun(surveyWith("select_one")), { province: "south" }))).toEqual(["s1"]);
  });

  test.each([
    ["select_one", "n1", undefined],
    ["select_multiple", ["n1", "n2"], undefined],
    ["rank", ["n2", "n1"], undefined],
  ] as const)("that were taken as %s and are no longer offered are dropped", (type, answer, left) => {
    const chosen = answered(north(type), "zone", typeof answer === "string" ? answer : [...answer]);
    const changed = goForward({ ...answered(chosen, "province", "south"), position: 0 }, TODAY);
    expect(changed.answers["zone"]).toEqual(left);
    expect(finalAnswers(changed, TODAY)).toEqual({ province: "south" });
  });

  test("leave no screen where none is offered", () => {
    expect(names(walked(begun(surveyWith("select_one")), { province: "empty" }))).toEqual(["way"]);
  });

  test("are demanded of nobody who is offered none", () => {
    const demanding = surveyWith("select_one");
    const [all] = demanding.sections;
    const survey = { ...demanding, sections: [{ ...all!, questions: all!.questions.map((question) => ({ ...question, required: true as const })) }] };
    const finished = walked(begun(survey), { province: "empty" }, { way: "bus" });
    expect([shown(finished).kind, firstProblem(finished, TODAY)]).toEqual(["review", undefined]);
    expect(goForward(walked(begun(survey), { province: "north" }), TODAY).problems).toEqual({ zone: ["answer.required"] });
  });

  test("of a ranking have to be put in order all of them", () => {
    const partial = goForward(answered(north("rank"), "zone", ["n2"]), TODAY);
    expect(partial.problems).toEqual({ zone: ["answer.rank_incomplete"] });
    expect(goForward(answered(north("rank"), "zone", ["n2", "n1"]), TODAY).problems).toEqual({});
    expect(declined(partial, TODAY).answers).toEqual({ province: "north" });
  });
});

describe("the text of another choice", () => {
  const atWay = walked(north(), { zone: "n1" });

  test("stands on the same screen, once the choice is taken", () => {
    expect(names(atWay)).toEqual(["way"]);
    expect(names(answered(atWay, "way", "other"))).toEqual(["way", "way_other"]);
    expect(atWay.screens).toHaveLength(3);
  });

  test("is not sealed where the choice was changed again", () => {
    const wrote = answered(answered(atWay, "way", "other"), "way_other", "đi bộ");
    expect(finalAnswers(wrote, TODAY)).toMatchObject({ way: "other", way_other: "đi bộ" });
    expect(finalAnswers(answered(wrote, "way", "bus"), TODAY)).not.toHaveProperty("way_other");
  });
});
