/** The day's figures, a row per queue or per agent. */

import { useWorkplace } from "../api/context";
import type { Figures } from "../api/types";
import { type Column, DataTable } from "../components/data-table";
import { useNames } from "../components/names";
import { formatCount, formatDuration, formatPercent } from "../format";
import type { Messages } from "../i18n/en";
import { useLanguage } from "../i18n/language";

interface Row {
  readonly key: string;
  readonly name: string;
  readonly figures: Figures;
}

function toRows(table: Readonly<Record<string, Figures>>, name: (key: string) => string): Row[] {
  return Object.entries(table).map(([key, figures]) => ({ key, name: name(key), figures }));
}

type Kind = "count" | "duration" | "percent";

function useColumn(): (id: string, header: string, kind: Kind, value: (figures: Figures) => number | null) => Column<Row> {
  const { locale } = useLanguage();
  const format = {
    count: (value: number | null) => formatCount(value, locale),
    duration: formatDuration,
    percent: (value: number | null) => formatPercent(value, locale),
  };
  return (id, header, kind, value) => ({
    id,
    header,
    numeric: true,
    sort: ({ figures }) => value(figures),
    cell: ({ figures }) => format[kind](value(figures)),
  });
}

function nameColumn(header: string): Column<Row> {
  return { id: "name", header, rowHeader: true, sort: ({ name }) => name, cell: ({ name }) => name };
}

interface QueueFiguresProps {
  readonly queues: Readonly<Record<string, Figures>>;
  readonly total: Figures;
}

export function QueueFigures({ queues, total }: QueueFiguresProps) {
  const { center } = useWorkplace();
  const { locale, messages } = useLanguage();
  const names = useNames();
  const column = useColumn();
  const text = messages.figures;
  const convention = center.service_level_convention;
  const rows = toRows(queues, names.queue);
  const targets = new Map(center.queues.map(({ key, service_target: target }) => [key, target]));
  const abandonedColumn: Column<Row> = {
    ...column("abandoned", text.abandoned, "count", ({ abandoned }) => abandoned),
    cell: ({ figures }) => (
      <>
        {formatCount(figures.abandoned, locale)} <span className="tl-note">{formatPercent(figures.abandonment_rate, locale)}</span>
      </>
    ),
  };
  const levelColumn: Column<Row> = {
    ...column("level", `${text.serviceLevel} (${convention})`, "percent", (figures) => figures.service_level[convention]),
    cell: ({ key, figures }) => {
      const target = targets.get(key);
      return (
        <>
          {target === undefined ? null : (
            <span className="tl-note">{messages.live.targetText(target.percent, target.seconds)} </span>
          )}
          {formatPercent(figures.service_level[convention], locale)}
        </>
      );
    },
  };
  return (
    <DataTable
      title={text.byQueue}
      items={rows}
      totals={{ key: "", name: messages.common.total, figures: total }}
      trackBy={({ key }) => key}
      empty={text.noContacts}
      columns={[
        nameColumn(messages.live.queue),
        column("offered", text.offered, "count", ({ offered }) => offered),
        column("answered", text.answered, "count", ({ answered }) => answered),
        abandonedColumn,
        levelColumn,
        column("asa", text.speedOfAnswerShort, "duration", (figures) => figures.average_speed_of_answer_seconds),
        column("longest", text.longestWait, "duration", (figures) => figures.longest_wait_seconds),
        column("aht", text.handleTimeShort, "duration", (figures) => figures.average_handle_time_seconds),
        column("csat", text.satisfaction, "percent", (figures) => figures.csat_percent),
      ]}
    />
  );
}

function agentColumns(messages: Messages, column: ReturnType<typeof useColumn>): Column<Row>[] {
  const text = messages.figures;
  return [
    nameColumn(messages.live.agent),
    column("answered", text.answered, "count", ({ answered }) => answered),
    column("aht", text.handleTimeShort, "duration", (figures) => figures.average_handle_time_seconds),
    column("talk", text.talk, "duration", (figures) => figures.talk_seconds),
    column("hold", text.hold, "duration", (figures) => figures.hold_seconds),
    column("acw", text.afterContactWorkShort, "duration", (figures) => figures.after_contact_work_seconds),
    column("csat", text.satisfaction, "percent", (figures) => figures.csat_percent),
  ];
}

export function AgentFigures({ agents }: { readonly agents: Readonly<Record<string, Figures>> }) {
  const { messages } = useLanguage();
  const names = useNames();
  const column = useColumn();
  return (
    <DataTable
      title={messages.figures.byAgent}
      items={toRows(agents, names.agent)}
      trackBy={({ key }) => key}
      empty={messages.figures.noAgents}
      columns={agentColumns(messages, column)}
    />
  );
}
