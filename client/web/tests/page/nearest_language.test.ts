import { afterEach, expect, test } from "vitest";
import { inLanguage } from "../../src/language/survey.ts";
import { changeLanguage, fallbacks, loadEnglishBy, localized, setLanguage, t } from "../../src/texts.ts";
import english from "../../src/texts/en.json";
import vietnamese from "../../src/texts/vi.json";

globalThis.document ??= { documentElement: {} } as Document;

loadEnglishBy(() => Promise.resolve(english));

afterEach(() => {
  fallbacks.value = [];
  setLanguage("vi");
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
  await changeLanguage(code);
  expect(t("welcome.start")).toBe(expected["welcome.start"]);
});

test("a survey's words are found by kin, too", () => {
  const text = { vi: "Chào", "en-GB": "Hello" };
  expect(inLanguage(text, "en")).toBe("Hello");
  expect(inLanguage(text, "vi-VN")).toBe("Chào");
  expect(inLanguage(text, "km", ["en-GB"])).toBe("Hello");
  setLanguage("en");
  expect(localized(text)).toBe("Hello");
});
