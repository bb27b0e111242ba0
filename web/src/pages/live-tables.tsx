/** The three tables of the live page. */

import Badge from "@cloudscape-design/components/badge";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { ReactNode } from "react";
import { useWorkplace } from "../api/context";
import type { LiveAgent, LiveContact, LiveQueue } from "../api/types";
import { AgentState, ContactState } from "../components/badges";
import { type Column, DataTable } from "../components/data-table";
import { FigureLabel } from "../components/figure-label";
import { useNames } from "../components/names";
import { PageLink } from "../components/page-link";
import { formatDuration, formatPercent, formatTime, NOTHING, secondsBetween } from "../format";
import { useLanguage, useMessages } from "../i18n/language";
import { statesAtWork } from "../live/freshness";
import { contactHref } from "../router";

function elapsed(since: string | null, at: string): string {
  return since === null ? NOTHING : formatDuration(secondsBetween(since, at));
}

function longestWait(queue: LiveQueue): string {
  return formatDuration(queue.waiting === 0 ? null : queue.longest_wait_seconds);
}

/** A column of a figure that can be asked what it means. */
interface QueueFigure {
  readonly id: string;
  readonly header: string;
  readonly value: (queue: LiveQueue) => string;
  /** How it is shown, where that is more than the value. */
  readonly cell?: (queue: LiveQueue) => ReactNode;
}

function LateWait({ children }: { readonly children: ReactNode }) {
  const { live } = useMessages();
  return (
    <StatusIndicator type="warning" iconAriaLabel={live.overTarget}>
      {children}
    </StatusIndicator>
  );
}

export function LiveQueues({ queues }: { readonly queues: readonly LiveQueue[] }) {
  const { center } = useWorkplace();
  const { locale, messages } = useLanguage();
  const names = useNames();
  const targets = new Map(center.queues.map(({ key, service_target: target }) => [key, target]));
  const waiting = queues.reduce((sum, queue) => sum + queue.waiting, 0);

  const isLate = (queue: LiveQueue) =>
    queue.waiting > 0 && (queue.longest_wait_seconds ?? 0) > (targets.get(queue.queue)?.seconds ?? Infinity);
  const figure = ({ id, header, value, cell }: QueueFigure): Column<LiveQueue> => ({
    id,
    header,
    numeric: true,
    cell: (queue) => (
      <FigureLabel
        asked={{ figure: id, scope: "queue", key: queue.queue }}
        label={`${header}, ${names.queue(queue.queue)}: ${value(queue)}`}
      >
        {(cell ?? value)(queue)}
      </FigureLabel>
    ),
  });
  return (
    <DataTable
      title={messages.live.queues}
      counter={`(${messages.live.waiting} ${waiting})`}
      items={queues}
      trackBy={({ queue }) => queue}
      empty={messages.live.noQueues}
      walkable
      columns={[
        { id: "queue", header: messages.live.queue, cell: ({ queue }) => names.queue(queue), rowHeader: true },
        figure({
          id: "waiting_now",
          header: messages.live.waiting,
          value: (queue) => String(queue.waiting),
          cell: (queue) => (queue.waiting > 0 ? <strong>{queue.waiting}</strong> : queue.waiting),
        }),
        figure({
          id: "longest_wait_now_seconds",
          header: messages.live.longestWait,
          value: longestWait,
          cell: (queue) => (isLate(queue) ? <LateWait>{longestWait(queue)}</LateWait> : longestWait(queue)),
        }),
        figure({ id: "on_contact_now", header: messages.live.onContact, value: (queue) => String(queue.on_contact) }),
        figure({ id: "callbacks_pending", header: messages.live.callbacks, value: (queue) => String(queue.callbacks_pending) }),
        figure({
          id: "agents_available",
          header: messages.live.available,
          value: (queue) => `${queue.agents_available}/${queue.agents_staffed}`,
        }),
        figure({
          id: "running_service_level_percent",
          header: messages.live.running,
          value: (queue) => formatPercent(queue.service_level_percent, locale),
          cell: (queue) => (
            <span title={messages.live.runningHint(queue.offered)}>
              {formatPercent(queue.service_level_percent, locale)}
            </span>
          ),
        }),
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
  const { me } = useWorkplace();
  const messages = useMessages();
  const names = useNames();
  const atWork = agents.filter(({ state }) => !state.startsWith("offline")).length;
  return (
    <DataTable
      title={messages.live.agents}
      {...(me.role === "agent" ? {} : { counter: `(${atWork}/${agents.length})` })}
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
