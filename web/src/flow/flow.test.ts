import { expect, test } from "vitest";
import type { TimelineEntry } from "../api/types";
import { pairsOf, stepsByAction, visitsOf } from "./visits";

function step(flow: string, identifier: string | undefined, kind: TimelineEntry["kind"] = "flow"): TimelineEntry {
  return { at: "2026-11-20T20:00:00Z", kind, title: "x", detail: { flow, identifier } };
}

test("a contact's steps are told flow by flow, in order", () => {
  const timeline = [
    step("inbound", "greeting"),
    { at: "2026-11-20T20:00:01Z", kind: "event", title: "Call began" } as const,
    step("inbound", "menu"),
    step("survey", "ask"),
    step("inbound", "menu"),
  ];
  expect(visitsOf(timeline)).toEqual([
    { flow: "inbound", actions: ["greeting", "menu", "menu"] },
    { flow: "survey", actions: ["ask"] },
  ]);
});

test("a step without an identifier, and what is no step, are left out", () => {
  expect(visitsOf([step("inbound", undefined), step("inbound", "menu", "routing")])).toEqual([]);
});

test("an action that ran twice has both numbers", () => {
  expect([...stepsByAction(["a", "b", "a"])]).toEqual([
    ["a", [1, 3]],
    ["b", [2]],
  ]);
});

test("steps that follow one another are pairs", () => {
  expect(pairsOf(["a", "b", "b"])).toEqual([
    ["a", "b"],
    ["b", "b"],
  ]);
  expect(pairsOf([])).toEqual([]);
});
