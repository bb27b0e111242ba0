/** What the transcript says about the conversation. */

import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { Analysis } from "../api/types";
import { formatDuration, formatPercent, humanise } from "../format";
import { useLanguage } from "../i18n/language";

interface AnalysisPanelProps {
  readonly analysis: Analysis | null;
  /** Whether customer and agent share one channel. */
  readonly oneChannel: boolean;
}

export function AnalysisPanel({ analysis, oneChannel }: AnalysisPanelProps) {
  const { messages } = useLanguage();
  return (
    <Container header={<Header variant="h2">{messages.contact.analysis}</Header>}>
      {analysis === null ? (
        <Box color="text-body-secondary">{messages.contact.noAnalysis}</Box>
      ) : (
        <AnalysisBody analysis={analysis} oneChannel={oneChannel} />
      )}
    </Container>
  );
}

function AnalysisBody({ analysis, oneChannel }: { readonly analysis: Analysis; readonly oneChannel: boolean }) {
  const { messages } = useLanguage();
  return (
    <SpaceBetween size="s">
      {oneChannel ? <Box color="text-body-secondary">{messages.contact.oneChannel}</Box> : <Shares analysis={analysis} />}
      <Categories categories={analysis.categories ?? []} />
    </SpaceBetween>
  );
}

function Shares({ analysis }: { readonly analysis: Analysis }) {
  const { locale, messages } = useLanguage();
  const text = messages.contact;
  const shares = [
    ["agent", text.talkAgent, analysis.talk_seconds_agent ?? 0],
    ["customer", text.talkCustomer, analysis.talk_seconds_customer ?? 0],
    ["silence", text.silence, analysis.silence_seconds ?? 0],
  ] as const;
  const total = shares.reduce((sum, [, , seconds]) => sum + seconds, 0);
  return (
    <SpaceBetween size="s">
      <div className="tl-share" aria-hidden="true">
        {shares.map(([kind, , seconds]) => (
          <span key={kind} className={`tl-share-${kind}`} style={{ flexGrow: seconds }} />
        ))}
      </div>
      <dl className="tl-measures">
        {shares.map(([kind, label, seconds]) => (
          <div key={kind}>
            <dt>
              <span className={`tl-dot tl-share-${kind}`} aria-hidden="true" />
              {label}
            </dt>
            <dd>
              {formatDuration(seconds)}
              <span className="tl-note">{formatPercent(total === 0 ? null : (100 * seconds) / total, locale)}</span>
            </dd>
          </div>
        ))}
        {analysis.interruptions === null || analysis.interruptions === undefined ? null : (
          <div>
            <dt>{text.interruptions}</dt>
            <dd>{analysis.interruptions}</dd>
          </div>
        )}
      </dl>
    </SpaceBetween>
  );
}

function Categories({ categories }: { readonly categories: readonly string[] }) {
  const text = useLanguage().messages.contact;
  return (
    <div>
      <Box variant="awsui-key-label">{text.categories}</Box>
      {categories.length === 0 ? (
        <Box color="text-body-secondary">{text.noCategories}</Box>
      ) : (
        <SpaceBetween direction="horizontal" size="xxs">
          {categories.map((category) => (
            <Badge key={category} color="blue">
              {humanise(category)}
            </Badge>
          ))}
        </SpaceBetween>
      )}
    </div>
  );
}
