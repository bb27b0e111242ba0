/** Every figure of one section: value, interval, number, the period before, change and what is usual. */

import type { Report, ReportFigure, ReportSection } from "../api/types";
import { DataTable } from "../components/data-table";
import { FigureLabel } from "../components/figure-label";
import { useFigureFormat, useFigureName } from "../components/figure-names";
import type { Asked } from "../explain/asked";
import { formatCount, NOTHING } from "../format";
import { useLanguage } from "../i18n/language";
import { Change, hasBaseline, NumberBehind, useInterval } from "./values";

interface FigureTableProps {
  readonly title: string;
  readonly report: Report;
  readonly section: ReportSection;
  readonly scope: Asked["scope"];
}

type Row = ReportFigure & { readonly figure: string };

export function FigureTable({ title, report, section, scope }: FigureTableProps) {
  const { locale, messages } = useLanguage();
  const format = useFigureFormat();
  const name = useFigureName();
  const interval = useInterval();
  const text = messages.reports;
  const rows: Row[] = Object.entries(section.figures).map(([figure, told]) => ({ figure, ...told }));
  const key = section.key === "-" ? "" : section.key;
  const usual = ({ unit, baseline }: ReportFigure) => {
    if (!baseline) {
      return NOTHING;
    }
    const { value, low, high } = baseline;
    const range = low === null || low === undefined ? "" : text.usual(format(unit, low), format(unit, high));
    return <span title={range}>{format(unit, value)}</span>;
  };
  return (
    <DataTable<Row>
      title={title}
      items={rows}
      trackBy={({ figure }) => figure}
      empty={text.nothing}
      columns={[
        {
          id: "figure",
          header: text.figure,
          rowHeader: true,
          cell: ({ figure, provisional }) => (
            <>
              <FigureLabel asked={{ figure, scope, key, day: report.from, to: report.to }}>{name(figure)}</FigureLabel>
              {provisional ? <div className="tl-note">{text.provisional(formatCount(provisional, locale))}</div> : null}
            </>
          ),
        },
        { id: "value", header: text.value, numeric: true, cell: ({ unit, value }) => <strong>{format(unit, value)}</strong> },
        { id: "interval", header: text.interval, numeric: true, cell: interval },
        { id: "n", header: text.n, numeric: true, cell: (figure) => <NumberBehind figure={figure} /> },
        {
          id: "previous",
          header: text.previousValue,
          numeric: true,
          cell: ({ unit, previous }) => format(unit, previous?.value),
        },
        { id: "change", header: text.change, numeric: true, cell: (figure) => <Change figure={figure} /> },
        ...(hasBaseline(section)
          ? [{ id: "baseline", header: text.baseline, numeric: true, cell: usual }]
          : []),
      ]}
    />
  );
}
