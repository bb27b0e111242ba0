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
import { formatPercent, formatTime } from "../format";
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
          <VolumeChart points={points} withMenu={queue === ""} />
          <ServiceLevelChart points={points} target={target} />
        </Grid>
      )}
    </Container>
  );
}

function VolumeChart({ points, withMenu }: { readonly points: readonly IntervalPoint[]; readonly withMenu: boolean }) {
  const { center } = useWorkplace();
  const { messages } = useLanguage();
  const text = messages.figures;
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
        ...(withMenu ? [bars(text.endedInMenu, COLORS.endedInMenu, ({ endedInMenu }) => endedInMenu)] : []),
      ]}
      empty={text.noContacts}
    />
  );
}

interface ServiceLevelChartProps {
  readonly points: readonly IntervalPoint[];
  /** Percent; null where queues with different targets are summed. */
  readonly target: number | null;
}

function ServiceLevelChart({ points, target }: ServiceLevelChartProps) {
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
      empty={text.noContacts}
    />
  );
}
