/** The actions that a contact went through, flow by flow, from its timeline. Pure. */

import type { TimelineEntry } from "../api/types";

export interface FlowVisit {
  readonly flow: string;
  /** Identifiers of the actions in the order in which they ran. */
  readonly actions: readonly string[];
}

/** The flows of a contact in the order in which it came to them, each with its steps. */
export function visitsOf(timeline: readonly TimelineEntry[]): readonly FlowVisit[] {
  const visits = new Map<string, string[]>();
  for (const { kind, detail } of timeline) {
    const flow = detail?.["flow"];
    const action = detail?.["identifier"];
    if (kind === "flow" && typeof flow === "string" && typeof action === "string") {
      const actions = visits.get(flow) ?? [];
      actions.push(action);
      visits.set(flow, actions);
    }
  }
  return [...visits].map(([flow, actions]) => ({ flow, actions }));
}

/** The numbers of the steps at which each action ran, from 1. */
export function stepsByAction(actions: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const steps = new Map<string, number[]>();
  actions.forEach((action, index) => steps.set(action, [...(steps.get(action) ?? []), index + 1]));
  return steps;
}

/** Pairs of actions of which the second ran right after the first. */
export function pairsOf(actions: readonly string[]): readonly (readonly [string, string])[] {
  return actions.slice(1).map((action, index) => [actions[index] ?? action, action] as const);
}
