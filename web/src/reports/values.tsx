/** Parts of a report's figure: its interval, its number, and what can be said of its change. */

import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import type { ReportFigure, ReportSection } from "../api/types";
import { useFigureFormat } from "../components/figure-names";
import { formatCount, formatSigned, NOTHING } from "../format";
import { useLanguage } from "../i18n/language";

export function useInterval(): (figure: ReportFigure) => string {
  const format = useFigureFormat();
  return ({ unit, low, high }) =>
    low === null || low === undefined || high === null || high === undefined
      ? NOTHING
      : `${format(unit, low).replace(/ %$/, "")} – ${format(unit, high)}`;
}

/** Whether enough days came before to say of any figure what is usual. */
export function hasBaseline(section: ReportSection): boolean {
  return Object.values(section.figures).some(({ baseline }) => Boolean(baseline));
}

/** The number behind a figure; marked where it is too small to compare. */
export function NumberBehind({ figure }: { readonly figure: ReportFigure }) {
  const { locale, messages } = useLanguage();
  if (figure.n === null || figure.n === undefined) {
    return <>{NOTHING}</>;
  }
  const count = formatCount(figure.n, locale);
  return figure.small === true ? (
    <span className="tl-small" title={messages.reports.small}>
      {count}
      <span className="tl-hidden"> ({messages.reports.small})</span>
    </span>
  ) : (
    <>{count}</>
  );
}

/** Whether a change is told, and whether it is for the better. */
function indicatorOf({ verdict, good }: ReportFigure): StatusIndicatorProps.Type | null {
  if (verdict !== "more" && verdict !== "less") {
    return null;
  }
  return good === null || good === undefined ? "info" : good ? "success" : "warning";
}

/** A change against the period before: quiet where nobody can tell whether there is one. */
export function Change({ figure }: { readonly figure: ReportFigure }) {
  const { locale, messages } = useLanguage();
  const text = messages.reports;
  if (figure.change === null || figure.change === undefined) {
    return <>{NOTHING}</>;
  }
  const value = formatSigned(figure.unit, figure.change, locale);
  const indicator = indicatorOf(figure);
  const p = figure.p === null || figure.p === undefined ? "" : ` (${text.chance(figure.p < 0.001 ? "< 0.001" : figure.p.toPrecision(2))})`;
  const said = `${text.verdicts[figure.verdict ?? "no_telling"]}${p}`;
  if (indicator === null) {
    return (
      <span className="tl-quiet" title={said}>
        {value} <span className="tl-hidden">{said}</span>
      </span>
    );
  }
  const worth = figure.good === true ? text.better : figure.good === false ? text.worse : said;
  return (
    <span title={said}>
      <StatusIndicator type={indicator} iconAriaLabel={worth}>
        {value}
      </StatusIndicator>
    </span>
  );
}
