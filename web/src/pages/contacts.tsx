/** A day's contacts: filtered in the browser, loaded page by page. */

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import TextFilter from "@cloudscape-design/components/text-filter";
import { useMemo, useState } from "react";
import { useWorkplace } from "../api/context";
import type { ContactSummary } from "../api/types";
import { usePages } from "../api/use-pages";
import { OutcomeBadge } from "../components/badges";
import { type Column, DataTable } from "../components/data-table";
import { DayPicker } from "../components/day-picker";
import { type Names, useNames } from "../components/names";
import { PageLink } from "../components/page-link";
import { Problem } from "../components/problem";
import { EVERYTHING, filterContacts } from "../contacts/filter";
import { formatDuration, formatTime, NOTHING } from "../format";
import type { Messages } from "../i18n/en";
import { useMessages } from "../i18n/language";
import { contactHref } from "../router";
import { useChosenDay } from "../use-today";

const PAGE_SIZE = 50;

function contactColumns(messages: Messages, names: Names, zone: string): Column<ContactSummary>[] {
  const text = messages.contacts;
  return [
    {
      id: "time",
      header: text.time,
      rowHeader: true,
      sort: (contact) => contact.initiated_at,
      cell: (contact) => (
        <PageLink href={contactHref(contact.contact_id)}>{formatTime(contact.initiated_at, zone)}</PageLink>
      ),
    },
    { id: "outcome", header: text.outcome, sort: ({ outcome }) => outcome, cell: ({ outcome }) => <OutcomeBadge outcome={outcome} /> },
    { id: "customer", header: text.customer, sort: ({ customer }) => customer, cell: ({ customer }) => customer ?? NOTHING },
    { id: "queue", header: text.queue, sort: ({ queue }) => queue, cell: ({ queue }) => names.queue(queue) },
    { id: "agent", header: text.agent, sort: ({ agent }) => agent, cell: ({ agent }) => names.agent(agent) },
    {
      id: "wait",
      header: text.wait,
      numeric: true,
      sort: (contact) => contact.wait_seconds,
      cell: (contact) => formatDuration(contact.wait_seconds),
    },
    {
      id: "talk",
      header: text.talk,
      numeric: true,
      sort: (contact) => contact.talk_seconds,
      cell: (contact) => formatDuration(contact.talk_seconds),
    },
    { id: "language", header: text.language, sort: ({ language }) => language, cell: ({ language }) => names.language(language) },
  ];
}

interface Choice {
  readonly value: string;
  readonly label: string;
}

function choices(any: string, values: readonly (readonly [string, string])[]): Choice[] {
  return [{ value: "", label: any }, ...values.map(([value, label]) => ({ value, label }))];
}

export function ContactsPage() {
  const { center, me } = useWorkplace();
  const messages = useMessages();
  const names = useNames();
  const { day, today, chooseDay } = useChosenDay();
  const pages = usePages(day, PAGE_SIZE);
  const [wanted, setWanted] = useState(EVERYTHING);

  const shown = useMemo(() => filterContacts(pages.contacts, wanted, names.agent), [pages.contacts, wanted, names]);
  const columns = useMemo(() => contactColumns(messages, names, center.time_zone), [messages, names, center.time_zone]);
  const filtering = shown.length !== pages.contacts.length;
  const total = `${pages.contacts.length}${pages.more ? "+" : ""}`;

  const selects = [
    ["queue", choices(messages.contacts.anyQueue, center.queues.map(({ key }) => [key, names.queue(key)]))],
    ["outcome", choices(messages.contacts.anyOutcome, Object.entries(messages.outcomes))],
    ...(me.role === "agent"
      ? []
      : [["agent", choices(messages.contacts.anyAgent, center.agents.map(({ username, name }) => [username, name]))]]),
  ] as ["queue" | "outcome" | "agent", Choice[]][];

  if (pages.error !== null && pages.contacts.length === 0) {
    return <Problem error={pages.error} onRetry={pages.reload} />;
  }
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        description={messages.common.timeZone(center.time_zone)}
        actions={
          <SpaceBetween direction="horizontal" size="s" alignItems="center">
            {day === null ? null : <DayPicker day={day} today={today} onChange={chooseDay} />}
            <Button iconName="refresh" ariaLabel={messages.common.refresh} onClick={pages.reload} />
          </SpaceBetween>
        }
        counter={`(${filtering ? messages.contacts.matches(shown.length, pages.contacts.length) : total})`}
      >
        {me.role === "agent" ? messages.contacts.mine : messages.contacts.title}
      </Header>
      <DataTable
        label={messages.contacts.title}
        items={shown}
        trackBy={(contact) => contact.contact_id}
        loading={pages.contacts.length === 0 && (pages.loading || day === null)}
        empty={pages.contacts.length > 0 ? messages.contacts.noMatch : messages.contacts.empty}
        columns={columns}
        filter={
          <div className="tl-filters">
            <TextFilter
              filteringText={wanted.text}
              filteringPlaceholder={messages.contacts.filter}
              filteringAriaLabel={messages.contacts.filter}
              filteringClearAriaLabel={messages.contacts.clearFilter}
              onChange={({ detail }) => setWanted({ ...wanted, text: detail.filteringText })}
            />
            {selects.map(([field, options]) => (
              <Select
                key={field}
                ariaLabel={messages.contacts[field]}
                options={options}
                selectedOption={options.find(({ value }) => value === wanted[field]) ?? null}
                onChange={({ detail }) => setWanted({ ...wanted, [field]: detail.selectedOption.value ?? "" })}
              />
            ))}
          </div>
        }
        footer={
          pages.more ? (
            <Box textAlign="center">
              <SpaceBetween size="xxs" alignItems="center">
                <Button onClick={pages.loadMore} loading={pages.loading}>
                  {messages.contacts.more(PAGE_SIZE)}
                </Button>
                {wanted === EVERYTHING ? null : (
                  <Box color="text-body-secondary" fontSize="body-s">
                    {messages.contacts.moreExist}
                  </Box>
                )}
              </SpaceBetween>
            </Box>
          ) : undefined
        }
      />
    </SpaceBetween>
  );
}
