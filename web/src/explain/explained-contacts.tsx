/** The contacts behind a figure, with what each counted. */

import Select from "@cloudscape-design/components/select";
import { useMemo, useState } from "react";
import { useWorkplace } from "../api/context";
import type { ExplainedContact, Explanation } from "../api/types";
import { ContactState, OutcomeBadge } from "../components/badges";
import { useFigureName } from "../components/figure-names";
import { useNames } from "../components/names";
import { formatDuration, NOTHING } from "../format";
import { useMessages } from "../i18n/language";
import { ContactTime } from "./contact-time";
import { countsIn } from "./counts";
import { EvidenceTable } from "./evidence-table";

const HANDLING = /^(talk|hold|held|handles|after_contact|worked)/;

interface ExplainedContactsProps {
  readonly explanation: Explanation;
  readonly contacts: readonly ExplainedContact[];
}

export function ExplainedContacts({ explanation, contacts }: ExplainedContactsProps) {
  const { center } = useWorkplace();
  const messages = useMessages();
  const names = useNames();
  const nameOf = useFigureName();
  const [wanted, setWanted] = useState("");
  const text = messages.explain;
  const counters = Object.keys(explanation.counters);
  const shown = useMemo(() => countsIn(contacts, wanted), [contacts, wanted]);
  // What the table is about already, and times that have nothing to do with the figure, are left out.
  const { matching, scope } = explanation;
  const handling = counters.some((counter) => HANDLING.test(counter));
  const options = [{ value: "", label: text.anyCounter }, ...counters.map((value) => ({ value, label: nameOf(value) }))];
  return (
    <EvidenceTable<ExplainedContact>
      title={text.behind.contacts}
      counter={`(${shown.length === matching ? shown.length : messages.contacts.matches(shown.length, matching)})`}
      rows={shown}
      rowId={({ contact_id: contactId }) => contactId}
      counters={counters}
      columns={[
        {
          id: "time",
          header: messages.contacts.time,
          sort: (row) => row.initiated_at,
          cell: (row) => <ContactTime contactId={row.contact_id} at={row.initiated_at} within={explanation} zone={center.time_zone} />,
        },
        {
          id: "outcome",
          header: messages.contacts.outcome,
          sort: ({ outcome, state }) => state ?? outcome,
          cell: ({ outcome, state }) => (state ? <ContactState state={state} /> : <OutcomeBadge outcome={outcome} />),
        },
        { id: "customer", header: messages.contacts.customer, sort: ({ customer }) => customer, cell: ({ customer }) => customer ?? NOTHING },
        scope !== "queue" && { id: "queue", header: messages.contacts.queue, sort: ({ queue }) => queue, cell: ({ queue }) => names.queue(queue) },
        scope !== "agent" && { id: "agent", header: messages.contacts.agent, sort: ({ agent }) => agent, cell: ({ agent }) => names.agent(agent) },
        !handling && { id: "wait", header: messages.contacts.wait, numeric: true, sort: (row) => row.wait_seconds, cell: (row) => formatDuration(row.wait_seconds) },
        handling && { id: "handle", header: text.handle, numeric: true, sort: (row) => row.handle_seconds, cell: (row) => formatDuration(row.handle_seconds) },
      ]}
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
