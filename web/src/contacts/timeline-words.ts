/** A timeline entry in the reader's words: what happened, what was said, how it came out. Pure. */

import type { TimelineEntry } from "../api/types";
import type { Names } from "../components/names";
import { formatBytes, formatDuration, humanise } from "../format";
import type { Messages } from "../i18n/en";

export interface EntryWords {
  readonly title: string;
  /** What a prompt said, or why something failed. */
  readonly said: string | null;
  /** The branch that a flow step took, or what the caller pressed. */
  readonly result: string | null;
  readonly reasons: readonly string[];
  readonly facts: readonly string[];
  /** A flow step's parameters, for who wants to know them all. */
  readonly raw: string | null;
}

type Detail = Readonly<Record<string, unknown>>;

const NO_BRANCH = new Set(["", "Success", "NoMatchingCondition", "None"]);
const TOLD_BY_TITLE = new Set(["queue", "agent", "reasons"]);

function asText(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** `arn:aws:lambda:…:function:identify_caller` as `identify_caller`. */
function shortName(arn: string): string {
  return arn.split(/[:/]/).at(-1) ?? arn;
}

function asList(value: unknown): readonly string[] {
  if (Array.isArray(value)) {
    return value.map(String);
  }
  return value === null || value === undefined ? [] : String(value).split(/;\s*/).filter(Boolean);
}

function asRecord(value: unknown): Detail {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Detail) : {};
}

function describeStep(entry: TimelineEntry, detail: Detail, messages: Messages): EntryWords {
  const type = asText(detail["type"]) ?? entry.title;
  const parameters = asRecord(detail["parameters"]);
  const called = asText(parameters["LambdaFunctionARN"]);
  const block = (messages.contact.blocks as Readonly<Record<string, string>>)[type] ?? type;
  const result = asText(detail["results"]);
  const answers = Object.entries(asRecord(detail["external_results"]));
  return {
    title: called === null ? block : `${block} ${shortName(called)}`,
    said: asText(parameters["Text"]) ?? asText(parameters["SSML"])?.replaceAll(/<[^>]+>/g, "") ?? null,
    result: result === null || NO_BRANCH.has(result) ? null : result,
    reasons: [],
    facts: answers.filter(([, value]) => value !== "").map(([key, value]) => `${key}: ${String(value)}`),
    raw: Object.keys(parameters).length === 0 ? null : JSON.stringify(parameters, null, 1),
  };
}

function factText(key: string, value: unknown, messages: Messages, names: Names, locale: string): string {
  const label = (messages.contact.fields as Readonly<Record<string, string>>)[key] ?? humanise(key);
  const words: Readonly<Record<string, (text: string) => string>> = {
    language: names.language,
    outcome: names.outcome,
    sha256: (text) => `${text.slice(0, 12)}…`,
    menu_path: (text) => text.replaceAll(">", " › "),
    bytes: (text) => formatBytes(Number(text), locale),
    queue_choice: names.queue,
  };
  const told = words[key] ?? (key.endsWith("seconds") ? (text: string) => formatDuration(Number(text)) : String);
  return `${label}: ${Array.isArray(value) ? value.map((one) => humanise(String(one))).join(", ") : told(String(value))}`;
}

export function describeEntry(entry: TimelineEntry, messages: Messages, names: Names, locale: string): EntryWords {
  const detail = entry.detail ?? {};
  if (entry.kind === "flow") {
    return describeStep(entry, detail, messages);
  }
  const known = messages.contact.entries as Readonly<Record<string, (queue: string, agent: string) => string>>;
  const title = known[entry.code ?? ""]?.(names.queue(asText(detail["queue"])), names.agent(asText(detail["agent"])));
  const failed = entry.code === "failed";
  const facts = Object.entries(detail).filter(
    ([key, value]) => !TOLD_BY_TITLE.has(key) && !(failed && key === "cause") && value !== null && value !== "",
  );
  return {
    title: title ?? (failed ? messages.contact.failed(entry.title.replace(/^Failed: /, "")) : entry.title),
    said: failed ? asText(detail["cause"]) : null,
    result: null,
    reasons: asList(detail["reasons"]),
    facts: facts.map(([key, value]) => factText(key, value, messages, names, locale)),
    raw: null,
  };
}
