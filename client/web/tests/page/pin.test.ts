import "fake-indexeddb/auto";
import { beforeEach, expect, test } from "vitest";
import { setPin, tryPin, weaknessOf } from "../../src/device/pin.ts";
import { forget, recall } from "../../src/device/store.ts";

beforeEach(async () => {
  await forget("pin");
});

test.each(["1", "123", "123456789", "12a4", ""])("%s has not four to eight digits", (pin) => {
  expect(weaknessOf(pin)).toBe("short");
});

test.each(["1111", "1234", "8765", "000000"])("%s is too easy to guess", (pin) => {
  expect(weaknessOf(pin)).toBe("simple");
});

test("the right PIN opens, a wrong one does not", async () => {
  await setPin("2580");
  expect(weaknessOf("2580")).toBeUndefined();
  expect(await tryPin("2580", 0)).toEqual({ isRight: true });
  expect(await tryPin("2581", 0)).toMatchObject({ isRight: false, triesLeft: 4 });
});

test("the PIN itself is nowhere on the device", async () => {
  await setPin("2580");
  expect(JSON.stringify(await recall("pin"))).not.toContain("2580");
});

test("after five wrong tries even the right one has to wait, and waits get longer", async () => {
  await setPin("2580");
  for (let number = 0; number < 5; number++) await tryPin("0000", 0);
  expect(await tryPin("2580", 1_000)).toEqual({ isRight: false, triesLeft: 0, waitSeconds: 29 });
  expect(await tryPin("0000", 31_000)).toMatchObject({ isRight: false, waitSeconds: 60 });
  expect(await tryPin("2580", 31_000 + 61_000)).toEqual({ isRight: true });
});

test("a device clock that was set back does not lock staff out for good", async () => {
  await setPin("2580");
  for (let number = 0; number < 5; number++) await tryPin("0000", 9_000_000_000_000);
  const verdict = await tryPin("2580", 0);
  expect(verdict).toMatchObject({ isRight: false, waitSeconds: 900 });
});
