import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { filledIn } from "../../src/texts.ts";

const source = new URL("../../src/", import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, source), "utf8");
const catalogue = (name: string): Record<string, string> => JSON.parse(read(`texts/${name}.json`)) as Record<string, string>;
const files = (readdirSync(source, { recursive: true }) as string[]).filter((name) => /\.tsx?$/.test(name) && !/^(language|transport)/.test(name));
const code = files.map((name) => read(name)).join("\n");
const placeholders = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([whole]) => whole).sort();

/** Keys whose last part is put together in the code, with what it may be. */
const COMPOSED: Record<string, RegExp> = {
  "": /^(filler\.[1-4]\.(label|[abcd])|error\.answer\.\w+|review\.(failed|too_long|rejected|no_network)|record\.(day|week|month)|record\.mode\.\w+|ended\.(idle|hidden|left)|remark\.warning\.(phone|email|name)|language\.(vi|en))$/,
  "dates_and_decimals.": /^(error\.date\.(year|month|full)|date\.hint\.(year|month|full))$/,
  "survey_kind_texts.": /^[a-z_.]+\.(unit_form|nomination|feedback)$/,
  "tablet.": /^kiosk\.(over|unreadable)\.(title|body)$/,
  "staff.": /^(problem\.[\w.]+|pin\.set\.(short|simple)|home\.campaigns\.(not_open|closed)(\.body)?)$/,
};

describe.each(["", "staff.", "rankings_and_media.", "dates_and_decimals.", "right_answers.", "survey_kind_texts.", "link_texts.", "tablet."])("the two catalogues %s", (prefix) => {
  const vietnamese = catalogue(`${prefix}vi`);
  const english = catalogue(`${prefix}en`);

  test("have the same keys in the same order", () => {
    expect(Object.keys(english)).toEqual(Object.keys(vietnamese));
  });

  test("have the same placeholders", () => {
    for (const [key, text] of Object.entries(vietnamese)) expect([key, placeholders(english[key] ?? "")]).toEqual([key, placeholders(text)]);
  });

  test("are written in composed letters, without loose spaces, and say something", () => {
    for (const [key, text] of [...Object.entries(vietnamese), ...Object.entries(english)]) {
      expect([key, text]).toEqual([key, text.normalize("NFC").trim()]);
      expect(text).not.toBe("");
    }
  });

  test("hold no text that nobody says", () => {
    const unused = Object.keys(vietnamese).filter((key) => !code.includes(`"${key}"`) && !COMPOSED[prefix]?.test(key));
    expect(unused).toEqual([]);
  });

  test("name people Anh/Chị", () => {
    expect(Object.values(vietnamese).filter((text) => /\b(bạn|quý vị|mày)\b/iu.test(text))).toEqual([]);
  });
});

test("every kind of answer problem has its sentence", () => {
  const codes = [...`${read("language/answers.ts")}${read("language/kinds.ts")}`.matchAll(/"(answer\.[a-z_]+)"/g)].map(([, found]) => `error.${found}`);
  expect(codes.length).toBeGreaterThan(5);
  const sentences = { ...catalogue("vi"), ...catalogue("rankings_and_media.vi"), ...catalogue("dates_and_decimals.vi") };
  expect(codes.filter((key) => !(key in sentences))).toEqual([]);
});

test("no sentence stands in the code", () => {
  for (const name of files.filter((file) => file.endsWith(".tsx"))) {
    const bare = read(name).replace(/\/\*[\s\S]*?\*\//g, "").replace(/\/\/.*$/gm, "");
    const spoken = [...bare.matchAll(/(?<!=)>\s*([\p{L}][\p{L} ,.!?]{2,})\s*</gu)].map(([, text]) => text);
    const labels = [...bare.matchAll(/(?:aria-label|title|placeholder)="([^"]+)"/g)].map(([, text]) => text);
    expect([name, spoken, labels]).toEqual([name, [], []]);
  }
});

test("facts take their places; a missing one stays visible", () => {
  expect(filledIn("Còn {count} câu, {other}", { count: 2 })).toBe("Còn 2 câu, {other}");
});

test("what differs for a kind of survey has its usual form too", () => {
  const kinds = /\.(unit_form|nomination|feedback)$/;
  const own = Object.keys(catalogue("survey_kind_texts.vi"));
  expect(own.length).toBeGreaterThan(5);
  expect(own.filter((key) => !kinds.test(key) || !(key.replace(kinds, "") in catalogue("vi")))).toEqual([]);
});
