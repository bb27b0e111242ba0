import { expect, test } from "vitest";
import type { ExplainedContact } from "../api/types";
import { askedQuery, explainHref, figureKey, figurePart, fillFormula } from "./asked";
import { addUp, countsIn } from "./counts";

test("a figure of a queue on a day has an address", () => {
  const asked = { figure: "service_level.c", scope: "queue", key: "muscle cars", day: "2026-11-20" } as const;
  expect(explainHref(asked)).toBe("/explain?figure=service_level.c&scope=queue&key=muscle+cars&day=2026-11-20");
  expect([figureKey(asked.figure), figurePart(asked.figure), figurePart("offered")]).toEqual(["service_level", "c", null]);
});

test("the whole centre has no key, one day no end, an interval no day", () => {
  const centre = { figure: "offered", scope: "center", key: "" } as const;
  expect(askedQuery(centre)).toBe("figure=offered&scope=center");
  expect(askedQuery({ ...centre, day: "2026-11-20", to: "2026-11-20" })).toBe("figure=offered&scope=center&day=2026-11-20");
  expect(askedQuery({ ...centre, day: "2026-11-16", to: "2026-11-22" })).toContain("&day=2026-11-16&to=2026-11-22");
  expect(askedQuery({ ...centre, start: "2026-11-20T10:00:00.000Z" })).toContain("&start=2026-11-20T10%3A00%3A00.000Z");
});

test("counters take their names' places in a formula, other words stay", () => {
  const counters = { answered: 1000, abandoned: 60, answered_in_target: 860 };
  const filled = fillFormula("100 × answered_in_target / max(answered + abandoned, 1)", counters, (_name, value) => String(value));
  expect(filled).toBe("100 × 860 / max(1000 + 60, 1)");
});

function contact(id: string, counts: Record<string, number>): ExplainedContact {
  return { contact_id: id, initiated_at: "2026-11-20T15:00:00Z", counts };
}

const CONTACTS = [contact("a", { offered: 1, longest_wait_seconds: 9 }), contact("b", { offered: 1, abandoned: 1, longest_wait_seconds: 30 })];

test("contacts are told apart by what they count in", () => {
  expect(countsIn(CONTACTS, "abandoned").map(({ contact_id: id }) => id)).toEqual(["b"]);
  expect(countsIn(CONTACTS, "")).toHaveLength(2);
});

test("counts add up, but for the longest wait", () => {
  expect(addUp(CONTACTS, ["offered", "abandoned", "longest_wait_seconds"])).toEqual({
    offered: 2,
    abandoned: 1,
    longest_wait_seconds: 30,
  });
  expect(addUp([], ["offered", "longest_wait_seconds"])).toEqual({ offered: 0, longest_wait_seconds: 0 });
});
