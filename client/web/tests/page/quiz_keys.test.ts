import { expect, test } from "vitest";
import { correctChoiceOn } from "../../src/optional/quiz_keys.ts";

const dated = { type: "select_one", name: "q", correct: [{ choice: "m4", until: "2013-04-30" }, { choice: "m6", from: "2013-05-01" }] } as const;

test.each([
  ["2013-04-30", "m4"],
  ["2013-05-01", "m6"],
  ["2026-11-25", "m6"],
])("on %s the right answer is %s", (day, expected) => {
  expect(correctChoiceOn(dated, day)).toBe(expected);
});

test("a key without days is right on every day", () => {
  expect(correctChoiceOn({ type: "select_one", name: "q", correct: "yes" }, "2026-11-25")).toBe("yes");
});

test("before the first key's days it is the one that its author knew", () => {
  expect(correctChoiceOn({ ...dated, correct: [{ choice: "new", from: "2027-01-01" }] }, "2026-11-25")).toBe("new");
});
