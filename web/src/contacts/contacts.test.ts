import { expect, test } from "vitest";
import type { ContactSummary } from "../api/types";
import type { Names } from "../components/names";
import { formatDuration } from "../format";
import { en } from "../i18n/en";
import { ko } from "../i18n/ko";
import { segmentAt } from "../recording/playback";
import { matchRoute } from "../router";
import { EVERYTHING, filterContacts } from "./filter";
import { describeEntry, type EntryWords } from "./timeline-words";

const known = (key: string | null | undefined): string => key ?? "–";
const NAMES: Names = {
  queue: (key) => (key === "orders" ? "Orders" : known(key)),
  agent: (username) => (username === "mina" ? "Mina Park" : known(username)),
  agentState: known,
  contactState: known,
  outcome: known,
  stage: known,
  language: known,
};

const AT = "2026-11-20T20:00:00Z";

function step(detail: Record<string, unknown>): EntryWords {
  return describeEntry({ at: AT, kind: "flow", code: "flow_step", title: "x", detail }, en, NAMES, "en-US");
}

test("a routing decision tells its reasons one by one", () => {
  const detail = { queue: "orders", reasons: "menu choice orders; not a VIP", expected_wait_seconds: "70" };
  const words = describeEntry({ at: AT, kind: "routing", code: "routed", title: "x", detail }, ko, NAMES, "ko-KR");
  expect(words.title).toBe("Orders(으)로 라우팅");
  expect(words.reasons).toEqual(["menu choice orders", "not a VIP"]);
  expect(words.facts).toEqual(["예상 대기: 01:10"]);
});

test("a function's step names the function and what it answered", () => {
  const detail = {
    type: "InvokeExternalResource",
    parameters: { LambdaFunctionARN: "arn:aws:lambda:us-east-1:123456789012:function:identify_caller" },
    results: "Success",
    external_results: { known: "true", announcement: "" },
  };
  const words = describeEntry({ at: AT, kind: "flow", code: "flow_step", title: "x", detail }, en, NAMES, "en-US");
  expect([words.title, words.result, words.facts]).toEqual(["Function identify_caller", null, ["Known: yes"]]);
});

test("a step says what the centre calls it, where it sent the call, and what it set", () => {
  const branch = step({
    type: "CheckAttribute",
    identifier: "caller-known",
    results: "NoMatchingCondition",
    external_results: { value: "false" },
  });
  expect([branch.title, branch.about, branch.result, branch.facts]).toEqual([
    "Branch",
    "caller known",
    "otherwise",
    ["Value: no"],
  ]);
  const attributes = { queue_choice: "orders", menu_path: "main>1", routing_reasons: "long" };
  const set = step({ type: "SetAttributes", results: "NextAction", parameters: { Attributes: attributes } });
  expect([set.result, set.facts]).toEqual([null, ["Choice: Orders", "Menu path: main › 1"]]);
  expect(step({ type: "CheckHoursOfOperation", results: "False" }).result).toBe("closed");
  const silent = step({ type: "PlayPrompt", parameters: { Text: "" }, results: "NoMatchingError" });
  expect(silent.result).toBe("nothing to say");
});

test("a prompt in SSML is told as text, and a pressed key is its result", () => {
  const detail = { type: "GetUserInput", parameters: { SSML: "<speak>Press <break/>1.</speak>" }, results: "1" };
  const words = describeEntry({ at: AT, kind: "flow", code: "flow_step", title: "x", detail }, en, NAMES, "en-US");
  expect([words.said, words.result]).toEqual(["Press 1.", "1"]);
});

test("an entry that the console does not know keeps its own title", () => {
  const words = describeEntry({ at: AT, kind: "event", code: "whispered", title: "Whispered" }, ko, NAMES, "ko-KR");
  expect(words.title).toBe("Whispered");
});

test("the filter looks at number, agent's name and id, and at what was chosen", () => {
  const contacts: ContactSummary[] = [
    { contact_id: "aa", initiated_at: AT, customer: "+14155550142", queue: "orders", agent: "mina", outcome: "answered" },
    { contact_id: "bb", initiated_at: AT, customer: "+14155550177", queue: "orders", outcome: "abandoned" },
  ];
  const found = (wanted: Partial<typeof EVERYTHING>): string[] =>
    filterContacts(contacts, { ...EVERYTHING, ...wanted }, NAMES.agent).map((contact) => contact.contact_id);
  expect(found({ text: "park" })).toEqual(["aa"]);
  expect(found({ text: "0177" })).toEqual(["bb"]);
  expect(found({ queue: "orders", outcome: "abandoned" })).toEqual(["bb"]);
  expect(found({ text: "BB", outcome: "answered" })).toEqual([]);
});

test("the segment being heard is the last that has begun", () => {
  const segments = [0.5, 4, 9].map((start) => ({
    speaker: "agent" as const,
    start_seconds: start,
    end_seconds: start + 2,
    text: formatDuration(start),
  }));
  expect([0, 0.5, 3.9, 4, 100].map((at) => segmentAt(segments, at))).toEqual([-1, 0, 0, 1, 2]);
});

test("addresses lead to pages, and others nowhere", () => {
  expect(matchRoute("/")).toEqual({ page: "live" });
  expect(matchRoute("/contacts/a%20b")).toEqual({ page: "contact", contactId: "a b" });
  expect([matchRoute("/nowhere").page, matchRoute("/live/more").page]).toEqual(["not_found", "not_found"]);
});
