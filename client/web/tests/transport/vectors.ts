/** The vectors that Python and the page share. */
import { readFileSync } from "node:fs";

export function vectors<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../../../tests/vectors/${name}.json`, import.meta.url), "utf-8")) as T;
}
