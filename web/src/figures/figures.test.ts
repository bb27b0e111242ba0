import { expect, test } from "vitest";
import type { Interval } from "../api/types";
import { intervalPoints } from "./intervals";
import { CONVENTIONS, serviceLevelPercent } from "./service-level";

const COUNTERS = {
  answered: 1000,
  abandoned: 60,
  answered_in_target: 860,
  abandoned_in_target: 20,
  abandoned_short: 10,
};

test("the five conventions give the metrics definition's example", () => {
  const levels = CONVENTIONS.map((convention) => serviceLevelPercent(COUNTERS, convention)?.toFixed(1));
  expect(levels).toEqual(["81.1", "86.0", "83.0", "82.7", "81.9"]);
});

test("nobody answered or abandoned leaves the level open", () => {
  const nobody = { ...COUNTERS, answered: 0, abandoned: 0 };
  expect(serviceLevelPercent(nobody, "a")).toBeNull();
});

function interval(start: string, scope: Interval["scope"], key: string, answered: number): Interval {
  const zero = { answered_in_target: answered, abandoned_in_target: 0, abandoned_short: 0, abandoned: 0, ended_in_menu: 0 };
  return { ...zero, start, scope, key, answered } as unknown as Interval;
}

const ROWS = [
  interval("2026-11-20T15:00:00Z", "queue", "orders", 3),
  interval("2026-11-20T15:00:00Z", "queue", "billing", 2),
  interval("2026-11-20T15:00:00Z", "agent", "mina", 5),
  interval("2026-11-20T15:45:00Z", "queue", "orders", 1),
];

test("all queues are summed, agents' rows are not counted again, gaps are kept", () => {
  expect(intervalPoints(ROWS, null, "c").map(({ answered }) => answered)).toEqual([5, 0, 0, 1]);
});

test("one queue stands alone", () => {
  const points = intervalPoints(ROWS, "billing", "c");
  expect(points.map(({ answered, serviceLevel }) => [answered, serviceLevel])).toEqual([[2, 100]]);
});

test("a day without contacts has no points", () => {
  expect(intervalPoints([], null, "c")).toEqual([]);
});
