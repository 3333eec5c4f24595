import "fake-indexeddb/auto";
import { beforeEach, expect, test, vi } from "vitest";
import { deleteFact, readFact } from "../../src/device/store.ts";

type Door = typeof import("../../src/device/pin.ts");

let door: Door;

/** The page starts anew: nothing of it stays but what is stored. */
async function reload(): Promise<Door> {
  vi.resetModules();
  return import("../../src/device/pin.ts");
}

const failing = async (times: number, now: number): Promise<void> => {
  for (let number = 0; number < times; number++) await door.checkPin("0000", now);
};

beforeEach(async () => {
  await deleteFact("pin");
  door = await reload();
});

test.each(["1", "123", "123456789", "12a4", ""])("%s has not four to eight digits", (pin) => {
  expect(door.weaknessOf(pin)).toBe("short");
});

test.each(["1111", "1234", "8765", "000000"])("%s is too easy to guess", (pin) => {
  expect(door.weaknessOf(pin)).toBe("simple");
});

test("the right PIN opens, a wrong one does not", async () => {
  await door.setPin("2580");
  expect(door.weaknessOf("2580")).toBeUndefined();
  expect(await door.checkPin("2580", 0)).toEqual({ isRight: true });
  expect(await door.checkPin("2581", 0)).toMatchObject({ isRight: false, triesLeft: 4 });
});

test("the PIN itself is nowhere on the device", async () => {
  await door.setPin("2580");
  expect(JSON.stringify(await readFact("pin"))).not.toContain("2580");
});

test("after five wrong tries even the right one has to wait, and waits get longer", async () => {
  await door.setPin("2580");
  await failing(5, 0);
  expect(await door.checkPin("2580", 1_000)).toEqual({ isRight: false, triesLeft: 0, waitSeconds: 29 });
  expect(await door.secondsToWait(2_000)).toBe(28);
  expect(await door.checkPin("0000", 31_000)).toMatchObject({ isRight: false, waitSeconds: 60 });
  expect(await door.checkPin("2580", 31_000 + 61_000)).toEqual({ isRight: true });
  expect(await door.secondsToWait(31_000 + 61_000)).toBe(0);
});

test("a reload neither shortens the wait nor begins it anew", async () => {
  await door.setPin("2580");
  await failing(6, 0);
  await failing(1, 31_000);
  expect(await door.secondsToWait(31_000)).toBe(60);
  for (let seconds = 1; seconds <= 40; seconds++) await door.secondsToWait(31_000 + seconds * 1000);
  door = await reload();
  expect(await door.secondsToWait(5)).toBe(20);
  expect(await door.checkPin("2580", 10_000)).toMatchObject({ isRight: false, waitSeconds: 11 });
  door = await reload();
  expect(await door.secondsToWait(0)).toBe(11);
  expect(await door.secondsToWait(11_000)).toBe(0);
});

test("nothing that a device's clock says changes the wait", async () => {
  await door.setPin("2580");
  await failing(5, 0);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 365 * 86_400_000 });
  expect(await door.secondsToWait(0)).toBe(30);
  door = await reload();
  expect(await door.secondsToWait(0)).toBe(30);
  vi.useRealTimers();
});

test("of many tries at the same moment, in several tabs, no more are taken than one after another", async () => {
  await door.setPin("2580");
  await failing(4, 0);
  const other = door;
  door = await reload();
  const verdicts = await Promise.all([door, other, door, other, other].map((tab) => tab.checkPin("0000", 0)));
  expect(verdicts.map((verdict) => verdict.isRight || verdict.waitSeconds)).toEqual([30, 30, 30, 30, 30]);
  expect((await readFact("pin"))?.wrong).toBe(5);
});

test("a try in another tab shuts the door here, too", async () => {
  await door.setPin("2580");
  const other = door;
  door = await reload();
  await failing(5, 0);
  expect(await other.checkPin("2580", 1_000)).toMatchObject({ isRight: false, waitSeconds: 30 });
});
