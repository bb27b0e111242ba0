/** Interval rows of the API as points of a chart: one per 15 minutes of the working day, gaps included. */

import type { Convention, Interval } from "../api/types";
import { type ServiceCounters, serviceLevelPercent } from "./service-level";

const STEP_MS = 15 * 60 * 1000;

export interface IntervalPoint {
  readonly start: Date;
  readonly answered: number;
  readonly abandoned: number;
  readonly endedInMenu: number;
  readonly serviceLevel: number | null;
}

type Sums = { -readonly [Key in keyof ServiceCounters]: number } & { ended_in_menu: number };

function emptySums(): Sums {
  return {
    answered: 0,
    abandoned: 0,
    answered_in_target: 0,
    abandoned_in_target: 0,
    abandoned_short: 0,
    ended_in_menu: 0,
  };
}

/** Sum the rows of one queue, or of all queues and of the contacts that never met one, by interval. */
export function intervalPoints(
  intervals: readonly Interval[],
  queue: string | null,
  convention: Convention,
): IntervalPoint[] {
  const sums = new Map<number, Sums>();
  for (const row of intervals) {
    const counts = queue === null ? row.scope !== "agent" : row.scope === "queue" && row.key === queue;
    if (counts) {
      const start = Date.parse(row.start);
      const sum = sums.get(start) ?? emptySums();
      for (const key of Object.keys(sum) as (keyof Sums)[]) {
        sum[key] += row[key];
      }
      sums.set(start, sum);
    }
  }
  if (sums.size === 0) {
    return [];
  }
  const points: IntervalPoint[] = [];
  const last = Math.max(...sums.keys());
  for (let start = Math.min(...sums.keys()); start <= last; start += STEP_MS) {
    const sum = sums.get(start) ?? emptySums();
    points.push({
      start: new Date(start),
      answered: sum.answered,
      abandoned: sum.abandoned,
      endedInMenu: sum.ended_in_menu,
      serviceLevel: serviceLevelPercent(sum, convention),
    });
  }
  return points;
}
