import { expect, test } from "vitest";
import { coarseDay, dayOf } from "../../src/day.ts";
import type { Campaign } from "../../src/transport/wire.ts";
import { answered } from "../../src/worker/interview.ts";
import { recordOf } from "../../src/worker/record.ts";
import { begun, survey, TODAY, walked } from "./survey.ts";

const campaign: Campaign = { id: "dot-4", title: { vi: "Đợt 4" }, from: "2026-11-01", to: "2026-12-31", day: "week", key: { id: "", suite: "", public: "" }, sites: [], survey };
const session = { mode: "tablet", campaign, site: { id: "may-10", name: "May 10" } } as const;

test("the record holds what was promised and nothing else", () => {
  const interview = walked(begun(), { gender: "male" }, { age: 34 });
  const record = recordOf(session, interview, "vi", TODAY);
  expect(record).toEqual({ campaign: "dot-4", survey: "thu", version: 1, site: "may-10", day: "2026-11-16", mode: "tablet", language: "vi", answers: { gender: "male", age: 34 } });
  expect(Object.keys(record)).toHaveLength(8);
});

test("free text travels composed and without loose ends", () => {
  const interview = answered(begun(), "wish", " Huế ".normalize("NFD"));
  expect(recordOf(session, interview, "vi", TODAY).answers["wish"]).toBe("Huế");
});

test("blanks alone are no answer", () => {
  const interview = answered(answered(begun(), "wish", "Huế"), "wish", " \n ");
  expect(recordOf(session, interview, "vi", TODAY).answers).not.toHaveProperty("wish");
});

test("a response carries the local day, not the one in Greenwich", () => {
  const afterMidnight = new Date(2026, 10, 22, 0, 30);
  expect(afterMidnight.toISOString()).toContain("2026-11-21");
  expect(dayOf(afterMidnight)).toBe("2026-11-22");
});

test.each([
  ["day", "2026-11-22"],
  ["week", "2026-11-16"],
  ["month", "2026-11-01"],
] as const)("a campaign by the %s", (unit, expected) => {
  expect(coarseDay("2026-11-22", unit)).toBe(expected);
});

test("a Monday is the first day of its own week", () => {
  expect(coarseDay("2026-11-16", "week")).toBe("2026-11-16");
});
