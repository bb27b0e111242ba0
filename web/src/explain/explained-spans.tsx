/** A shift, cut where the agent's state changed: what was planned, and what was. */

import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useWorkplace } from "../api/context";
import type { ExplainedSpan, Explanation } from "../api/types";
import { useNames } from "../components/names";
import { formatDateTime, formatTime } from "../format";
import { useLanguage } from "../i18n/language";
import { EvidenceTable } from "./evidence-table";

interface ExplainedSpansProps {
  readonly explanation: Explanation;
  readonly spans: readonly ExplainedSpan[];
}

export function ExplainedSpans({ explanation, spans }: ExplainedSpansProps) {
  const { center } = useWorkplace();
  const { locale, messages } = useLanguage();
  const names = useNames();
  const text = messages.explain;
  const zone = center.time_zone;
  return (
    <EvidenceTable<ExplainedSpan>
      title={text.behind.schedule}
      rows={spans}
      rowId={({ since }) => since}
      counters={Object.keys(explanation.counters)}
      columns={[
        { id: "from", header: text.from, sort: ({ since }) => since, cell: ({ since }) => formatDateTime(since, zone, locale) },
        { id: "until", header: text.until, sort: ({ until }) => until, cell: ({ until }) => formatTime(until, zone) },
        { id: "planned", header: text.planned, sort: ({ planned }) => planned, cell: ({ planned }) => names.agentState(planned.toLowerCase()) },
        {
          id: "actual",
          header: text.actual,
          sort: ({ actual }) => actual,
          cell: ({ actual, planned }) => (
            <StatusIndicator type={actual === planned ? "success" : "error"}>
              {actual === null ? text.noState : names.agentState(actual.toLowerCase())}
            </StatusIndicator>
          ),
        },
      ]}
    />
  );
}
