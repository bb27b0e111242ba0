/** The age of each kind of data, with a warning where it is old. */

import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { FigureLabel } from "../components/figure-label";
import { formatDuration } from "../format";
import { useMessages } from "../i18n/language";
import type { News } from "./freshness";

export function NewsLine({ news }: { readonly news: readonly News[] }) {
  const { live } = useMessages();
  return (
    <div className="tl-news">
      <span className="tl-quiet">{live.ages}</span>
      <ul aria-label={live.ages}>
        {news.map(({ kind, seconds, old }) => (
          <li key={kind} data-testid={`age-${kind}`}>
            <span className="tl-quiet">
              <FigureLabel asked={{ figure: `age_seconds.${kind}`, scope: "center", key: "" }}>{live.age[kind]}</FigureLabel>
            </span>{" "}
            {old ? (
              <StatusIndicator type="warning" iconAriaLabel={live.old}>
                <span title={live.old}>{formatDuration(seconds)}</span>
              </StatusIndicator>
            ) : (
              <span>{seconds === null ? live.noNews : formatDuration(seconds)}</span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
