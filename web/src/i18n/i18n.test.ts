import { expect, test } from "vitest";
import { en } from "./en";
import { ko } from "./ko";

function texts(catalogue: object, path = ""): [string, string][] {
  return Object.entries(catalogue).flatMap(([key, value]): [string, string][] => {
    const here = `${path}.${key}`;
    if (typeof value === "object" && value !== null) {
      return texts(value, here);
    }
    return [[here, typeof value === "function" ? String((value as (...parts: string[]) => string)("1", "2")) : String(value)]];
  });
}

// Terms that are the same in both languages.
const SHARED = new Set([".product", ".common.none", ".contact.hash", ".contact.fields.sha256", ".figures.satisfactionOf", ".reports.n", ".scorecards.targetIs"]);

test("every text is Korean in the Korean catalogue", () => {
  const untranslated = texts(ko).filter(([path, text]) => !SHARED.has(path) && !/[가-힣]/.test(text));
  expect(untranslated).toEqual([]);
});

test("no text is empty in either", () => {
  expect([...texts(en), ...texts(ko)].filter(([, text]) => text.trim() === "")).toEqual([]);
});
