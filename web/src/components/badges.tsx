/** States and outcomes with their colours. */

import Badge, { type BadgeProps } from "@cloudscape-design/components/badge";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import { useNames } from "./names";

const OUTCOME_COLORS: Readonly<Record<string, BadgeProps["color"]>> = {
  answered: "green",
  abandoned: "red",
  callback: "blue",
  transferred: "blue",
};

export function OutcomeBadge({ outcome }: { readonly outcome: string | null | undefined }) {
  const names = useNames();
  return outcome ? <Badge color={OUTCOME_COLORS[outcome] ?? "grey"}>{names.outcome(outcome)}</Badge> : <>–</>;
}

const AGENT_INDICATORS: Readonly<Record<string, StatusIndicatorProps.Type>> = {
  available: "success",
  ringing: "pending",
  on_contact: "in-progress",
  after_contact_work: "pending",
  offline: "stopped",
  offline_unheard: "stopped",
};

export function AgentState({ state }: { readonly state: string }) {
  const names = useNames();
  return <StatusIndicator type={AGENT_INDICATORS[state] ?? "info"}>{names.agentState(state)}</StatusIndicator>;
}

const CONTACT_COLORS: Readonly<Record<string, BadgeProps["color"]>> = {
  menu: "grey",
  queued: "severity-medium",
  connected: "green",
};

export function ContactState({ state }: { readonly state: string }) {
  const names = useNames();
  return (
    <Badge color={CONTACT_COLORS[state] ?? "grey"}>
      <span className="tl-whole">{names.contactState(state)}</span>
    </Badge>
  );
}
