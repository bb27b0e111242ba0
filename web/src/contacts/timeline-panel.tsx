/** The contact's course: flow steps, routing with its reasons, events, what followed the call. */

import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Icon from "@cloudscape-design/components/icon";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import { useState } from "react";
import { useWorkplace } from "../api/context";
import type { TimelineEntry, TimelineKind } from "../api/types";
import { useNames } from "../components/names";
import { formatTime } from "../format";
import { useLanguage, useMessages } from "../i18n/language";
import { timelineIcon } from "./timeline-icons";
import { describeEntry } from "./timeline-words";

const KINDS: readonly TimelineKind[] = ["flow", "routing", "event", "pipeline"];

export function TimelinePanel({ entries }: { readonly entries: readonly TimelineEntry[] }) {
  const messages = useMessages();
  const [kind, setKind] = useState<TimelineKind | "all">("all");
  const shown = kind === "all" ? entries : entries.filter((entry) => entry.kind === kind);
  return (
    <Container
      header={
        <Header variant="h2" counter={`(${entries.length})`}>
          {messages.contact.timeline}
        </Header>
      }
    >
      {entries.length === 0 ? (
        <Box color="text-body-secondary">{messages.contact.noTimeline}</Box>
      ) : (
        <>
          <div className="tl-kinds">
            <SegmentedControl
              label={messages.contact.timeline}
              selectedId={kind}
              options={[
                { id: "all", text: messages.common.all },
                ...KINDS.map((id) => ({ id, text: messages.contact.kinds[id] })),
              ]}
              onChange={({ detail }) => setKind(detail.selectedId as TimelineKind | "all")}
            />
          </div>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region is reached by keyboard */}
          <ol className="tl-timeline" tabIndex={0} aria-label={messages.contact.timeline}>
            {shown.map((entry, index) => (
              <Entry key={`${entry.at} ${entry.title} ${index.toString()}`} entry={entry} />
            ))}
          </ol>
        </>
      )}
    </Container>
  );
}

function Entry({ entry }: { readonly entry: TimelineEntry }) {
  const { center } = useWorkplace();
  const { locale, messages } = useLanguage();
  const names = useNames();
  const words = describeEntry(entry, messages, names, locale);
  return (
    <li className={`tl-entry tl-${entry.kind} tl-${entry.code ?? "other"}`} data-kind={entry.kind}>
      <span className="tl-icon" title={messages.contact.kinds[entry.kind]}>
        <Icon name={timelineIcon(entry)} size="small" alt={messages.contact.kinds[entry.kind]} />
      </span>
      <time dateTime={entry.at}>{formatTime(entry.at, center.time_zone)}</time>
      <div className="tl-what">
        <span className="tl-title">{words.title}</span>
        {words.about === null ? null : <span className="tl-about">{words.about}</span>}
        {words.result === null ? null : <span className="tl-result">{words.result}</span>}
        {words.said === null ? null : <div className="tl-said">{words.said}</div>}
        {words.reasons.length === 0 ? null : (
          <ul className="tl-reasons" aria-label={messages.contact.why}>
            {words.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        )}
        {words.facts.length === 0 ? null : (
          <div className="tl-facts-line">
            {words.facts.map((fact) => (
              <span key={fact}>{fact}</span>
            ))}
          </div>
        )}
        {words.raw === null ? null : (
          <details className="tl-raw">
            <summary aria-label={messages.contact.raw} title={messages.contact.raw}>
              {"{…}"}
            </summary>
            <pre>{words.raw}</pre>
          </details>
        )}
      </div>
    </li>
  );
}
