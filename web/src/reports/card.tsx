/** One scorecard: figures with their numbers and intervals, held against targets. */

import Badge from "@cloudscape-design/components/badge";
import Button from "@cloudscape-design/components/button";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import { type ReactNode, useState } from "react";
import { useWorkplace } from "../api/context";
import type { Card, CardFigure, Scorecards, TargetStatus } from "../api/types";
import { DataTable } from "../components/data-table";
import { FigureLabel } from "../components/figure-label";
import { useFigureFormat, useFigureName } from "../components/figure-names";
import { useNames } from "../components/names";
import type { Asked } from "../explain/asked";
import { formatCount, formatDateTime, NOTHING } from "../format";
import { useLanguage } from "../i18n/language";
import { useReportName } from "./names";
import { TargetForm } from "./target-form";
import { NumberBehind, useInterval } from "./values";

const INDICATORS: Readonly<Record<TargetStatus, StatusIndicatorProps.Type>> = {
  met: "success",
  not_met: "error",
  no_telling: "pending",
};

type Row = CardFigure & { readonly figure: string };

interface CardProps {
  readonly scorecards: Scorecards;
  readonly card: Card;
  readonly scope: Asked["scope"];
  /** Whether targets of this card may be changed here. */
  readonly changeable: boolean;
  readonly onChanged: () => void;
}

export function ScoreCard({ scorecards, card, scope, changeable, onChanged }: CardProps) {
  const { locale, messages } = useLanguage();
  const format = useFigureFormat();
  const nameOf = useFigureName();
  const name = useReportName()(card);
  const interval = useInterval();
  const [changing, setChanging] = useState<Row | null>(null);
  const text = messages.scorecards;
  const rows: Row[] = scorecards.figures.flatMap((figure) => {
    const told = card.figures[figure];
    return told === undefined ? [] : [{ figure, ...told }];
  });
  return (
    <div data-testid="card">
      <DataTable<Row>
        title={name}
        description={text.answered(formatCount(card.contacts, locale))}
        items={rows}
        trackBy={({ figure }) => figure}
        empty={messages.reports.nothing}
        columns={[
          {
            id: "figure",
            header: messages.reports.figure,
            rowHeader: true,
            cell: ({ figure }) => (
              <span className="tl-figure">
                <FigureLabel asked={{ figure, scope, key: card.key, day: scorecards.from, to: scorecards.to }}>
                  {nameOf(figure)}
                </FigureLabel>
              </span>
            ),
          },
          {
            id: "value",
            header: messages.reports.value,
            numeric: true,
            cell: (row) => (
              <>
                <strong>{format(row.unit, row.value)}</strong>
                {typeof row.low === "number" ? <div className="tl-note">{interval(row)}</div> : null}
              </>
            ),
          },
          { id: "n", header: messages.reports.n, numeric: true, cell: (row) => <NumberBehind figure={row} /> },
          {
            id: "status",
            header: text.status,
            cell: ({ status }) =>
              status === null ? NOTHING : <StatusIndicator type={INDICATORS[status]}>{text.statuses[status]}</StatusIndicator>,
          },
          {
            id: "target",
            header: text.target,
            cell: (row) => (
              <TargetText row={row}>
                {changeable ? (
                  <Button
                    variant="inline-icon"
                    iconName="edit"
                    ariaLabel={text.changeOf(nameOf(row.figure), name)}
                    onClick={() => setChanging(row)}
                  />
                ) : null}
              </TargetText>
            ),
          },
        ]}
      />
      {changing === null ? null : (
        <TargetForm
          username={card.key}
          name={name}
          figure={changing.figure}
          told={changing}
          onClose={() => setChanging(null)}
          onChanged={() => {
            setChanging(null);
            onChanged();
          }}
        />
      )}
    </div>
  );
}

/** The target of a figure, and beside it how to change it, where that may be done. */
function TargetText({ row, children }: { readonly row: Row; readonly children: ReactNode }) {
  const { center } = useWorkplace();
  const { locale, messages } = useLanguage();
  const format = useFigureFormat();
  const names = useNames();
  const text = messages.scorecards;
  const { target, unit } = row;
  if (target === null) {
    return (
      <>
        <span className="tl-quiet">{text.noTarget}</span> {children}
      </>
    );
  }
  const value = text.targetIs(format(unit, target.value), text.bounds[target.bound]);
  if (target.source === "center") {
    return (
      <>
        {value} {children}
      </>
    );
  }
  const set = text.setBy(names.agent(target.set_by), formatDateTime(target.set_at, center.time_zone, locale));
  const before = target.center_value === null || target.center_value === undefined ? "" : text.centerTarget(format(unit, target.center_value));
  return (
    <div data-testid="own-target" title={[set, before].filter((each) => each !== "").join(". ")}>
      {value} {children}
      <div>
        <Badge color="blue">{text.ownTarget}</Badge>
      </div>
      <div className="tl-note tl-wrap">{target.reason}</div>
    </div>
  );
}
