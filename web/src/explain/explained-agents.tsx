/** The agents behind a figure of this moment. */

import { useWorkplace } from "../api/context";
import type { ExplainedAgent, Explanation } from "../api/types";
import { AgentState } from "../components/badges";
import { useNames } from "../components/names";
import { formatTime, NOTHING } from "../format";
import { useMessages } from "../i18n/language";
import { EvidenceTable } from "./evidence-table";

interface ExplainedAgentsProps {
  readonly explanation: Explanation;
  readonly agents: readonly ExplainedAgent[];
}

export function ExplainedAgents({ explanation, agents }: ExplainedAgentsProps) {
  const { center } = useWorkplace();
  const messages = useMessages();
  const names = useNames();
  return (
    <EvidenceTable<ExplainedAgent>
      title={messages.live.agents}
      counter={`(${explanation.matching})`}
      rows={agents}
      rowId={({ agent }) => agent}
      counters={[]}
      columns={[
        { id: "agent", header: messages.live.agent, sort: ({ agent }) => names.agent(agent), cell: ({ agent }) => names.agent(agent) },
        { id: "state", header: messages.live.state, sort: ({ state }) => state, cell: ({ state }) => <AgentState state={state === "ghost" ? "available" : state} /> },
        { id: "since", header: messages.explain.from, sort: ({ since }) => since, cell: ({ since }) => formatTime(since, center.time_zone) },
        { id: "ghost", header: messages.live.ghost, cell: ({ ghost }) => (ghost === null ? NOTHING : messages.live.ghostReasons[ghost]) },
      ]}
    />
  );
}
