/** Who may import whom on the page. Types and import() count like everything else: what a reader has to follow is a dependency. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path/posix";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const SOURCE = fileURLToPath(new URL("../src", import.meta.url)).replaceAll("\\", "/");
const FILES = (readdirSync(SOURCE, { recursive: true }) as string[]).map((name) => name.replaceAll("\\", "/")).filter((name) => /\.tsx?$/.test(name));
const IMPORTED = /(?:\bfrom|\bimport|\bimport\(|new URL\()\s*"(\.[^"]+)"/g;

const textOf = (file: string): string => readFileSync(join(SOURCE, file), "utf8");

/** The modules of src that this one names, from src on. */
const importsOf = (file: string): string[] =>
  [...textOf(file).matchAll(IMPORTED)].map(([, name = ""]) => normalize(join(dirname(file), name))).filter((name) => /\.tsx?$/.test(name));

const GRAPH: ReadonlyMap<string, readonly string[]> = new Map(FILES.map((file) => [file, importsOf(file)]));

/** A way from a module back to itself, if there is one. */
function circleFrom(start: string): string[] | undefined {
  const cameFrom = new Map<string, string>();
  const next = [start];
  for (let file = next.pop(); file !== undefined; file = next.pop()) {
    for (const imported of GRAPH.get(file) ?? []) {
      if (imported === start) return wayTo(file, cameFrom);
      if (cameFrom.has(imported)) continue;
      cameFrom.set(imported, file);
      next.push(imported);
    }
  }
  return undefined;
}

function wayTo(file: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const way = [file];
  for (let before = cameFrom.get(file); before !== undefined; before = cameFrom.get(before)) way.unshift(before);
  return way;
}

/** What modules of each folder may import beside their own folder. "" stands for the modules of src itself. */
const SHARED = ["chunks.ts", "day.ts", "icons.tsx", "link_code.ts", "preload.ts", "texts.ts"];
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  language: [],
  transport: ["language"],
  device: ["language", "transport", ...SHARED],
  worker: ["language", "transport", "device", ...SHARED],
  optional: ["language", "worker", ...SHARED],
  staff: ["language", "transport", "device", "worker", "screens.ts", ...SHARED],
};

const folderOf = (file: string): string => (file.includes("/") ? file.slice(0, file.indexOf("/")) : file);

test("the graph has the page in it", () => {
  expect(FILES.length).toBeGreaterThan(80);
  expect(GRAPH.get("main.tsx")).toContain("app.ts");
  expect(GRAPH.get("loading.ts")).toContain("optional/right_answers.tsx");
  for (const imported of [...GRAPH.values()].flat()) expect([imported, existsSync(join(SOURCE, imported))]).toEqual([imported, true]);
});

test("no module imports itself by way of others", () => {
  expect(FILES.flatMap((file) => circleFrom(file)?.join(" → ") ?? [])).toEqual([]);
});

test.each(Object.entries(MAY_IMPORT))("%s/ imports nothing but what it may", (folder, allowed) => {
  const strangers = FILES.filter((file) => folderOf(file) === folder).flatMap((file) =>
    (GRAPH.get(file) ?? []).filter((imported) => ![folder, ...allowed].includes(folderOf(imported))).map((imported) => `${file} → ${imported}`),
  );
  expect(strangers).toEqual([]);
});

test("what all may use imports no screen", () => {
  const strangers = SHARED.flatMap((file) => (GRAPH.get(file) ?? []).filter((imported) => !["language", ...SHARED].includes(folderOf(imported))));
  expect(strangers).toEqual([]);
});

test("every folder has its rule", () => {
  const folders = new Set(FILES.filter((file) => file.includes("/")).map(folderOf));
  expect([...folders].sort()).toEqual(Object.keys(MAY_IMPORT).sort());
});

test("only loading.ts loads on demand, and only app.ts asks it to", () => {
  const loads = /\bimport\(/;
  expect(FILES.filter((file) => loads.test(textOf(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "").replace(/typeof import\(/g, "")))).toEqual(["loading.ts"]);
  expect(FILES.filter((file) => GRAPH.get(file)?.includes("loading.ts"))).toEqual(["app.ts"]);
});
