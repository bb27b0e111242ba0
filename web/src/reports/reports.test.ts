import { expect, test } from "vitest";
import { sayName } from "./names";
import { periodQuery, readPeriod, shiftPeriod, tellDays } from "./period";
import { isReadyTarget, readTarget } from "./target";

test.each([
  ["day", "2026-11-30", 1, "2026-12-01"],
  ["week", "2026-11-16", -1, "2026-11-09"],
  ["month", "2026-01-01", -1, "2025-12-01"],
  ["month", "2026-12-01", 1, "2027-01-01"],
] as const)("a %s after or before %s", (period, from, steps, shifted) => {
  expect(shiftPeriod(period, from, steps)).toBe(shifted);
});

test("an address that names no period means a day, and one without a day leaves it to the API", () => {
  expect([readPeriod("year"), readPeriod(null), readPeriod("week")]).toEqual(["day", "day", "week"]);
  expect(periodQuery("week", null)).toBe("period=week");
  expect(periodQuery("day", "2026-11-20")).toBe("period=day&on=2026-11-20");
});

test("a span of one day is told as one day", () => {
  expect(tellDays("2026-11-20", "2026-11-20", "en-US")).toBe("Nov 20, 2026");
  expect(tellDays("2026-11-16", "2026-11-22", "en-US")).toBe("Nov 16, 2026 – Nov 22, 2026");
});

test("names come in the reader's language, else in any, else as their key", () => {
  const name = { en: "Orders", ko: "주문" };
  expect([sayName(name, "orders", "ko"), sayName({ en: "Orders" }, "orders", "ko"), sayName(null, "-", "en")]).toEqual([
    "주문",
    "Orders",
    "-",
  ]);
});

test("a target is a number that is not negative, with a reason of three characters", () => {
  expect([readTarget("360"), readTarget(" "), readTarget("soon")]).toEqual([360, null, null]);
  expect(isReadyTarget({ value: "360", reason: "Learns billing" })).toBe(true);
  expect(isReadyTarget({ value: "360", reason: "  ok  " })).toBe(false);
  expect(isReadyTarget({ value: "-1", reason: "Learns billing" })).toBe(false);
});
