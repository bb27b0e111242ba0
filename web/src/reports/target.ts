/** A target as somebody writes it. */

const SHORTEST_REASON = 3;
export const LONGEST_REASON = 500;

export interface TargetDraft {
  readonly value: string;
  readonly reason: string;
}

/** The number that was written; null where it is none. */
export function readTarget(text: string): number | null {
  const value = Number(text.trim());
  return text.trim() === "" || !Number.isFinite(value) ? null : value;
}

export function isReadyTarget({ value, reason }: TargetDraft): boolean {
  const target = readTarget(value);
  return target !== null && target >= 0 && [...reason.trim()].length >= SHORTEST_REASON;
}
