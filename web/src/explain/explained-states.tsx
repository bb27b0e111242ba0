/** The spans of agents' statuses and the offers behind a figure of their time. */

import { useWorkplace } from "../api/context";
import type { ExplainedState, Explanation } from "../api/types";
import { DataTable } from "../components/data-table";
import { counterUnit, useFigureFormat, useFigureName } from "../components/figure-names";
import { useNames } from "../components/names";
import { PageLink } from "../components/page-link";
import { formatTime, NOTHING } from "../format";
import { useLanguage } from "../i18n/language";
import { contactHref } from "../router";

interface ExplainedStatesProps {
  readonly explanation: Explanation;
  readonly states: readonly ExplainedState[];
}

export function ExplainedStates({ explanation, states }: ExplainedStatesProps) {
  const { center } = useWorkplace();
  const { messages } = useLanguage();
  const names = useNames();
  const nameOf = useFigureName();
  const format = useFigureFormat();
  const text = messages.explain;
  const zone = center.time_zone;
  const counters = Object.keys(explanation.counters).filter((counter) => states.some(({ counts }) => counter in counts));
  return (
    <DataTable
      title={text.states}
      counter={`(${states.length})`}
      items={states}
      trackBy={({ agent, since, state, contact_id: contactId }) => `${agent} ${since} ${state} ${contactId ?? ""}`}
      empty={text.none}
      columns={[
        { id: "from", header: text.from, rowHeader: true, sort: ({ since }) => since, cell: ({ since }) => formatTime(since, zone) },
        { id: "until", header: text.until, sort: ({ until }) => until, cell: ({ until }) => formatTime(until, zone) },
        { id: "agent", header: messages.live.agent, sort: ({ agent }) => agent, cell: ({ agent }) => names.agent(agent) },
        { id: "state", header: messages.live.state, sort: ({ state }) => state, cell: ({ state }) => names.agentState(state.toLowerCase()) },
        {
          id: "contact",
          header: messages.live.contact,
          cell: ({ contact_id: contactId }) =>
            contactId ? <PageLink href={contactHref(contactId)}>{contactId.slice(0, 8)}</PageLink> : NOTHING,
        },
        ...counters.map((counter) => ({
          id: counter,
          header: nameOf(counter),
          numeric: true,
          sort: ({ counts }: ExplainedState) => counts[counter] ?? 0,
          cell: ({ counts }: ExplainedState) => format(counterUnit(counter), counts[counter] ?? 0),
        })),
      ]}
    />
  );
}
