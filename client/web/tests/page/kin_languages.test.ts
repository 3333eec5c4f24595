import { afterEach, expect, test } from "vitest";
import { inLanguage } from "../../src/language/survey.ts";
import english from "../../src/texts/en.json";
import vietnamese from "../../src/texts/vi.json";
import { changeTo, fallbacks, said, speak, t } from "../../src/texts.ts";

globalThis.document ??= { documentElement: {} } as Document;

afterEach(() => {
  fallbacks.value = [];
  speak("vi");
});

test.each([
  ["en-GB", [], english],
  ["en-AU", [], english],
  ["vi-VN", [], vietnamese],
  ["km", ["km", "en-GB"], english],
  ["km", ["vi", "km"], vietnamese],
  ["zh-Hant", ["zh-Hant"], vietnamese],
])("the page speaks %s among %s", async (code, languages, expected) => {
  fallbacks.value = languages;
  await changeTo(code);
  expect(t("welcome.start")).toBe(expected["welcome.start"]);
});

test("a survey's words are found by kin, too", () => {
  const text = { vi: "Chào", "en-GB": "Hello" };
  expect(inLanguage(text, "en")).toBe("Hello");
  expect(inLanguage(text, "vi-VN")).toBe("Chào");
  expect(inLanguage(text, "km", ["en-GB"])).toBe("Hello");
  speak("en");
  expect(said(text)).toBe("Hello");
});
