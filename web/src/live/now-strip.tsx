/** The wallboard's figures: what waits, who is there, how the running interval goes. */

import type { Live } from "../api/types";
import { FigureLabel } from "../components/figure-label";
import { formatCount, formatDuration, formatPercent, NOTHING } from "../format";
import { useLanguage } from "../i18n/language";

type Tile = readonly [figure: string, name: string, value: string, note?: string, alarming?: boolean];

export function NowStrip({ live }: { readonly live: Live }) {
  const { locale, messages } = useLanguage();
  const text = messages.live;
  const sum = (count: (queue: Live["queues"][number]) => number) => live.queues.reduce((all, one) => all + count(one), 0);
  const waiting = sum((queue) => queue.waiting);
  const longest = Math.max(0, ...live.queues.map((queue) => queue.longest_wait_seconds ?? 0));
  const counts = (...states: string[]) => states.reduce((all, state) => all + (live.agents_by_state[state] ?? 0), 0);
  const away = counts("offline", "offline_unheard");
  const staffed = Object.values(live.agents_by_state).reduce((all, one) => all + one, 0) - away;
  const tiles: readonly Tile[] = [
    ["waiting_now", text.waiting, formatCount(waiting, locale), undefined, waiting > 0],
    ["longest_wait_now_seconds", text.longestWait, waiting > 0 ? formatDuration(longest) : NOTHING],
    ["on_contact_now", text.onContact, formatCount(sum((queue) => queue.on_contact), locale)],
    ["callbacks_pending", text.callbacks, formatCount(sum((queue) => queue.callbacks_pending), locale)],
    [
      "running_service_level_percent",
      text.running,
      formatPercent(live.running.service_level_percent, locale),
      text.runningHint(live.running.offered),
    ],
    ["agents_by_state", text.available, text.availableOf(counts("available"), staffed)],
    ["ghosts", text.ghosts, formatCount(live.ghosts, locale), text.ghostsHint, live.ghosts > 0],
  ];
  return (
    <section>
      <h2 className="tl-strip-title">{text.now}</h2>
      <dl className="tl-strip tl-now" aria-label={text.now}>
        {tiles.map(([figure, name, value, note, alarming]) => (
          <div key={name} className="tl-tile">
            <dt>
              <FigureLabel asked={{ figure, scope: "center", key: "" }}>{name}</FigureLabel>
            </dt>
            <dd>
              <span className={alarming === true ? "tl-value tl-alarming" : "tl-value"}>{value}</span>
              {note === undefined ? null : <span className="tl-note">{note}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
