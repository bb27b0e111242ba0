/** The spans of agents' statuses and the offers behind a figure of their time. */

import { useWorkplace } from "../api/context";
import type { ExplainedState, Explanation } from "../api/types";
import { useNames } from "../components/names";
import { PageLink } from "../components/page-link";
import { formatTime, NOTHING } from "../format";
import { useMessages } from "../i18n/language";
import { contactHref } from "../router";
import { EvidenceTable } from "./evidence-table";

interface ExplainedStatesProps {
  readonly explanation: Explanation;
  readonly states: readonly ExplainedState[];
}

export function ExplainedStates({ explanation, states }: ExplainedStatesProps) {
  const { center } = useWorkplace();
  const messages = useMessages();
  const names = useNames();
  const text = messages.explain;
  const zone = center.time_zone;
  return (
    <EvidenceTable<ExplainedState>
      title={text.states}
      rows={states}
      rowId={({ agent, since, state, contact_id: contactId }) => `${agent} ${since} ${state} ${contactId ?? ""}`}
      counters={Object.keys(explanation.counters).filter((counter) => states.some(({ counts }) => counter in counts))}
      columns={[
        { id: "from", header: text.from, sort: ({ since }) => since, cell: ({ since }) => formatTime(since, zone) },
        { id: "until", header: text.until, sort: ({ until }) => until, cell: ({ until }) => formatTime(until, zone) },
        { id: "agent", header: messages.live.agent, sort: ({ agent }) => agent, cell: ({ agent }) => names.agent(agent) },
        { id: "state", header: messages.live.state, sort: ({ state }) => state, cell: ({ state }) => names.agentState(state.toLowerCase()) },
        {
          id: "contact",
          header: messages.live.contact,
          cell: ({ contact_id: contactId }) =>
            contactId ? <PageLink href={contactHref(contactId)}>{contactId.slice(0, 8)}</PageLink> : NOTHING,
        },
      ]}
    />
  );
}
