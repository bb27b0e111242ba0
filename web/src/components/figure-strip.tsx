/** The day's main figures in one row. */

import { useWorkplace } from "../api/context";
import type { Figures } from "../api/types";
import { formatCount, formatDuration, formatPercent } from "../format";
import { useLanguage } from "../i18n/language";

export function FigureStrip({ figures, label }: { readonly figures: Figures; readonly label: string }) {
  const { center } = useWorkplace();
  const { locale, messages } = useLanguage();
  const text = messages.figures;
  const convention = center.service_level_convention;
  const tiles: readonly (readonly [string, string, string?])[] = [
    [text.contacts, formatCount(figures.contacts, locale)],
    [text.offered, formatCount(figures.offered, locale)],
    [text.answered, formatCount(figures.answered, locale)],
    [text.abandoned, formatCount(figures.abandoned, locale), formatPercent(figures.abandonment_rate, locale)],
    [text.serviceLevel, formatPercent(figures.service_level[convention], locale), `(${convention})`],
    [text.speedOfAnswer, formatDuration(figures.average_speed_of_answer_seconds)],
    [text.longestWait, formatDuration(figures.longest_wait_seconds)],
    [text.handleTime, formatDuration(figures.average_handle_time_seconds)],
    [text.satisfaction, formatPercent(figures.csat_percent, locale), text.satisfactionOf(figures.survey_answers)],
  ];
  return (
    <dl className="tl-strip" aria-label={label}>
      {tiles.map(([name, value, note]) => (
        <div key={name} className="tl-tile">
          <dt>{name}</dt>
          <dd>
            <span className="tl-value">{value}</span>
            {note === undefined ? null : <span className="tl-note">{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
