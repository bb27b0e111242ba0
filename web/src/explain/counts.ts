/** Which contacts count in a counter, and what they count together. */

import type { ExplainedContact } from "../api/types";

/** The one that no sum makes: the longest wait of several is the longest of theirs. */
const LONGEST = "longest_wait_seconds";

/** Contacts that count in a counter; all of them for an empty name. */
export function countsIn(contacts: readonly ExplainedContact[], counter: string): readonly ExplainedContact[] {
  return counter === "" ? contacts : contacts.filter(({ counts }) => (counts[counter] ?? 0) !== 0);
}

export function addUp(
  rows: readonly { readonly counts: Readonly<Record<string, number>> }[],
  counters: readonly string[],
): Readonly<Record<string, number>> {
  const together = (counter: string): number => {
    const values = rows.map(({ counts }) => counts[counter] ?? 0);
    return counter === LONGEST ? Math.max(0, ...values) : values.reduce((sum, value) => sum + value, 0);
  };
  return Object.fromEntries(counters.map((counter) => [counter, together(counter)]));
}
