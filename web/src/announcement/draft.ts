/** An announcement that a supervisor writes, and what is still wrong with it. */

import type { Announcement } from "../api/types";

/** What the API takes. */
export const LONGEST_TEXT = 1000;
export const DURATIONS_MINUTES = [30, 60, 120, 240, 720, 1440, 4320, 10080] as const;
export type DurationMinutes = (typeof DURATIONS_MINUTES)[number];

export interface Draft {
  readonly text: Readonly<Record<string, string>>;
  readonly minutes: DurationMinutes;
  readonly closed: boolean;
  /** An emergency closure is published only when it was confirmed. */
  readonly confirmed: boolean;
}

/** What a caller hears of a text: blanks and line ends are not spoken. */
export function spoken(text: string): string {
  return text.split(/\s+/u).filter(Boolean).join(" ");
}

export function startDraft(announcement: Announcement | null, languages: readonly string[]): Draft {
  return {
    text: Object.fromEntries(languages.map((language) => [language, announcement?.text[language] ?? ""])),
    minutes: 120,
    closed: announcement?.closed ?? false,
    confirmed: false,
  };
}

/** Characters as the API counts them: by code point. */
export function countCharacters(text: string): number {
  return [...spoken(text)].length;
}

export function isReady(draft: Draft): boolean {
  const counts = Object.values(draft.text).map(countCharacters);
  return counts.every((count) => count > 0 && count <= LONGEST_TEXT) && (!draft.closed || draft.confirmed);
}

/** The document to publish at a moment of the centre's clock, which in the twin is not the browser's. */
export function toDocument(draft: Draft, at: string): Pick<Announcement, "text" | "closed" | "expires_at"> {
  const expires = new Date(Date.parse(at) + draft.minutes * 60_000);
  return {
    text: Object.fromEntries(Object.entries(draft.text).map(([language, text]) => [language, spoken(text)])),
    closed: draft.closed,
    expires_at: `${expires.toISOString().slice(0, 19)}Z`,
  };
}
