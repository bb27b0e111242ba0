import { expect, test } from "vitest";
import { countCharacters, isReady, LONGEST_TEXT, startDraft, toDocument } from "./draft";

const SNOW = { text: { en: "Snow.", ko: "눈." }, minutes: 60, closed: false, confirmed: false } as const;

test("an announcement needs a text in every language that is short enough to listen to", () => {
  expect(isReady(SNOW)).toBe(true);
  expect(isReady({ ...SNOW, text: { en: "Snow.", ko: " \n" } })).toBe(false);
  expect(isReady({ ...SNOW, text: { en: "x".repeat(LONGEST_TEXT + 1), ko: "눈." } })).toBe(false);
  expect(isReady({ ...SNOW, text: { en: "x".repeat(LONGEST_TEXT), ko: "눈." } })).toBe(true);
});

test("nobody closes the centre without confirming it", () => {
  expect(isReady({ ...SNOW, closed: true })).toBe(false);
  expect(isReady({ ...SNOW, closed: true, confirmed: true })).toBe(true);
});

test("it expires by the centre's clock, and blanks are not spoken", () => {
  const draft = { ...SNOW, text: { en: " Snow.\n Stay home. ", ko: "눈." } };
  expect(toDocument(draft, "2026-11-21T18:30:05Z")).toEqual({
    text: { en: "Snow. Stay home.", ko: "눈." },
    closed: false,
    expires_at: "2026-11-21T19:30:05Z",
  });
});

test("a change begins with what callers hear, and asks again whether to close", () => {
  const announcement = {
    announcement_id: "a-1",
    text: { en: "Snow." },
    closed: true,
    expires_at: "2026-11-21T20:00:00Z",
    set_by: "sue",
    set_at: "2026-11-21T18:00:00Z",
  };
  expect(startDraft(announcement, ["en", "ko"])).toMatchObject({ text: { en: "Snow.", ko: "" }, closed: true, confirmed: false });
});

test("a character outside the basic plane counts once", () => {
  expect(countCharacters("🚗 ok")).toBe(4);
});
