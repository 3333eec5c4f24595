/** The browsers that the page promises are those that it is built for, and it uses nothing that is newer than they are. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const root = new URL("../../", import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, root), "utf8");

/** What came to a browser's library after the oldest that is promised, or is easily done without. */
const NEWER = [
  /\.(at|findLast|findLastIndex|toSorted|toReversed|toSpliced|isWellFormed|toWellFormed|isSubsetOf|isDisjointFrom|intersection|difference|checkVisibility|showPopover)\(/,
  /\b(Object\.(hasOwn|groupBy)|Map\.groupBy|Array\.fromAsync|Promise\.(withResolvers|try)|structuredClone|AbortSignal\.(any|timeout)|Intl\.(ListFormat|Segmenter|DurationFormat)|RegExp\.escape|scheduler\.|requestIdleCallback|Iterator\.)/,
];

const sources = (readdirSync(new URL("src", root), { recursive: true }) as string[]).filter((name) => /\.tsx?$/.test(name));

test.each(sources)("%s uses no function that an old browser lacks", (name) => {
  for (const newer of NEWER) expect(read(`src/${name}`).match(newer)).toBeNull();
});

test("the written list is the build's target", () => {
  const [, target = ""] = /cssTarget: \[([^\]]+)\]/.exec(read("vite.config.ts")) ?? [];
  const built = new Map([...target.matchAll(/"([a-z]+)([\d.]+)"/g)].map(([, browser, version]) => [browser, version]));
  expect([...built.keys()]).toEqual(["chrome", "edge", "firefox", "safari"]);
  for (const guide of ["README.md", "../FIELD_GUIDE.md"]) {
    for (const [browser = "", version] of built) expect(read(guide)).toMatch(new RegExp(`${browser} ${version?.replace(".", "\\.")}\\b`, "i"));
  }
});

test("what looks at the browser first can be read by any", () => {
  const check = read("public/check.js").replace(/\/\*[\s\S]*?\*\//g, "");
  expect(check).not.toMatch(/=>|\b(let|const|class|async|await)\b|`|\?\.|\?\?|\.\.\./);
});
