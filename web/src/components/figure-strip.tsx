/** The day's main figures in one row: the centre's, or those that an agent has of the own work. */

import { useWorkplace } from "../api/context";
import type { Figures } from "../api/types";
import { formatCount, formatDuration, formatPercent } from "../format";
import { useLanguage } from "../i18n/language";

type Tile = readonly [name: string, value: string, note?: string];

export function FigureStrip({ figures, label }: { readonly figures: Figures; readonly label: string }) {
  const { center, me } = useWorkplace();
  const { locale, messages } = useLanguage();
  const text = messages.figures;
  const convention = center.service_level_convention;
  const answered: Tile = [text.answered, formatCount(figures.answered, locale)];
  const speed: Tile = [text.speedOfAnswer, formatDuration(figures.average_speed_of_answer_seconds)];
  const handling: Tile = [text.handleTime, formatDuration(figures.average_handle_time_seconds)];
  const satisfaction: Tile = [
    text.satisfaction,
    formatPercent(figures.csat_percent, locale),
    text.satisfactionOf(figures.survey_answers),
  ];
  const own: readonly Tile[] = [
    answered,
    speed,
    handling,
    [text.talk, formatDuration(figures.talk_seconds)],
    [text.hold, formatDuration(figures.hold_seconds)],
    [text.afterContactWorkShort, formatDuration(figures.after_contact_work_seconds)],
    satisfaction,
  ];
  const whole: readonly Tile[] = [
    [text.contacts, formatCount(figures.contacts, locale)],
    [text.offered, formatCount(figures.offered, locale)],
    answered,
    [text.abandoned, formatCount(figures.abandoned, locale), formatPercent(figures.abandonment_rate, locale)],
    [text.serviceLevel, formatPercent(figures.service_level[convention], locale), `(${convention})`],
    speed,
    [text.longestWait, formatDuration(figures.longest_wait_seconds)],
    handling,
    satisfaction,
  ];
  const tiles = me.role === "agent" ? own : whole;
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
