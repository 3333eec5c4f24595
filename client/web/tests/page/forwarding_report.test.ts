import { describe, expect, test } from "vitest";
import { countsUpToServer, readForwardingReport } from "../../src/staff/forwarding_report.ts";

const PAGE = { waiting: 2, sent: 5, held: 1 };
const REPORT = {
  total: { collected: 5, waiting: 3, sent: 1, refused: 1, conflicts: 0 },
  refusals: { "quota.site_full": 1 },
  forwarding: { state: "offline", code: null, tried: null, succeeded: null, failures: 4, sentence: "" },
};

describe("the whole road", () => {
  test("counts as sent only what the server has, and adds up", () => {
    expect(countsUpToServer(PAGE, readForwardingReport(REPORT))).toEqual({ waiting: 5, sent: 1, held: 2 });
  });

  test("counts nothing as sent while the collector has given no report", () => {
    expect(countsUpToServer(PAGE, undefined)).toEqual({ waiting: 7, sent: 0, held: 1 });
  });
});

test("what the collector's disk damaged and lost, and counts that were refused, are told", () => {
  const report = { ...REPORT, total: { ...REPORT.total, damaged: 2, lost: 9 }, tallies_refused: { "tally.malformed": 1 } };
  expect(readForwardingReport(report)).toMatchObject({ damaged: 2, lost: 9, tallies: { "tally.malformed": 1 } });
  expect(readForwardingReport(REPORT)).toMatchObject({ damaged: 0, lost: 0, tallies: {} });
});

test.each([undefined, null, "", {}, { total: { waiting: 1 } }, { ...REPORT, total: { ...REPORT.total, sent: "1" } }, { ...REPORT, forwarding: {} }])("%j is no report", (document) => {
  expect(readForwardingReport(document)).toBeUndefined();
});
