import { expect, test } from "vitest";
import {
  dayIn,
  formatAmount,
  formatBytes,
  formatDay,
  formatDuration,
  formatMoney,
  formatPercent,
  formatScore,
  formatSigned,
  formatTime,
  shiftDay,
} from "./format";

test("durations read as minutes and seconds, and as hours from one hour on", () => {
  expect([0, 59.6, 61, 3599, 3600, 3723].map(formatDuration)).toEqual([
    "00:00",
    "01:00",
    "01:01",
    "59:59",
    "1:00:00",
    "1:02:03",
  ]);
});

test("what is not known is a dash, not a zero", () => {
  expect([formatDuration(null), formatPercent(undefined, "en-US"), formatMoney(null, "USD", "en-US")]).toEqual([
    "–",
    "–",
    "–",
  ]);
});

test("small amounts keep three digits", () => {
  expect(formatMoney(0.33571, "USD", "en-US")).toBe("$0.3357");
  expect(formatMoney(0.000005625, "USD", "en-US")).toBe("$0.00000563");
  expect(formatMoney(0, "USD", "en-US")).toBe("$0.0000");
});

test("times are told in the centre's zone, midnight as 00", () => {
  expect(formatTime("2026-11-21T08:05:09Z", "America/Los_Angeles")).toBe("00:05:09");
  expect(formatTime("2026-11-21T08:05:09Z", "Asia/Seoul", false)).toBe("17:05");
});

test("the centre's day is not the browser's day", () => {
  expect(dayIn("America/Los_Angeles", new Date("2026-11-21T03:00:00Z"))).toBe("2026-11-20");
  expect(dayIn("Asia/Seoul", new Date("2026-11-20T16:00:00Z"))).toBe("2026-11-21");
});

test("days step over the ends of months", () => {
  expect([shiftDay("2026-11-30", 1), shiftDay("2026-03-01", -1)]).toEqual(["2026-12-01", "2026-02-28"]);
});

test("sizes are in kilobytes and megabytes", () => {
  expect([formatBytes(44, "en-US"), formatBytes(1_152_044, "en-US")]).toEqual(["0 kB", "1.2 MB"]);
});

test("changes carry their sign, and none where they round to nothing", () => {
  expect(formatSigned("percent", 4.26, "en-US")).toBe("+4.3 pp");
  expect(formatSigned("count", -12.34, "en-US")).toBe("−12.3 %");
  expect(formatSigned("seconds", -72.4, "en-US")).toBe("−01:12");
  expect(formatSigned("seconds", 0.3, "en-US")).toBe("±00:00");
  expect(formatSigned("money", 0.049, "en-US")).toBe("+0.05");
});

test("money of many contacts is told in cents, scores in hundredths, days in words", () => {
  expect(formatAmount(2901.64, "USD", "en-US")).toBe("$2,901.64");
  expect(formatScore(4.126, "en-US")).toBe("4.13");
  expect(formatDay("2026-11-20", "en-US")).toBe("Nov 20, 2026");
});
