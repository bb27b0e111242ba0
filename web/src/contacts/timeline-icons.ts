/** The icon of a timeline entry: by its code, for a flow step by its block, else by its kind. */

import type { IconProps } from "@cloudscape-design/components/icon";
import type { TimelineEntry, TimelineKind } from "../api/types";
import type { Messages } from "../i18n/en";

type IconName = IconProps.Name;

const KINDS: Readonly<Record<TimelineKind, IconName>> = {
  flow: "caret-right-filled",
  routing: "share",
  event: "call",
  pipeline: "script",
};

const CODES: Readonly<Record<string, IconName>> = {
  ...({
    initiated: "call",
    routed: "share",
    queued: "group",
    answered: "support",
    disconnected: "stop-circle",
    after_contact_work_ended: "check",
    recorded: "microphone",
    analysed: "transcript",
  } satisfies Record<keyof Messages["contact"]["entries"], IconName>),
  failed: "status-warning",
};

const BLOCKS: Readonly<Record<string, IconName>> = {
  PlayPrompt: "audio-full",
  LoopPrompts: "audio-half",
  GetUserInput: "keyboard",
  StoreUserInput: "keyboard",
  InvokeExternalResource: "command-prompt",
  CheckAttribute: "share",
  CheckHoursOfOperation: "calendar",
  CheckQueueStatus: "group",
  SetQueue: "group",
  SetQueuePriority: "flag",
  SetAttributes: "edit",
  SetEventHook: "anchor-link",
  SetVoice: "globe",
  SetRecordingBehavior: "microphone",
  SetContactData: "contact",
  SetLoggingBehavior: "file",
  Transfer: "arrow-right",
  Wait: "history",
  Disconnect: "stop-circle",
  EndFlowExecution: "check",
} satisfies Record<keyof Messages["contact"]["blocks"], IconName>;

export function timelineIcon(entry: TimelineEntry): IconName {
  const block = entry.detail?.["type"];
  const known = typeof block === "string" && entry.kind === "flow" ? BLOCKS[block] : CODES[entry.code ?? ""];
  return known ?? KINDS[entry.kind];
}
