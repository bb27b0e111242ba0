/** The day's figures, a row per queue or per agent; each value can be asked for its definition and its contacts. */

import type { ReactNode } from "react";
import { useWorkplace } from "../api/context";
import type { Figures } from "../api/types";
import { type Column, DataTable } from "../components/data-table";
import { FigureLabel } from "../components/figure-label";
import { type FigureUnit, useFigureFormat } from "../components/figure-names";
import { useNames } from "../components/names";
import type { Asked } from "../explain/asked";
import { useLanguage } from "../i18n/language";

interface Row {
  readonly key: string;
  readonly name: string;
  readonly scope: Asked["scope"];
  readonly figures: Figures;
}

interface FigureColumn {
  readonly figure: string;
  readonly header: string;
  readonly unit: FigureUnit;
  readonly value: (figures: Figures) => number | null | undefined;
}

function toRows(
  table: Readonly<Record<string, Figures>>,
  scope: Asked["scope"],
  name: (key: string) => string,
): Row[] {
  return Object.entries(table).map(([key, figures]) => ({ key, name: name(key), scope, figures }));
}

interface Notes {
  readonly before?: (row: Row) => ReactNode;
  readonly after?: (row: Row) => ReactNode;
}

function useColumns(day: string): (column: FigureColumn, notes?: Notes) => Column<Row> {
  const format = useFigureFormat();
  return ({ figure, header, unit, value }, { before, after } = {}) => ({
    id: figure,
    header,
    numeric: true,
    sort: ({ figures }) => value(figures),
    cell: (row) => {
      const shown = format(unit, value(row.figures));
      const asked = { figure, scope: row.scope, key: row.key, day };
      return (
        <>
          {before === undefined ? null : <span className="tl-note">{before(row)} </span>}
          <FigureLabel asked={asked} label={`${header}, ${row.name}: ${shown}`}>
            {shown}
          </FigureLabel>
          {after === undefined ? null : <span className="tl-note"> {after(row)}</span>}
        </>
      );
    },
  });
}

function nameColumn(header: string): Column<Row> {
  return { id: "name", header, rowHeader: true, sort: ({ name }) => name, cell: ({ name }) => name };
}

interface QueueFiguresProps {
  readonly queues: Readonly<Record<string, Figures>>;
  readonly total: Figures;
  readonly day: string;
}

export function QueueFigures({ queues, total, day }: QueueFiguresProps) {
  const { center } = useWorkplace();
  const { messages } = useLanguage();
  const names = useNames();
  const format = useFigureFormat();
  const column = useColumns(day);
  const text = messages.figures;
  const convention = center.service_level_convention;
  const targets = new Map(center.queues.map(({ key, service_target: target }) => [key, target]));
  const targetOf = ({ key }: Row): string => {
    const target = targets.get(key);
    return target === undefined ? "" : messages.live.targetText(target.percent, target.seconds);
  };
  return (
    <DataTable
      title={text.byQueue}
      items={toRows(queues, "queue", names.queue)}
      totals={{ key: "", name: messages.common.total, scope: "center", figures: total }}
      trackBy={({ key }) => key}
      empty={text.noContacts}
      walkable
      columns={[
        nameColumn(messages.live.queue),
        column({ figure: "offered", header: text.offered, unit: "count", value: ({ offered }) => offered }),
        column({ figure: "answered", header: text.answered, unit: "count", value: ({ answered }) => answered }),
        column({ figure: "abandoned", header: text.abandoned, unit: "count", value: ({ abandoned }) => abandoned }, {
          after: (row) => (
            <FigureLabel asked={{ figure: "abandonment_rate", scope: row.scope, key: row.key, day }}>
              {format("percent", row.figures.abandonment_rate)}
            </FigureLabel>
          ),
        }),
        column(
          {
            figure: `service_level.${convention}`,
            header: `${text.serviceLevel} (${convention})`,
            unit: "percent",
            value: (figures) => figures.service_level[convention],
          },
          { before: targetOf },
        ),
        column({
          figure: "average_speed_of_answer_seconds",
          header: text.speedOfAnswerShort,
          unit: "seconds",
          value: (figures) => figures.average_speed_of_answer_seconds,
        }),
        column({
          figure: "longest_wait_seconds",
          header: text.longestWait,
          unit: "seconds",
          value: (figures) => figures.longest_wait_seconds,
        }),
        column({
          figure: "average_handle_time_seconds",
          header: text.handleTimeShort,
          unit: "seconds",
          value: (figures) => figures.average_handle_time_seconds,
        }),
        column({ figure: "csat_percent", header: text.satisfaction, unit: "percent", value: (figures) => figures.csat_percent }),
      ]}
    />
  );
}

interface AgentFiguresProps {
  readonly agents: Readonly<Record<string, Figures>>;
  readonly day: string;
}

export function AgentFigures({ agents, day }: AgentFiguresProps) {
  const { messages } = useLanguage();
  const names = useNames();
  const column = useColumns(day);
  const text = messages.figures;
  const handling: FigureColumn = {
    figure: "average_handle_time_seconds",
    header: text.handleTimeShort,
    unit: "seconds",
    value: (figures) => figures.average_handle_time_seconds,
  };
  const time: readonly FigureColumn[] = [
    {
      figure: "occupancy_percent",
      header: messages.figureNames.occupancy_percent,
      unit: "percent",
      value: (figures) => figures.occupancy_percent,
    },
    {
      figure: "non_response_percent",
      header: messages.figureNames.non_response_percent,
      unit: "percent",
      value: (figures) => figures.non_response_percent,
    },
  ];
  return (
    <DataTable
      title={text.byAgent}
      items={toRows(agents, "agent", names.agent)}
      trackBy={({ key }) => key}
      empty={text.noAgents}
      walkable
      columns={[
        nameColumn(messages.live.agent),
        column({ figure: "answered", header: text.answered, unit: "count", value: ({ answered }) => answered }),
        column(handling),
        column({ figure: "talk_seconds", header: text.talk, unit: "seconds", value: (figures) => figures.talk_seconds }),
        column({ figure: "hold_seconds", header: text.hold, unit: "seconds", value: (figures) => figures.hold_seconds }),
        column({
          figure: "after_contact_work_seconds",
          header: text.afterContactWorkShort,
          unit: "seconds",
          value: (figures) => figures.after_contact_work_seconds,
        }),
        column({ figure: "csat_percent", header: text.satisfaction, unit: "percent", value: (figures) => figures.csat_percent }),
        ...(Object.values(agents).some(({ occupancy_percent: occupancy }) => typeof occupancy === "number") ? time.map((each) => column(each)) : []),
      ]}
    />
  );
}
