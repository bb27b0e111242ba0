/** Days, weeks and months of the calendar, by the day on which they begin. */

import type { Period } from "../api/types";
import { formatDay, shiftDay } from "../format";

export const PERIODS: readonly Period[] = ["day", "week", "month"];

export function readPeriod(text: string | null): Period {
  return PERIODS.find((period) => period === text) ?? "day";
}

/** A day of the period before or after the one that begins on `from`. */
export function shiftPeriod(period: Period, from: string, steps: number): string {
  switch (period) {
    case "day":
      return shiftDay(from, steps);
    case "week":
      return shiftDay(from, 7 * steps);
    case "month": {
      const first = new Date(`${from.slice(0, 7)}-01T00:00:00Z`);
      first.setUTCMonth(first.getUTCMonth() + steps);
      return first.toISOString().slice(0, 10);
    }
  }
}

/** `Nov 20, 2026`, `Nov 16, 2026 – Nov 22, 2026`. */
export function tellDays(from: string, to: string, locale: string): string {
  return from === to ? formatDay(from, locale) : `${formatDay(from, locale)} – ${formatDay(to, locale)}`;
}

/** The query that asks for a period; without a day, the API's own choice. */
export function periodQuery(period: Period, on: string | null): string {
  return new URLSearchParams({ period, ...(on === null ? {} : { on }) }).toString();
}
