/** Who speaks when: two lanes over the recording's length, with a slider over them to seek. */

import type { Segment } from "../api/types";
import { formatDuration } from "../format";
import { useMessages } from "../i18n/language";
import { voiceNames } from "./playback";

interface LanesProps {
  readonly segments: readonly Segment[];
  readonly seconds: number;
  readonly position: number;
  readonly onSeek: (seconds: number) => void;
}

type Lane = readonly [speaker: Segment["speaker"], top: number];

const LANES: readonly Lane[] = [
  ["customer", 4],
  ["agent", 22],
];
const ONE_LANE: readonly Lane[] = [["unknown", 13]];

export function Lanes({ segments, seconds, position, onSeek }: LanesProps) {
  const messages = useMessages();
  const length = Math.max(seconds, 0.1);
  const names = voiceNames(messages);
  const lanes = segments.some(({ speaker }) => speaker === "unknown") ? ONE_LANE : LANES;
  return (
    <div className="tl-lanes">
      <div className="tl-lane-names" aria-hidden="true">
        {lanes.map(([speaker]) => (
          <span key={speaker}>{names[speaker]}</span>
        ))}
      </div>
      <div className="tl-lane-area">
        <svg viewBox={`0 0 ${length} 40`} preserveAspectRatio="none" aria-hidden="true">
          {lanes.map(([speaker, top]) => (
            <g key={speaker} className={`tl-lane tl-lane-${speaker}`}>
              <rect className="tl-lane-base" x={0} y={top + 6.5} width={length} height={1} />
              {segments
                .filter((segment) => segment.speaker === speaker)
                .map((segment) => (
                  <rect
                    key={segment.start_seconds}
                    x={segment.start_seconds}
                    y={top}
                    width={Math.max(segment.end_seconds - segment.start_seconds, length / 500)}
                    height={14}
                  />
                ))}
            </g>
          ))}
        </svg>
        <span className="tl-head" style={{ left: `${(100 * Math.min(position, length)) / length}%` }} />
        <input
          type="range"
          min={0}
          max={length}
          step={0.1}
          value={Math.min(position, length)}
          aria-label={messages.contact.position}
          aria-valuetext={formatDuration(position)}
          onChange={(event) => onSeek(Number(event.target.value))}
        />
      </div>
    </div>
  );
}
