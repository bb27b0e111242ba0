/** The transcript: the segment being heard is marked and kept in view; a click plays from there. */

import Icon from "@cloudscape-design/components/icon";
import { useEffect, useRef } from "react";
import type { Segment, Transcript } from "../api/types";
import { formatDuration } from "../format";
import { useMessages } from "../i18n/language";
import { voiceNames } from "./playback";

const UNSURE_BELOW = 0.6;

interface TranscriptViewProps {
  readonly transcript: Transcript;
  /** Index of the segment being heard; -1 for none. */
  readonly active: number;
  readonly playing: boolean;
  /** Null where there is nothing to play. */
  readonly onSeek: ((seconds: number) => void) | null;
}

export function TranscriptView({ transcript, active, playing, onSeek }: TranscriptViewProps) {
  const list = useRef<HTMLOListElement>(null);

  useEffect(() => {
    const box = list.current;
    const line = box?.children[active];
    if (playing && box !== null && line instanceof HTMLElement) {
      const top = line.offsetTop - box.offsetTop;
      if (top < box.scrollTop || top + line.offsetHeight > box.scrollTop + box.clientHeight) {
        box.scrollTop = top - box.clientHeight / 3;
      }
    }
  }, [active, playing]);

  return (
    <ol ref={list} className="tl-transcript" lang={transcript.language} data-testid="transcript">
      {transcript.segments.map((segment, index) => (
        <li key={`${segment.speaker} ${segment.start_seconds}`}>
          <Line segment={segment} active={index === active} onSeek={onSeek} />
        </li>
      ))}
    </ol>
  );
}

interface LineProps {
  readonly segment: Segment;
  readonly active: boolean;
  readonly onSeek: ((seconds: number) => void) | null;
}

function Line({ segment, active, onSeek }: LineProps) {
  const messages = useMessages();
  const start = formatDuration(Math.floor(segment.start_seconds));
  const unsure = (segment.confidence ?? 1) < UNSURE_BELOW;
  const speaker = voiceNames(messages)[segment.speaker];
  return (
    <button
      type="button"
      className={`tl-line tl-line-${segment.speaker}${active ? " tl-line-active" : ""}`}
      aria-current={active ? "true" : undefined}
      disabled={onSeek === null}
      title={messages.contact.seekTo(start)}
      onClick={() => onSeek?.(segment.start_seconds)}
    >
      <span className="tl-line-time">{start}</span>
      <span className="tl-line-speaker">{speaker}</span>
      <span>
        {segment.text}
        {unsure ? (
          <span className="tl-unsure" title={messages.contact.unsure}>
            <Icon name="status-info" size="small" alt={messages.contact.unsure} />
          </span>
        ) : null}
      </span>
    </button>
  );
}
