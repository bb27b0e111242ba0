/** What is behind a figure: its definition, its formula with the numbers in it, and the contacts that count. */

import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useWorkplace } from "../api/context";
import type { Explanation } from "../api/types";
import { useResource } from "../api/use-resource";
import { useFigureName } from "../components/figure-names";
import { type Names, useNames } from "../components/names";
import { PageLink } from "../components/page-link";
import { Problem } from "../components/problem";
import { Evidence } from "../explain/evidence";
import { FormulaPanel } from "../explain/formula-panel";
import { dayIn, formatDateTime, formatDay, formatTime } from "../format";
import type { Messages } from "../i18n/en";
import { useLanguage } from "../i18n/language";
import { useSearch } from "../router";

function tellWhose({ scope, key }: Explanation, names: Names, { explain, contact }: Messages): string {
  switch (scope) {
    case "queue":
      return names.queue(key);
    case "agent":
      return names.agent(key);
    case "department":
      return explain.department(key);
    case "channel":
      return (contact.channels as Readonly<Record<string, string>>)[key] ?? key;
    default:
      return key === "-" ? explain.neverQueued : explain.wholeCenter;
  }
}

/** A moment and an interval by their clock times; a day, or several, by date. */
function tellSpan(start: string, end: string, zone: string, locale: string): string {
  if (start === end) {
    return formatDateTime(start, zone, locale);
  }
  const hours = (Date.parse(end) - Date.parse(start)) / 3_600_000;
  if (hours < 1) {
    return `${formatDateTime(start, zone, locale)} – ${formatTime(end, zone)}`;
  }
  const first = dayIn(zone, new Date(start));
  const last = dayIn(zone, new Date(Date.parse(end) - 1));
  return first === last ? formatDay(first, locale) : `${formatDay(first, locale)} – ${formatDay(last, locale)}`;
}

export function ExplainPage() {
  const { messages } = useLanguage();
  const search = useSearch();
  const explanation = useResource<Explanation>(`/api/explain?${search}`);
  if (explanation.data !== null) {
    return <Explained explanation={explanation.data} />;
  }
  return explanation.error === null ? (
    <StatusIndicator type="loading">{messages.common.loading}</StatusIndicator>
  ) : (
    <Problem error={explanation.error} onRetry={explanation.reload} />
  );
}

function Explained({ explanation }: { readonly explanation: Explanation }) {
  const { center } = useWorkplace();
  const { locale, messages } = useLanguage();
  const names = useNames();
  const name = useFigureName();
  const zone = center.time_zone;
  const day = dayIn(zone, new Date(explanation.start));
  const ofNow = explanation.evidence === "moment" || explanation.evidence === "running";
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        description={`${tellWhose(explanation, names, messages)} · ${tellSpan(explanation.start, explanation.end, zone, locale)}`}
        actions={
          ofNow ? (
            <PageLink href="/live">{messages.live.title}</PageLink>
          ) : (
            <PageLink href={`/figures?day=${day}`}>{messages.explain.backToFigures}</PageLink>
          )
        }
      >
        {name(explanation.figure)}
      </Header>
      <FormulaPanel explanation={explanation} />
      <Evidence explanation={explanation} />
    </SpaceBetween>
  );
}
