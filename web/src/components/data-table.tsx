/** Cloudscape's table with the console's habits: compact, one look of emptiness, sorting in the browser. */

import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import { type ReactNode, useMemo, useState } from "react";
import { useMessages } from "../i18n/language";

export interface Column<T> {
  readonly id: string;
  readonly header: string;
  readonly cell: (item: T) => ReactNode;
  /** What the column sorts by; without it, the column does not sort. */
  readonly sort?: (item: T) => string | number | null | undefined;
  readonly width?: number;
  readonly numeric?: boolean;
  readonly rowHeader?: boolean;
}

interface DataTableProps<T> {
  readonly title?: string;
  readonly description?: string;
  readonly counter?: string;
  readonly actions?: ReactNode;
  readonly items: readonly T[];
  /** A last row that stays last however the others are sorted. */
  readonly totals?: T;
  readonly trackBy: (item: T) => string;
  readonly columns: readonly Column<T>[];
  readonly empty: string;
  readonly loading?: boolean;
  readonly filter?: ReactNode;
  readonly footer?: ReactNode;
  readonly variant?: TableProps.Variant;
  readonly label?: string;
  readonly wrapLines?: boolean;
  /** Cells are buttons: one stop of the tab key for all, and arrow keys from cell to cell. */
  readonly walkable?: boolean;
}

function compare(left: string | number | null | undefined, right: string | number | null | undefined): number {
  if (left === null || left === undefined || right === null || right === undefined) {
    return Number(right === null || right === undefined) - Number(left === null || left === undefined);
  }
  return typeof left === "number" && typeof right === "number"
    ? left - right
    : String(left).localeCompare(String(right));
}

export function DataTable<T>(props: DataTableProps<T>) {
  const messages = useMessages();
  const [sorting, setSorting] = useState<{ id: string; descending: boolean } | null>(null);
  const { columns, items, totals } = props;

  const sorted = useMemo(() => {
    const by = columns.find(({ id }) => id === sorting?.id)?.sort;
    const direction = sorting?.descending === true ? -1 : 1;
    const rows = by === undefined ? items : items.toSorted((left, right) => direction * compare(by(left), by(right)));
    return totals === undefined || rows.length === 0 ? rows : [...rows, totals];
  }, [columns, items, sorting, totals]);

  const definitions = columns.map<TableProps.ColumnDefinition<T>>((column) => ({
    id: column.id,
    header: column.numeric ? <span className="tl-number">{column.header}</span> : column.header,
    cell: (item) => (column.numeric ? <span className="tl-number">{column.cell(item)}</span> : column.cell(item)),
    ...(column.sort === undefined ? {} : { sortingField: column.id, sortingComparator: () => 0 }),
    ...(column.width === undefined ? {} : { width: column.width }),
    isRowHeader: column.rowHeader ?? false,
  }));
  const sortingColumn = definitions.find(({ id }) => id === sorting?.id);

  return (
    <Table<T>
      variant={props.variant ?? "container"}
      contentDensity="compact"
      wrapLines={props.wrapLines ?? false}
      enableKeyboardNavigation={props.walkable ?? false}
      header={
        props.title === undefined ? undefined : (
          <Header variant="h2" description={props.description} counter={props.counter} actions={props.actions}>
            {props.title}
          </Header>
        )
      }
      items={sorted}
      trackBy={props.trackBy}
      columnDefinitions={definitions}
      loading={props.loading ?? false}
      loadingText={messages.common.loading}
      empty={<Box color="text-body-secondary">{props.empty}</Box>}
      filter={props.filter}
      footer={props.footer}
      ariaLabels={{ tableLabel: props.title ?? props.label ?? "" }}
      sortingDisabled={columns.every(({ sort }) => sort === undefined)}
      {...(sortingColumn === undefined ? {} : { sortingColumn, sortingDescending: sorting?.descending ?? false })}
      onSortingChange={({ detail }) =>
        setSorting({ id: detail.sortingColumn.sortingField ?? "", descending: detail.isDescending ?? false })
      }
    />
  );
}
