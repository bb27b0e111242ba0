/** The three tables of the live page. */

import Badge from "@cloudscape-design/components/badge";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useWorkplace } from "../api/context";
import type { LiveAgent, LiveContact, LiveQueue } from "../api/types";
import { AgentState, ContactState } from "../components/badges";
import { DataTable } from "../components/data-table";
import { useNames } from "../components/names";
import { PageLink } from "../components/page-link";
import { formatDuration, formatPercent, formatTime, NOTHING, secondsBetween } from "../format";
import { useLanguage, useMessages } from "../i18n/language";
import { statesAtWork } from "../live/freshness";
import { contactHref } from "../router";

function elapsed(since: string | null, at: string): string {
  return since === null ? NOTHING : formatDuration(secondsBetween(since, at));
}

export function LiveQueues({ queues }: { readonly queues: readonly LiveQueue[] }) {
  const { center } = useWorkplace();
  const { locale, messages } = useLanguage();
  const names = useNames();
  const targets = new Map(center.queues.map(({ key, service_target: target }) => [key, target]));
  const waiting = queues.reduce((sum, queue) => sum + queue.waiting, 0);

  const longestWait = (queue: LiveQueue) => {
    const text = formatDuration(queue.waiting === 0 ? null : queue.longest_wait_seconds);
    const late = queue.waiting > 0 && (queue.longest_wait_seconds ?? 0) > (targets.get(queue.queue)?.seconds ?? Infinity);
    return late ? (
      <StatusIndicator type="warning" iconAriaLabel={messages.live.overTarget}>
        {text}
      </StatusIndicator>
    ) : (
      text
    );
  };
  return (
    <DataTable
      title={messages.live.queues}
      counter={`(${messages.live.waiting} ${waiting})`}
      items={queues}
      trackBy={({ queue }) => queue}
      empty={messages.live.noQueues}
      columns={[
        { id: "queue", header: messages.live.queue, cell: ({ queue }) => names.queue(queue), rowHeader: true },
        {
          id: "waiting",
          header: messages.live.waiting,
          numeric: true,
          cell: (queue) => (queue.waiting > 0 ? <strong>{queue.waiting}</strong> : queue.waiting),
        },
        { id: "longest", header: messages.live.longestWait, numeric: true, cell: longestWait },
        { id: "on", header: messages.live.onContact, numeric: true, cell: (queue) => queue.on_contact },
        { id: "callbacks", header: messages.live.callbacks, numeric: true, cell: (queue) => queue.callbacks_pending },
        {
          id: "available",
          header: messages.live.available,
          numeric: true,
          cell: (queue) => `${queue.agents_available}/${queue.agents_staffed}`,
        },
        {
          id: "level",
          header: messages.live.running,
          numeric: true,
          cell: (queue) => (
            <span title={`${messages.live.runningHint}, ${messages.live.ofOffered(queue.offered)}`}>
              {formatPercent(queue.service_level_percent, locale)}
            </span>
          ),
        },
        {
          id: "target",
          header: messages.live.target,
          cell: ({ queue }) => {
            const target = targets.get(queue);
            return target === undefined ? NOTHING : messages.live.targetText(target.percent, target.seconds);
          },
        },
      ]}
    />
  );
}

interface LiveAgentsProps {
  readonly agents: readonly LiveAgent[];
  readonly states: Readonly<Record<string, number>>;
  readonly at: string;
}

export function LiveAgents({ agents, states, at }: LiveAgentsProps) {
  const messages = useMessages();
  const names = useNames();
  return (
    <DataTable
      title={messages.live.agents}
      counter={`(${agents.filter(({ state }) => !state.startsWith("offline")).length}/${agents.length})`}
      description={statesAtWork(states)
        .map(([state, count]) => `${names.agentState(state)} ${count}`)
        .join(" · ")}
      items={agents}
      trackBy={({ username }) => username}
      empty={messages.live.noAgents}
      columns={[
        { id: "agent", header: messages.live.agent, cell: ({ name }) => name, rowHeader: true },
        { id: "state", header: messages.live.state, cell: (agent) => <StateOf agent={agent} /> },
        { id: "since", header: messages.live.since, numeric: true, cell: ({ since }) => elapsed(since, at) },
        { id: "heard", header: messages.live.heard, numeric: true, cell: ({ heard_at: heard }) => elapsed(heard, at) },
        { id: "queue", header: messages.live.queue, cell: ({ queue }) => <span className="tl-wrap">{names.queue(queue)}</span> },
      ]}
    />
  );
}

/** The state, and for an agent who is not to be reached the badge that says why. */
function StateOf({ agent }: { readonly agent: LiveAgent }) {
  const { live } = useMessages();
  if (agent.ghost === null) {
    return <AgentState state={agent.state} />;
  }
  const reason = live.ghostReasons[agent.ghost];
  return (
    <span className="tl-wrap" title={reason}>
      <AgentState state={agent.state} /> <Badge color="red">{live.ghost}</Badge>
      <span className="tl-note tl-reason">{reason}</span>
    </span>
  );
}

export function LiveContacts({ contacts, at }: { readonly contacts: readonly LiveContact[]; readonly at: string }) {
  const { center } = useWorkplace();
  const messages = useMessages();
  const names = useNames();
  const tellsCustomers = contacts.some(({ customer }) => Boolean(customer));
  const tellsLanguages = contacts.some(({ language }) => Boolean(language));
  return (
    <DataTable
      title={messages.live.contacts}
      counter={`(${contacts.length})`}
      items={contacts}
      trackBy={({ contact_id: contactId }) => contactId}
      empty={messages.live.noContacts}
      columns={[
        {
          id: "contact",
          header: messages.live.contact,
          rowHeader: true,
          cell: ({ contact_id: contactId }) => (
            <PageLink href={contactHref(contactId)}>{contactId.slice(0, 8)}</PageLink>
          ),
        },
        { id: "state", header: messages.live.state, cell: ({ state }) => <ContactState state={state} /> },
        { id: "since", header: messages.live.since, numeric: true, cell: ({ since }) => elapsed(since, at) },
        {
          id: "began",
          header: messages.live.began,
          cell: ({ initiated_at: began }) => formatTime(began, center.time_zone),
        },
        ...(tellsCustomers
          ? [{ id: "customer", header: messages.live.customer, cell: ({ customer }: LiveContact) => customer ?? NOTHING }]
          : []),
        ...(tellsLanguages
          ? [{ id: "language", header: messages.live.language, cell: ({ language }: LiveContact) => names.language(language) }]
          : []),
        { id: "queue", header: messages.live.queue, cell: ({ queue }) => names.queue(queue) },
        { id: "agent", header: messages.live.agent, cell: ({ agent }) => names.agent(agent) },
      ]}
    />
  );
}
