/** Volume and service level by 15-minute interval. */

import BarChart from "@cloudscape-design/components/bar-chart";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Grid from "@cloudscape-design/components/grid";
import Header from "@cloudscape-design/components/header";
import Select from "@cloudscape-design/components/select";
import { useMemo, useState } from "react";
import { useWorkplace } from "../api/context";
import type { Interval } from "../api/types";
import { useNames } from "../components/names";
import { PageLink } from "../components/page-link";
import { explainHref } from "../explain/asked";
import { formatCount, formatPercent, formatTime } from "../format";
import { useLanguage } from "../i18n/language";
import { type IntervalPoint, intervalPoints } from "./intervals";

const HEIGHT = 190;
const COLORS = {
  answered: "var(--tl-agent)",
  abandoned: "var(--tl-bad)",
  endedInMenu: "var(--tl-neutral)",
  serviceLevel: "var(--tl-event)",
} as const;

export function IntervalCharts({ intervals }: { readonly intervals: readonly Interval[] }) {
  const { center } = useWorkplace();
  const { messages } = useLanguage();
  const names = useNames();
  const [queue, setQueue] = useState("");
  const text = messages.figures;
  const points = useMemo(
    () => intervalPoints(intervals, queue === "" ? null : queue, center.service_level_convention),
    [intervals, queue, center.service_level_convention],
  );
  const options = [
    { value: "", label: text.allQueues },
    ...center.queues.map(({ key }) => ({ value: key, label: names.queue(key) })),
  ];
  const target = center.queues.find(({ key }) => key === queue)?.service_target.percent ?? null;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={text.volumeHint}
          actions={
            <div className="tl-day">
              <Select
                ariaLabel={text.queueFilter}
                options={options}
                selectedOption={options.find(({ value }) => value === queue) ?? null}
                onChange={({ detail }) => setQueue(detail.selectedOption.value ?? "")}
              />
            </div>
          }
        >
          {text.volume}
        </Header>
      }
    >
      {points.length === 0 ? (
        <Box color="text-body-secondary">{text.noContacts}</Box>
      ) : (
        <Grid gridDefinition={[{ colspan: { default: 12, m: 6 } }, { colspan: { default: 12, m: 6 } }]}>
          <VolumeChart points={points} queue={queue} />
          <ServiceLevelChart points={points} queue={queue} target={target} />
        </Grid>
      )}
    </Container>
  );
}

interface ChartProps {
  readonly points: readonly IntervalPoint[];
  /** Empty for all queues. */
  readonly queue: string;
}

/** A bar's value, as a way to the contacts behind it. */
function behind(figure: string, queue: string, start: Date, value: string) {
  const scope = queue === "" ? "center" : "queue";
  return <PageLink href={explainHref({ figure, scope, key: queue, start: start.toISOString() })}>{value}</PageLink>;
}

function VolumeChart({ points, queue }: ChartProps) {
  const { center } = useWorkplace();
  const { locale, messages } = useLanguage();
  const text = messages.figures;
  const figureOf = new Map([
    [text.answered, "answered"],
    [text.abandoned, "abandoned"],
    [text.endedInMenu, "ended_in_menu"],
  ]);
  const tick = (start: Date): string => formatTime(start.toISOString(), center.time_zone, false);
  const bars = (title: string, color: string, value: (point: IntervalPoint) => number) => ({
    title,
    type: "bar" as const,
    color,
    data: points.map((point) => ({ x: point.start, y: value(point) })),
  });
  return (
    <BarChart<Date>
      height={HEIGHT}
      hideFilter
      stackedBars
      xScaleType="categorical"
      xDomain={points.map(({ start }) => start)}
      xTitle={text.intervalStart}
      yTitle={text.contactsAxis}
      ariaLabel={text.volume}
      i18nStrings={{ xTickFormatter: tick }}
      series={[
        bars(text.answered, COLORS.answered, ({ answered }) => answered),
        bars(text.abandoned, COLORS.abandoned, ({ abandoned }) => abandoned),
        ...(queue === "" ? [bars(text.endedInMenu, COLORS.endedInMenu, ({ endedInMenu }) => endedInMenu)] : []),
      ]}
      detailPopoverSeriesContent={({ series, x, y }) => ({
        key: series.title,
        value: behind(figureOf.get(series.title) ?? "contacts", queue, x, formatCount(y, locale)),
      })}
      empty={text.noContacts}
    />
  );
}

interface ServiceLevelChartProps extends ChartProps {
  /** Percent; null where queues with different targets are summed. */
  readonly target: number | null;
}

function ServiceLevelChart({ points, queue, target }: ServiceLevelChartProps) {
  const { center } = useWorkplace();
  const { locale, messages } = useLanguage();
  const text = messages.figures;
  return (
    <BarChart<Date>
      height={HEIGHT}
      hideFilter
      xScaleType="categorical"
      xDomain={points.map(({ start }) => start)}
      yDomain={[0, 100]}
      xTitle={text.intervalStart}
      yTitle={text.percentAxis}
      ariaLabel={text.serviceLevelByInterval}
      i18nStrings={{ xTickFormatter: (start: Date) => formatTime(start.toISOString(), center.time_zone, false) }}
      series={[
        {
          type: "bar",
          title: `${text.serviceLevel} (${center.service_level_convention})`,
          color: COLORS.serviceLevel,
          valueFormatter: (value) => formatPercent(value, locale),
          data: points.flatMap(({ start, serviceLevel }) => (serviceLevel === null ? [] : [{ x: start, y: serviceLevel }])),
        },
        ...(target === null
          ? []
          : [{ type: "threshold" as const, title: text.target, y: target, valueFormatter: (value: number) => `${value} %` }]),
      ]}
      detailPopoverSeriesContent={({ series, x, y }) => ({
        key: series.title,
        value: series.type === "threshold" ? `${y} %` : behind("service_level", queue, x, formatPercent(y, locale)),
      })}
      empty={text.noContacts}
    />
  );
}
