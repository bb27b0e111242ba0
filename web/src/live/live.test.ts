import { expect, test } from "vitest";
import type { LiveContact } from "../api/types";
import { type NewsKind, statesAtWork, tellNews } from "./freshness";

const TALKS: LiveContact = { contact_id: "c1", state: "connected", since: null };

function live(ages: Partial<Record<NewsKind, number>>, states: Record<string, number> = { available: 1 }) {
  return { ages: { contacts: null, agents: null, figures: null, ...ages }, agents_by_state: states, contacts: [TALKS] };
}

function old(...picture: Parameters<typeof tellNews>): NewsKind[] {
  return tellNews(...picture)
    .filter((news) => news.old)
    .map(({ kind }) => kind);
}

test("ages grow while the picture stands", () => {
  const news = tellNews(live({ contacts: 3, figures: 40 }), 7);
  expect(news.map(({ kind, seconds }) => [kind, seconds])).toEqual([
    ["contacts", 10],
    ["agents", null],
    ["figures", 47],
  ]);
});

test("agents of whom nothing was heard for longer than heartbeats take are old news", () => {
  expect(old(live({ agents: 480 }), 0)).toEqual([]);
  expect(old(live({ agents: 480 }), 1)).toEqual(["agents"]);
});

test("nobody at work, nothing to hear", () => {
  expect(old(live({ agents: 90_000 }, { offline: 7, offline_unheard: 1 }), 0)).toEqual([]);
});

test("contacts are old news only while somebody talks or waits", () => {
  expect(old(live({ contacts: 1801 }), 0)).toEqual(["contacts"]);
  expect(old({ ...live({ contacts: 1801 }), contacts: [] }, 0)).toEqual([]);
});

test("figures are old when contacts go on and nothing is counted", () => {
  expect(old(live({ contacts: 5, figures: 1806 }), 0)).toEqual(["figures"]);
  expect(old(live({ contacts: 1700, figures: 3500 }), 0)).toEqual([]);
  expect(old(live({ figures: 90_000 }), 0)).toEqual([]);
});

test("states are those of agents at work, the most frequent first", () => {
  expect(statesAtWork({ offline: 5, Lunch: 1, on_contact: 3, available: 1, offline_unheard: 1 })).toEqual([
    ["on_contact", 3],
    ["available", 1],
    ["Lunch", 1],
  ]);
});
