/** Service level by the five conventions of the metrics definition, from summed counters. */

import type { Convention, Figures } from "../api/types";

export const CONVENTIONS: readonly Convention[] = ["a", "b", "c", "d", "e"];

export const FORMULAS: Readonly<Record<Convention, string>> = {
  a: "a / (A + B)",
  b: "a / A",
  c: "(a + b) / (A + B)",
  d: "a / (A + B − b)",
  e: "a / (A + B − s)",
};

export type ServiceCounters = Pick<
  Figures,
  "answered" | "abandoned" | "answered_in_target" | "abandoned_in_target" | "abandoned_short"
>;

export function serviceLevelPercent(counters: ServiceCounters, convention: Convention): number | null {
  const { answered, abandoned, answered_in_target: answeredInTarget } = counters;
  const { abandoned_in_target: abandonedInTarget, abandoned_short: abandonedShort } = counters;
  const [numerator, denominator] = {
    a: [answeredInTarget, answered + abandoned],
    b: [answeredInTarget, answered],
    c: [answeredInTarget + abandonedInTarget, answered + abandoned],
    d: [answeredInTarget, answered + abandoned - abandonedInTarget],
    e: [answeredInTarget, answered + abandoned - abandonedShort],
  }[convention] as [number, number];
  return denominator === 0 ? null : (100 * numerator) / denominator;
}
