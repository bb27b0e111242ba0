/** The day's main figures in one row: the centre's, or those that an agent has of the own work. */

import { useWorkplace } from "../api/context";
import type { Figures } from "../api/types";
import type { Asked } from "../explain/asked";
import { formatCount, formatDuration, formatPercent } from "../format";
import { useLanguage } from "../i18n/language";
import { FigureLabel } from "./figure-label";

type Tile = readonly [figure: string, name: string, value: string, note?: string, noteFigure?: string];

interface FigureStripProps {
  readonly figures: Figures;
  readonly label: string;
  /** The day of the figures; without it, today. */
  readonly day?: string;
}

export function FigureStrip({ figures, label, day }: FigureStripProps) {
  const { center, me } = useWorkplace();
  const { locale, messages } = useLanguage();
  const text = messages.figures;
  const convention = center.service_level_convention;
  const answered: Tile = ["answered", text.answered, formatCount(figures.answered, locale)];
  const speed: Tile = [
    "average_speed_of_answer_seconds",
    text.speedOfAnswer,
    formatDuration(figures.average_speed_of_answer_seconds),
  ];
  const handling: Tile = [
    "average_handle_time_seconds",
    text.handleTime,
    formatDuration(figures.average_handle_time_seconds),
  ];
  const satisfaction: Tile = [
    "csat_percent",
    text.satisfaction,
    formatPercent(figures.csat_percent, locale),
    text.satisfactionOf(figures.survey_answers),
    "survey_answers",
  ];
  const own: readonly Tile[] = [
    answered,
    speed,
    handling,
    ["talk_seconds", text.talk, formatDuration(figures.talk_seconds)],
    ["hold_seconds", text.hold, formatDuration(figures.hold_seconds)],
    ["after_contact_work_seconds", text.afterContactWorkShort, formatDuration(figures.after_contact_work_seconds)],
    satisfaction,
  ];
  const whole: readonly Tile[] = [
    ["contacts", text.contacts, formatCount(figures.contacts, locale)],
    ["offered", text.offered, formatCount(figures.offered, locale)],
    answered,
    [
      "abandoned",
      text.abandoned,
      formatCount(figures.abandoned, locale),
      formatPercent(figures.abandonment_rate, locale),
      "abandonment_rate",
    ],
    [
      `service_level.${convention}`,
      text.serviceLevel,
      formatPercent(figures.service_level[convention], locale),
      `(${convention})`,
    ],
    speed,
    ["longest_wait_seconds", text.longestWait, formatDuration(figures.longest_wait_seconds)],
    handling,
    satisfaction,
  ];
  const tiles = me.role === "agent" ? own : whole;
  const ask = (figure: string): Asked => ({ figure, scope: "center", key: "", day });
  return (
    <dl className="tl-strip" aria-label={label}>
      {tiles.map(([figure, name, value, note, noteFigure]) => (
        <div key={figure} className="tl-tile">
          <dt>
            <FigureLabel asked={ask(figure)}>{name}</FigureLabel>
          </dt>
          <dd>
            <span className="tl-value">{value}</span>
            {note === undefined ? null : (
              <span className="tl-note">
                {noteFigure === undefined ? note : <FigureLabel asked={ask(noteFigure)}>{note}</FigureLabel>}
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
