/** The contacts behind a figure, with what each counted; the last row is their sum. */

import Select from "@cloudscape-design/components/select";
import { useMemo, useState } from "react";
import { useWorkplace } from "../api/context";
import type { ExplainedContact, Explanation } from "../api/types";
import { OutcomeBadge } from "../components/badges";
import { type Column, DataTable } from "../components/data-table";
import { counterUnit, useFigureFormat, useFigureName } from "../components/figure-names";
import { useNames } from "../components/names";
import { PageLink } from "../components/page-link";
import { formatDateTime, formatDuration, formatTime, NOTHING } from "../format";
import { useLanguage } from "../i18n/language";
import { contactHref } from "../router";
import { addUp, countsIn } from "./counts";

const HANDLING = /^(talk|hold|held|handles|after_contact|worked)/;

type Row = ExplainedContact | { readonly contact_id: ""; readonly counts: ExplainedContact["counts"] };

function isContact(row: Row): row is ExplainedContact {
  return row.contact_id !== "";
}

export function ExplainedContacts({ explanation }: { readonly explanation: Explanation }) {
  const { center } = useWorkplace();
  const { locale, messages } = useLanguage();
  const names = useNames();
  const nameOf = useFigureName();
  const format = useFigureFormat();
  const [wanted, setWanted] = useState("");
  const text = messages.explain;
  const counters = Object.keys(explanation.counters);
  const shown = useMemo(() => countsIn(explanation.contacts, wanted), [explanation.contacts, wanted]);
  const sums = addUp(shown, counters);
  const zone = center.time_zone;
  const within = Date.parse(explanation.end) - Date.parse(explanation.start) <= 25 * 3_600_000;

  const of = (cell: (row: ExplainedContact) => React.ReactNode) => (row: Row) => (isContact(row) ? cell(row) : "");
  const by =
    (value: (row: ExplainedContact) => string | number | null | undefined) =>
    (row: Row): string | number | null | undefined =>
      isContact(row) ? value(row) : null;
  // What the table is about already, and times that have nothing to do with the figure, are left out.
  const scopes = new Set([explanation.scope]);
  const handling = counters.some((counter) => HANDLING.test(counter));
  const columns: readonly (Column<Row> | false)[] = [
    {
      id: "time",
      header: messages.contacts.time,
      rowHeader: true,
      sort: by((row) => row.initiated_at),
      cell: (row) =>
        isContact(row) ? (
          <PageLink href={contactHref(row.contact_id)}>
            {within ? formatTime(row.initiated_at, zone) : formatDateTime(row.initiated_at, zone, locale)}
          </PageLink>
        ) : (
          text.sum
        ),
    },
    { id: "outcome", header: messages.contacts.outcome, sort: by(({ outcome }) => outcome), cell: of(({ outcome }) => <OutcomeBadge outcome={outcome} />) },
    { id: "customer", header: messages.contacts.customer, sort: by(({ customer }) => customer), cell: of(({ customer }) => customer ?? NOTHING) },
    !scopes.has("queue") && { id: "queue", header: messages.contacts.queue, sort: by(({ queue }) => queue), cell: of(({ queue }) => names.queue(queue)) },
    !scopes.has("agent") && { id: "agent", header: messages.contacts.agent, sort: by(({ agent }) => agent), cell: of(({ agent }) => names.agent(agent)) },
    !handling && { id: "wait", header: messages.contacts.wait, numeric: true, sort: by((row) => row.wait_seconds), cell: of((row) => formatDuration(row.wait_seconds)) },
    handling && { id: "handle", header: text.handle, numeric: true, sort: by((row) => row.handle_seconds), cell: of((row) => formatDuration(row.handle_seconds)) },
    ...counters.map((counter) => ({
      id: counter,
      header: nameOf(counter),
      numeric: true,
      sort: (row: Row) => row.counts[counter] ?? 0,
      cell: (row: Row) => {
        const count = row.counts[counter] ?? 0;
        const value = format(counterUnit(counter), count);
        return isContact(row) ? (count === 0 ? <span className="tl-quiet">{NOTHING}</span> : value) : <strong>{value}</strong>;
      },
    })),
  ];
  const options = [{ value: "", label: text.anyCounter }, ...counters.map((value) => ({ value, label: nameOf(value) }))];
  return (
    <DataTable<Row>
      title={text.contacts}
      counter={`(${shown.length === explanation.matching ? shown.length : messages.contacts.matches(shown.length, explanation.matching)})`}
      items={shown}
      totals={{ contact_id: "", counts: sums }}
      trackBy={({ contact_id: contactId }) => contactId}
      empty={text.none}
      columns={columns.filter((column) => column !== false)}
      actions={
        counters.length < 2 ? null : (
          <div className="tl-day">
            <Select
              ariaLabel={text.countsIn}
              options={options}
              selectedOption={options.find(({ value }) => value === wanted) ?? null}
              onChange={({ detail }) => setWanted(detail.selectedOption.value ?? "")}
            />
          </div>
        )
      }
    />
  );
}
