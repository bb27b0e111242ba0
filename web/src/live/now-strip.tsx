/** The wallboard's figures: what waits, who is there, how the running interval goes. */

import type { Live } from "../api/types";
import { formatCount, formatDuration, formatPercent, NOTHING } from "../format";
import { useLanguage } from "../i18n/language";

type Tile = readonly [name: string, value: string, note?: string, alarming?: boolean];

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
    [text.waiting, formatCount(waiting, locale), undefined, waiting > 0],
    [text.longestWait, waiting > 0 ? formatDuration(longest) : NOTHING],
    [text.onContact, formatCount(sum((queue) => queue.on_contact), locale)],
    [text.callbacks, formatCount(sum((queue) => queue.callbacks_pending), locale)],
    [
      text.running,
      formatPercent(live.running.service_level_percent, locale),
      `${text.runningHint}, ${text.ofOffered(live.running.offered)}`,
    ],
    [text.available, text.availableOf(counts("available"), staffed)],
    [text.ghosts, formatCount(live.ghosts, locale), undefined, live.ghosts > 0],
  ];
  return (
    <dl className="tl-strip tl-now" aria-label={text.now}>
      {tiles.map(([name, value, note, alarming]) => (
        <div key={name} className="tl-tile">
          <dt>{name}</dt>
          <dd>
            <span className={alarming === true ? "tl-value tl-alarming" : "tl-value"}>{value}</span>
            {note === undefined ? null : <span className="tl-note">{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
