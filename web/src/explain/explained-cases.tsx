/** The cases behind a resolution: a customer's matter each, with how it was judged and why. */

import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import { useWorkplace } from "../api/context";
import type { ExplainedCase, Explanation } from "../api/types";
import { useNames } from "../components/names";
import { PageLink } from "../components/page-link";
import { formatDateTime, NOTHING } from "../format";
import { useLanguage } from "../i18n/language";
import { contactHref } from "../router";
import { ContactTime } from "./contact-time";
import { EvidenceTable } from "./evidence-table";

const INDICATORS: Readonly<Record<ExplainedCase["judged"], StatusIndicatorProps.Type>> = {
  resolved: "success",
  not_resolved: "error",
  provisional: "pending",
};

interface ExplainedCasesProps {
  readonly explanation: Explanation;
  readonly cases: readonly ExplainedCase[];
}

export function ExplainedCases({ explanation, cases }: ExplainedCasesProps) {
  const { center } = useWorkplace();
  const { messages } = useLanguage();
  const names = useNames();
  const text = messages.explain;
  return (
    <EvidenceTable<ExplainedCase>
      title={text.behind.cases}
      rows={cases}
      rowId={({ contact_id: contactId }) => contactId}
      counters={[]}
      columns={[
        {
          id: "began",
          header: text.from,
          sort: ({ began }) => began,
          cell: ({ began, contact_id: contactId }) => (
            <ContactTime contactId={contactId} at={began} within={explanation} zone={center.time_zone} />
          ),
        },
        { id: "customer", header: messages.contacts.customer, sort: ({ customer }) => customer, cell: ({ customer }) => customer ?? NOTHING },
        explanation.scope !== "queue" && { id: "queue", header: messages.contacts.queue, sort: ({ queue }) => queue, cell: ({ queue }) => names.queue(queue) },
        explanation.scope !== "agent" && { id: "agent", header: messages.contacts.agent, sort: ({ agent }) => agent, cell: ({ agent }) => names.agent(agent) },
        {
          id: "contacts",
          header: text.contactsOfCase,
          numeric: true,
          sort: ({ contacts }) => contacts.length,
          cell: ({ contacts }) => <span title={contacts.join(", ")}>{contacts.length}</span>,
        },
        {
          id: "judged",
          header: text.judged,
          sort: ({ judged }) => judged,
          cell: ({ judged }) => <StatusIndicator type={INDICATORS[judged]}>{text.judgements[judged]}</StatusIndicator>,
        },
        { id: "because", header: text.because, cell: (row) => <Reason row={row} convention={explanation.convention} /> },
      ]}
    />
  );
}

/** The contact with which the customer came back, until when one may come, or what agent or customer said. */
function Reason({ row, convention }: { readonly row: ExplainedCase; readonly convention: string | null }) {
  const { center } = useWorkplace();
  const { locale, messages } = useLanguage();
  const text = messages.explain;
  if (convention !== "no_further_contact") {
    const said = convention === "survey" ? row.survey : row.disposition;
    return <>{said ? text.said(said) : NOTHING}</>;
  }
  if (row.repeated_by) {
    return (
      <>
        {text.cameBack} <PageLink href={contactHref(row.repeated_by)}>{row.repeated_by.slice(0, 8)}</PageLink>
      </>
    );
  }
  const tell = row.judged === "provisional" ? text.openUntil : text.nobodyUntil;
  return <>{row.closes_at ? tell(formatDateTime(row.closes_at, center.time_zone, locale)) : NOTHING}</>;
}
