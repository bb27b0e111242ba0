/** The recording, and beside it what was said. */

import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import Header from "@cloudscape-design/components/header";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useState } from "react";
import type { Recording, Transcript } from "../api/types";
import { formatBytes, formatDuration } from "../format";
import { useLanguage, useMessages } from "../i18n/language";
import { Lanes } from "./lanes";
import { segmentAt } from "./playback";
import { TranscriptView } from "./transcript-view";
import { type Player, usePlayer } from "./use-player";

const RATES: readonly number[] = [1, 1.5, 2];

interface RecordingPanelProps {
  readonly recording: Recording | null;
  readonly transcript: Transcript | null;
  /** Whether an agent spoke with the customer: otherwise there is nothing to record. */
  readonly answered: boolean;
}

/** The recording's link: a newer one does not interrupt who is listening, but replaces one that has expired. */
function useSteadyLink(latest: string | undefined, player: Pick<Player, "playing" | "position" | "failed">): string | undefined {
  const [link, setLink] = useState(latest);
  const free = player.failed || (!player.playing && player.position === 0);
  useEffect(() => {
    if (free) {
      setLink(latest);
    }
  }, [free, latest]);
  return link;
}

export function RecordingPanel({ recording, transcript, answered }: RecordingPanelProps) {
  const messages = useMessages();
  const { audio, ...player } = usePlayer();
  const url = useSteadyLink(recording?.url, player);
  const segments = transcript?.segments ?? [];
  const started = player.playing || player.position > 0;
  const active = started ? segmentAt(segments, player.position) : -1;
  return (
    <Container header={<Header variant="h2">{messages.contact.recording}</Header>}>
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- the transcript beside it is its caption */}
      <audio ref={audio} src={url} preload="metadata" data-testid="audio" />
      <SpaceBetween size="s">
        {recording === null ? (
          <Box color="text-body-secondary">{answered ? messages.contact.noRecording : messages.contact.neverAnswered}</Box>
        ) : (
          <>
            {player.failed ? <Alert type="warning">{messages.contact.cannotPlay}</Alert> : null}
            <Controls player={player} seconds={recording.seconds} />
            <Lanes segments={segments} seconds={recording.seconds} position={player.position} onSeek={player.seek} />
          </>
        )}
        {transcript === null || segments.length === 0 ? (
          recording === null ? null : (
            <Box color="text-body-secondary">{messages.contact.noTranscript}</Box>
          )
        ) : (
          <TranscriptView
            transcript={transcript}
            active={active}
            playing={player.playing}
            onSeek={recording === null ? null : (seconds) => player.seek(seconds, true)}
          />
        )}
        {recording === null ? null : <RecordingFacts recording={recording} />}
      </SpaceBetween>
    </Container>
  );
}

function Controls({ player, seconds }: { readonly player: Omit<Player, "audio">; readonly seconds: number }) {
  const messages = useMessages();
  return (
    <div className="tl-controls">
      <Button
        variant="primary"
        iconName={player.playing ? "pause" : "play"}
        disabled={player.failed}
        onClick={player.toggle}
        data-testid="play"
      >
        {player.playing ? messages.contact.pause : messages.contact.play}
      </Button>
      <span className="tl-clock" data-testid="clock">
        {formatDuration(Math.floor(player.position))} / {formatDuration(seconds)}
      </span>
      <SegmentedControl
        label={messages.contact.speed}
        selectedId={String(player.rate)}
        options={RATES.map((rate) => ({ id: String(rate), text: `${rate}×` }))}
        onChange={({ detail }) => player.setRate(Number(detail.selectedId))}
      />
    </div>
  );
}

function RecordingFacts({ recording }: { readonly recording: Recording }) {
  const { locale, messages } = useLanguage();
  const text = messages.contact;
  const facts = [
    text.channelCount(recording.channels),
    formatBytes(recording.bytes, locale),
    ...(recording.retention ? [`${text.retention}: ${recording.retention}`] : []),
  ];
  return (
    <div className="tl-recording-facts">
      <span>{facts.join(" · ")}</span>
      <CopyToClipboard
        variant="inline"
        textToCopy={recording.sha256}
        textToDisplay={`${text.hash} ${recording.sha256.slice(0, 12)}…`}
        copyButtonAriaLabel={text.copyHash}
        copySuccessText={messages.common.copied}
        copyErrorText={messages.common.copyFailed}
      />
    </div>
  );
}
