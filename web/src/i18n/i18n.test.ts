import { expect, test } from "vitest";
import { en } from "./en";
import { ko } from "./ko";

function texts(catalogue: object, path: readonly string[] = []): [string[], string][] {
  return Object.entries(catalogue).flatMap(([key, value]): [string[], string][] => {
    const here = [...path, key];
    if (typeof value === "object" && value !== null) {
      return texts(value, here);
    }
    return [[here, typeof value === "function" ? String((value as (...parts: string[]) => string)("1", "2")) : String(value)]];
  });
}

// Terms that are the same in both languages.
const SHARED = new Set(["product", "common.none", "contact.hash", "contact.fields.sha256", "figures.satisfactionOf", "reports.n", "scorecards.targetIs"]);

// Groups whose texts are looked up by what the API says.
const LOOKED_UP = new Set([
  "roles", "appearance", "roleDescriptions", "ghostReasons", "age", "durations", "agentStates", "contactStates", "outcomes", "conventionTexts",
  "figureNames", "conventions", "attributions", "periods", "sections", "verdicts", "weekdayNames", "bounds", "statuses", "units",
  "kinds", "stages", "entries", "blocks", "results", "fields", "channels", "methods", "disconnectReasons",
  "behind", "agrees", "judgements", "estimates", "costCategories",
]);

const SOURCES = Object.entries(import.meta.glob<string>("../**/*.{ts,tsx}", { query: "?raw", import: "default", eager: true }))
  .filter(([path]) => !/\.test\.|\/(en|ko)\.ts$/.test(path))
  .map(([, source]) => source);

/** Whether one source names the text's group and the text; the catalogue's type says that the group has it. */
function isUsed(path: readonly string[]): boolean {
  const [group, name] = [path.at(-2), path.at(-1)];
  const [ofGroup, itself] = [new RegExp(`\\b${group ?? "messages"}\\b|\\bCATALOGUES\\b`), new RegExp(`\\.${name}\\b`)];
  return SOURCES.some((source) => ofGroup.test(source) && itself.test(source));
}

test("every text is Korean in the Korean catalogue", () => {
  const untranslated = texts(ko).filter(([path, text]) => !SHARED.has(path.join(".")) && !/[가-힣]/.test(text));
  expect(untranslated).toEqual([]);
});

test("no text is empty in either", () => {
  expect([...texts(en), ...texts(ko)].filter(([, text]) => text.trim() === "")).toEqual([]);
});

test("every text is shown somewhere", () => {
  const kept = texts(en).map(([path]) => path).filter((path) => !LOOKED_UP.has(path.at(-2) ?? ""));
  expect(kept.filter((path) => !isUsed(path)).map((path) => path.join("."))).toEqual([]);
});
