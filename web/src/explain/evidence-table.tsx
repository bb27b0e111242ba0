/** Rows behind a figure with what each counts in each counter; the last row is their sum. */

import type { ReactNode } from "react";
import type { Counts } from "../api/types";
import { type Column, DataTable } from "../components/data-table";
import { counterUnit, useFigureFormat, useFigureName } from "../components/figure-names";
import { NOTHING } from "../format";
import { useMessages } from "../i18n/language";
import { addUp } from "./counts";

interface Counted {
  readonly counts: Counts;
}

export interface EvidenceColumn<T> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: T) => ReactNode;
  readonly sort?: (row: T) => string | number | null | undefined;
  readonly numeric?: boolean;
}

interface EvidenceTableProps<T> {
  readonly title: string;
  readonly description?: string;
  readonly counter?: string;
  readonly actions?: ReactNode;
  readonly rows: readonly T[];
  readonly rowId: (row: T) => string;
  /** The first one is the row's header, and says "sum" in the last row. */
  readonly columns: readonly (EvidenceColumn<T> | false)[];
  readonly counters: readonly string[];
}

type Row<T> = { readonly row: T | null; readonly counts: Counts };

export function EvidenceTable<T extends Counted>(props: EvidenceTableProps<T>) {
  const text = useMessages().explain;
  const nameOf = useFigureName();
  const format = useFigureFormat();
  const { counters, rowId, rows } = props;
  const told = props.columns.filter((column) => column !== false).map<Column<Row<T>>>(({ cell, sort, ...column }, index) => ({
    ...column,
    rowHeader: index === 0,
    ...(sort === undefined ? {} : { sort: ({ row }) => (row === null ? null : sort(row)) }),
    cell: ({ row }) => (row === null ? (index === 0 ? text.sum : "") : cell(row)),
  }));
  const counted = counters.map<Column<Row<T>>>((counter) => ({
    id: `count ${counter}`,
    header: nameOf(counter),
    numeric: true,
    sort: ({ counts }) => counts[counter] ?? 0,
    cell: ({ row, counts }) => {
      const count = counts[counter] ?? 0;
      const value = format(counterUnit(counter), count);
      return row === null ? <strong>{value}</strong> : count === 0 ? <span className="tl-quiet">{NOTHING}</span> : value;
    },
  }));
  return (
    <DataTable<Row<T>>
      title={props.title}
      {...(props.description === undefined ? {} : { description: props.description })}
      counter={props.counter ?? `(${rows.length})`}
      actions={props.actions}
      items={rows.map((row) => ({ row, counts: row.counts }))}
      {...(counters.length === 0 ? {} : { totals: { row: null, counts: addUp(rows, counters) } })}
      trackBy={({ row }) => (row === null ? "" : rowId(row))}
      empty={text.none}
      columns={[...told, ...counted]}
    />
  );
}
