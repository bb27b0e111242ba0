/** A timeline entry in the reader's words: what happened, what was said, how it came out. Pure. */

import type { TimelineEntry } from "../api/types";
import type { Names } from "../components/names";
import { formatBytes, formatDuration, humanise } from "../format";
import type { Messages } from "../i18n/en";

export interface EntryWords {
  readonly title: string;
  /** What the centre calls a flow step, where nothing that it said tells it apart. */
  readonly about: string | null;
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

/** The way on where a step has only one. */
const NO_BRANCH = new Set(["", "Success", "NextAction", "Terminal", "None"]);
/** The routing decision tells its reasons; an error is the branch that was taken. */
const TOLD_ELSEWHERE = new Set(["reasons", "routing_reasons", "error"]);
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

/** What a step said: its prompt, or the prompts of its loop. */
function spoken(parameters: Detail): string | null {
  const messages = Array.isArray(parameters["Messages"]) ? parameters["Messages"].map(asRecord) : [parameters];
  const texts = messages.map((one) => asText(one["Text"]) ?? asText(one["SSML"])?.replaceAll(/<[^>]+>/g, "").trim() ?? "");
  return texts.filter(Boolean).join(" … ") || null;
}

/** What a step was given or answered, as far as it says more than its title and its branch. */
function learnt(type: string, parameters: Detail, answers: Detail, result: string | null): Detail {
  switch (type) {
    case "SetAttributes":
      return asRecord(parameters["Attributes"]);
    case "SetVoice":
      return { voice: parameters["TextToSpeechVoice"] };
    case "SetContactData":
      return { language: asText(parameters["LanguageCode"])?.split("-")[0] };
    case "CheckAttribute":
      return result === "NoMatchingCondition" ? answers : {};
    case "GetUserInput":
    case "CheckHoursOfOperation":
      return {};
    default:
      return answers;
  }
}

function branchText(type: string, result: string | null, parameters: Detail, messages: Messages): string | null {
  const known: Readonly<Record<string, string>> = messages.contact.results;
  if (result === null || NO_BRANCH.has(result)) {
    return null;
  }
  if (type === "PlayPrompt" && parameters["Text"] === "") {
    return known["nothingToSay"] ?? result;
  }
  if (type === "CheckHoursOfOperation" && (result === "True" || result === "False")) {
    return (result === "True" ? known["open"] : known["closed"]) ?? result;
  }
  if (type === "CheckAttribute" && (result === "true" || result === "false")) {
    return result === "true" ? messages.common.yes : messages.common.no;
  }
  return known[result] ?? result;
}

function describeStep(entry: TimelineEntry, detail: Detail, messages: Messages, names: Names, locale: string): EntryWords {
  const type = asText(detail["type"]) ?? entry.title;
  const parameters = asRecord(detail["parameters"]);
  const identifier = asText(detail["identifier"]);
  const called = asText(parameters["LambdaFunctionARN"]);
  const block = (messages.contact.blocks as Readonly<Record<string, string>>)[type] ?? type;
  const result = asText(detail["results"]);
  const said = spoken(parameters);
  const facts = Object.entries(learnt(type, parameters, asRecord(detail["external_results"]), result)).filter(
    ([key, value]) => !TOLD_ELSEWHERE.has(key) && value !== "" && value !== null && value !== undefined,
  );
  const silent = type === "PlayPrompt" && said === null;
  return {
    title: called === null ? block : `${block} ${identifier?.replaceAll("-", "_") ?? shortName(called)}`,
    about: called === null && said === null && identifier !== null ? identifier.replaceAll(/[-_]/g, " ") : null,
    said,
    result: branchText(type, result, parameters, messages),
    reasons: [],
    facts: silent ? [] : facts.map(([key, value]) => factText(key, value, messages, names, locale)),
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
    queue: names.queue,
    queue_choice: names.queue,
    channel: (text) => (messages.contact.channels as Readonly<Record<string, string>>)[text] ?? text,
    method: (text) => (messages.contact.methods as Readonly<Record<string, string>>)[text] ?? text,
    reason: (text) => (messages.contact.disconnectReasons as Readonly<Record<string, string>>)[text] ?? text,
  };
  const answers: Readonly<Record<string, string>> = { true: messages.common.yes, false: messages.common.no };
  const plain = (text: string): string => (key.endsWith("seconds") ? formatDuration(Number(text)) : (answers[text] ?? text));
  const told = words[key] ?? plain;
  return `${label}: ${Array.isArray(value) ? value.map((one) => humanise(String(one))).join(", ") : told(String(value))}`;
}

export function describeEntry(entry: TimelineEntry, messages: Messages, names: Names, locale: string): EntryWords {
  const detail = entry.detail ?? {};
  if (entry.kind === "flow") {
    return describeStep(entry, detail, messages, names, locale);
  }
  const known = messages.contact.entries as Readonly<Record<string, (queue: string, agent: string) => string>>;
  const title = known[entry.code ?? ""]?.(names.queue(asText(detail["queue"])), names.agent(asText(detail["agent"])));
  const failed = entry.code === "failed";
  const facts = Object.entries(detail).filter(
    ([key, value]) => !TOLD_BY_TITLE.has(key) && !(failed && key === "cause") && value !== null && value !== "",
  );
  return {
    title: title ?? (failed ? messages.contact.failed(names.stage(entry.title.replace(/^Failed: /, ""))) : entry.title),
    about: null,
    said: failed ? asText(detail["cause"]) : null,
    result: null,
    reasons: asList(detail["reasons"]),
    facts: facts.map(([key, value]) => factText(key, value, messages, names, locale)),
    raw: null,
  };
}
