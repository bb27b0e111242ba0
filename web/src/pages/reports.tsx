/** Reports: how a day, a week or a month went, and what can be said of the change. */

import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Tabs from "@cloudscape-design/components/tabs";
import type { Report } from "../api/types";
import { useResource } from "../api/use-resource";
import { Problem } from "../components/problem";
import type { Asked } from "../explain/asked";
import { formatAmount, formatCount } from "../format";
import { useLanguage } from "../i18n/language";
import { CsvButton } from "../reports/csv-button";
import { FigureTable } from "../reports/figure-table";
import { useReportName } from "../reports/names";
import { OverviewTable } from "../reports/overview-table";
import { periodQuery, tellDays } from "../reports/period";
import { PeriodPicker, usePeriod } from "../reports/period-picker";
import { hasBaseline } from "../reports/values";
import { VolumeCharts } from "../reports/volume-charts";
import { useQueryParameter } from "../router";

const SECTIONS = ["queues", "agents", "departments", "channels"] as const;
type Section = (typeof SECTIONS)[number];
const SCOPES: Readonly<Record<Section, Asked["scope"]>> = {
  queues: "queue",
  agents: "agent",
  departments: "department",
  channels: "channel",
};

export function ReportsPage() {
  const { locale, messages } = useLanguage();
  const { period, on } = usePeriod();
  const query = periodQuery(period, on);
  const report = useResource<Report>(`/api/reports?${query}`);
  const told = report.data;
  const text = messages.reports;
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        description={
          told === null
            ? undefined
            : `${tellDays(told.from, told.to, locale)}, ${text.comparedWith(tellDays(told.previous.from, told.previous.to, locale))}; ${hasBaseline(told.total) ? text.baselineOf(told.baseline_weeks) : text.noBaseline}`
        }
        actions={
          <SpaceBetween direction="horizontal" size="s" alignItems="center">
            <PeriodPicker from={told?.from ?? null} complete={told?.complete ?? false} />
            <CsvButton path={`/api/reports?${query}&format=csv`} name={`report-${period}-${told?.from ?? ""}.csv`} />
          </SpaceBetween>
        }
      >
        {text.title}
      </Header>
      {told !== null ? (
        <Body report={told} />
      ) : report.error === null ? (
        <StatusIndicator type="loading">{messages.common.loading}</StatusIndicator>
      ) : (
        <Problem error={report.error} onRetry={report.reload} />
      )}
    </SpaceBetween>
  );
}

function Body({ report }: { readonly report: Report }) {
  const { messages } = useLanguage();
  const [tab, setTab] = useQueryParameter("of");
  const text = messages.reports;
  const tabs = [
    { id: "center", label: text.wholeCenter, content: <WholeCenter report={report} /> },
    ...SECTIONS.filter((section) => section !== "channels" || report.channels.length > 1).map((section) => ({
      id: section,
      label: text.sections[section],
      content: <Members report={report} section={section} />,
    })),
  ];
  return (
    <SpaceBetween size="s">
      {report.complete ? null : <StatusIndicator type="in-progress">{text.running}</StatusIndicator>}
      <Tabs
        ariaLabel={text.title}
        activeTabId={tabs.find(({ id }) => id === tab)?.id ?? "center"}
        tabs={tabs}
        onChange={({ detail }) => setTab(detail.activeTabId === "center" ? null : detail.activeTabId)}
      />
    </SpaceBetween>
  );
}

function WholeCenter({ report }: { readonly report: Report }) {
  const { locale, messages } = useLanguage();
  const { cost } = report;
  const text = messages.reports;
  return (
    <SpaceBetween size="m">
      <FigureTable title={text.wholeCenter} report={report} section={report.total} scope="center" />
      <VolumeCharts report={report} section={report.total} />
      {cost ? (
        <Box color="text-body-secondary">
          {text.cost}: {text.costOf(formatAmount(cost.total, cost.currency, locale), formatCount(cost.contacts, locale))}
        </Box>
      ) : null}
    </SpaceBetween>
  );
}

function Members({ report, section }: { readonly report: Report; readonly section: Section }) {
  const { messages } = useLanguage();
  const sayName = useReportName();
  const [asked, setAsked] = useQueryParameter("key");
  const members = report[section];
  const chosen = members.find(({ key }) => key === asked) ?? members[0];
  return (
    <SpaceBetween size="m">
      <OverviewTable
        title={messages.reports.sections[section]}
        report={report}
        sections={members}
        scope={SCOPES[section]}
        chosen={chosen?.key ?? ""}
        onChoose={setAsked}
      />
      {chosen === undefined ? null : (
        <FigureTable title={sayName(chosen)} report={report} section={chosen} scope={SCOPES[section]} />
      )}
      {chosen === undefined ? null : <VolumeCharts report={report} section={chosen} />}
    </SpaceBetween>
  );
}
