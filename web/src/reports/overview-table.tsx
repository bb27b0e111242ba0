/** Queues, agents, departments or channels side by side, in the order in which the report has them. */

import Link from "@cloudscape-design/components/link";
import type { Report, ReportSection } from "../api/types";
import { type Column, DataTable } from "../components/data-table";
import { FigureLabel } from "../components/figure-label";
import { useFigureFormat, useFigureName } from "../components/figure-names";
import type { Asked } from "../explain/asked";
import { useLanguage } from "../i18n/language";
import { useReportName } from "./names";
import { Change } from "./values";

const SHOWN: Readonly<Record<string, readonly string[]>> = {
  agent: [
    "answered",
    "average_handle_time_seconds",
    "occupancy_percent",
    "first_contact_resolution_percent",
    "csat_percent",
  ],
  other: [
    "offered",
    "answered",
    "abandonment_rate",
    "service_level_percent",
    "average_speed_of_answer_seconds",
    "average_handle_time_seconds",
    "csat_percent",
  ],
};

interface OverviewTableProps {
  readonly title: string;
  readonly report: Report;
  readonly sections: readonly ReportSection[];
  readonly scope: Asked["scope"];
  readonly chosen: string;
  readonly onChoose: (key: string) => void;
}

export function OverviewTable({ title, report, sections, scope, chosen, onChoose }: OverviewTableProps) {
  const { messages } = useLanguage();
  const format = useFigureFormat();
  const nameOf = useFigureName();
  const sayName = useReportName();
  const known = (SHOWN[scope] ?? SHOWN["other"] ?? []).filter((figure) => sections.some(({ figures }) => figure in figures));
  const column = (figure: string): Column<ReportSection> => ({
    id: figure,
    header: nameOf(figure),
    numeric: true,
    sort: ({ figures }) => figures[figure]?.value,
    cell: (section) => {
      const told = section.figures[figure];
      if (told === undefined) {
        return "";
      }
      const value = format(told.unit, told.value);
      return (
        <>
          {told.verdict === "more" || told.verdict === "less" ? (
            <span className="tl-note">
              <Change figure={told} />{" "}
            </span>
          ) : null}
          <FigureLabel
            asked={{ figure, scope, key: section.key, day: report.from, to: report.to }}
            label={`${nameOf(figure)}, ${sayName(section)}: ${value}`}
          >
            {value}
          </FigureLabel>
        </>
      );
    },
  });
  return (
    <DataTable<ReportSection>
      title={title}
      items={sections}
      trackBy={({ key }) => key}
      empty={messages.reports.nothing}
      walkable
      columns={[
        {
          id: "name",
          header: title,
          rowHeader: true,
          sort: sayName,
          cell: (section) => (
            <Link
              href={`#${section.key}`}
              ariaLabel={`${messages.reports.details}: ${sayName(section)}`}
              onFollow={(event) => {
                event.preventDefault();
                onChoose(section.key);
              }}
            >
              {section.key === chosen ? <strong>{sayName(section)}</strong> : sayName(section)}
            </Link>
          ),
        },
        ...known.map(column),
      ]}
    />
  );
}
