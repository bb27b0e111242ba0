/** How volume goes: by day against what is usual, by weekday and by hour. */

import BarChart from "@cloudscape-design/components/bar-chart";
import Container from "@cloudscape-design/components/container";
import Grid from "@cloudscape-design/components/grid";
import Header from "@cloudscape-design/components/header";
import MixedLineBarChart from "@cloudscape-design/components/mixed-line-bar-chart";
import type { Report, ReportSection, Trend } from "../api/types";
import { formatCount, formatDay, formatSigned } from "../format";
import { useLanguage } from "../i18n/language";

const HEIGHT = 170;
const COLOR = "var(--tl-agent)";
const USUAL = "var(--tl-customer)";

function useTrendText(): (trend: Trend | null | undefined) => string | undefined {
  const { locale, messages } = useLanguage();
  return (trend) => {
    if (!trend) {
      return undefined;
    }
    const days = formatCount(trend.days, locale);
    return trend.verdict === "no_telling"
      ? messages.reports.noTrend(days)
      : messages.reports.trend(formatSigned("contacts", trend.slope, locale), days);
  };
}

interface VolumeChartsProps {
  readonly report: Report;
  readonly section: ReportSection;
}

export function VolumeCharts({ report, section }: VolumeChartsProps) {
  const { messages } = useLanguage();
  const tellTrend = useTrendText();
  const season = section.seasonality;
  const several = report.days > 1;
  if (!season) {
    return null;
  }
  const column = { colspan: { default: 12, m: several ? 6 : 12 } } as const;
  return (
    <Container header={<Header variant="h2" description={tellTrend(section.trend)}>{messages.reports.volume}</Header>}>
      <Grid gridDefinition={several ? [column, column] : [column]}>
        {several && (section.key === "-" ? <DailyChart report={report} /> : <WeekdayChart section={section} />)}
        <HourChart section={section} />
      </Grid>
    </Container>
  );
}

function DailyChart({ report }: { readonly report: Report }) {
  const { locale, messages } = useLanguage();
  const text = messages.reports;
  const usual = report.daily.flatMap(({ day, baseline }) => (baseline === null || baseline === undefined ? [] : [{ x: day, y: baseline }]));
  return (
    <MixedLineBarChart<string>
      height={HEIGHT}
      hideFilter
      xScaleType="categorical"
      xDomain={report.daily.map(({ day }) => day)}
      xTitle={text.daily}
      yTitle={messages.figures.contactsAxis}
      ariaLabel={text.daily}
      i18nStrings={{ xTickFormatter: (day: string) => formatDay(day, locale).replace(/,? ?\d{4}년? ?/, "") }}
      series={[
        {
          type: "bar",
          title: messages.figureNames.offered,
          color: COLOR,
          data: report.daily.map(({ day, offered }) => ({ x: day, y: offered })),
        },
        ...(usual.length === 0 ? [] : [{ type: "line" as const, title: text.usualVolume, color: USUAL, data: usual }]),
      ]}
      empty={text.nothing}
    />
  );
}

interface SeasonProps {
  readonly section: ReportSection;
}

function WeekdayChart({ section }: SeasonProps) {
  const { messages } = useLanguage();
  const text = messages.reports;
  const names: Readonly<Record<string, string>> = text.weekdayNames;
  const weekdays = section.seasonality?.weekdays ?? [];
  return (
    <SeasonChart
      title={text.weekdays}
      points={weekdays.map(({ weekday, offered }) => ({ x: names[weekday] ?? weekday, y: offered }))}
    />
  );
}

function HourChart({ section }: SeasonProps) {
  const { messages } = useLanguage();
  const hours = section.seasonality?.hours ?? [];
  const busy = hours.filter(({ offered }) => offered > 0).map(({ hour }) => hour);
  const shown = hours.filter(({ hour }) => hour >= Math.min(...busy) && hour <= Math.max(...busy));
  return (
    <SeasonChart
      title={messages.reports.hours}
      points={shown.map(({ hour, offered }) => ({ x: String(hour).padStart(2, "0"), y: offered }))}
    />
  );
}

function SeasonChart({ title, points }: { readonly title: string; readonly points: { readonly x: string; readonly y: number }[] }) {
  const { messages } = useLanguage();
  return (
    <BarChart<string>
      height={HEIGHT}
      hideFilter
      hideLegend
      xScaleType="categorical"
      xDomain={points.map(({ x }) => x)}
      xTitle={title}
      yTitle={messages.figures.contactsAxis}
      ariaLabel={title}
      series={[{ type: "bar", title: messages.figureNames.offered, color: COLOR, data: points }]}
      empty={messages.reports.nothing}
    />
  );
}
