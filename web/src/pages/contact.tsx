/** One contact, whole: its course, its recording beside its transcript, its analysis, its bill; live, its course so far. */

import Alert from "@cloudscape-design/components/alert";
import BreadcrumbGroup from "@cloudscape-design/components/breadcrumb-group";
import Button from "@cloudscape-design/components/button";
import Grid from "@cloudscape-design/components/grid";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useEffect, useState } from "react";
import { useWorkplace } from "../api/context";
import type { ContactDetail } from "../api/types";
import { useResource } from "../api/use-resource";
import { ContactState, OutcomeBadge } from "../components/badges";
import { useNames } from "../components/names";
import { Problem, StaleNotice } from "../components/problem";
import { AnalysisPanel } from "../contacts/analysis-panel";
import { BillPanel } from "../contacts/bill-panel";
import { ContactSummaryPanel } from "../contacts/summary-panel";
import { TimelinePanel } from "../contacts/timeline-panel";
import { FlowPanel } from "../flow/flow-panel";
import { formatDateTime, formatTime, humanise } from "../format";
import { useLanguage } from "../i18n/language";
import { RecordingPanel } from "../recording/recording-panel";
import { contactHref, followInPage, navigate } from "../router";

const POLL_MS = 3000;

/** Whether all is there that will come: of a contact seen in progress, the rest comes bit by bit. */
function isWhole({ contact, analysis, failures }: ContactDetail): boolean {
  return !contact.state && (!contact.answered_at || analysis !== null || failures.length > 0);
}

export function ContactPage({ contactId }: { readonly contactId: string }) {
  const { center, me } = useWorkplace();
  const { locale, messages } = useLanguage();
  const names = useNames();
  const [followed, setFollowed] = useState(false);
  const detail = useResource<ContactDetail>(`/api/contacts/${encodeURIComponent(contactId)}`, followed ? POLL_MS : undefined);
  const state = detail.data?.contact.state ?? null;
  const text = messages.contact;
  const whole = detail.data !== null && isWhole(detail.data);
  useEffect(() => {
    if (state !== null || whole) {
      setFollowed(!whole);
    }
  }, [state, whole]);

  if (detail.data === null) {
    return detail.error === null ? (
      <StatusIndicator type="loading">{messages.common.loading}</StatusIndicator>
    ) : (
      <Problem
        error={detail.error}
        onRetry={detail.reload}
        missing={{ title: messages.problems.contactNotFoundTitle, text: messages.problems.contactNotFound }}
      />
    );
  }
  const { contact, recording, transcript, analysis, failures, timeline, bill } = detail.data;
  const answered = Boolean(contact.answered_at);
  const oneChannel = transcript?.segments.some(({ speaker }) => speaker === "unknown") ?? false;
  const chain = [
    [text.previous, contact.previous_contact_id, "angle-left"],
    [text.next, contact.next_contact_id, "angle-right"],
  ] as const;
  return (
    <SpaceBetween size="m">
      <BreadcrumbGroup
        onFollow={followInPage}
        items={[
          {
            text: me.role === "agent" ? messages.contacts.mine : messages.contacts.title,
            href: "/contacts",
          },
          { text: formatDateTime(contact.initiated_at, center.time_zone, locale), href: contactHref(contactId) },
        ]}
      />
      <Header
        variant="h1"
        description={messages.common.timeZone(center.time_zone)}
        info={state === null ? <OutcomeBadge outcome={contact.outcome} /> : <ContactState state={state} />}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            {chain.map(([label, id, icon]) =>
              id ? (
                <Button key={icon} iconName={icon} onClick={() => navigate(contactHref(id))}>
                  {label}
                </Button>
              ) : null,
            )}
            <Button iconName="refresh" ariaLabel={messages.common.refresh} loading={detail.loading} onClick={detail.reload} />
          </SpaceBetween>
        }
      >
        {text.title} {contact.customer ?? contactId.slice(0, 8)}
      </Header>
      {detail.error === null ? null : <StaleNotice error={detail.error} onRetry={detail.reload} />}
      {failures.length === 0 ? null : (
        <Alert type="error" header={text.failures}>
          {failures.map((failure) => (
            <div key={`${failure.stage} ${failure.at}`}>
              <strong>{humanise(names.stage(failure.stage))}</strong>
              {failure.at ? ` · ${formatTime(failure.at, center.time_zone)}` : ""}: {failure.cause}
            </div>
          ))}
        </Alert>
      )}
      <ContactSummaryPanel contact={contact} />
      {state === null ? (
        <Grid gridDefinition={[{ colspan: { default: 12, m: 7 } }, { colspan: { default: 12, m: 5 } }]}>
          <SpaceBetween size="m">
            <RecordingPanel recording={recording} transcript={transcript} answered={answered} />
            {me.role === "agent" ? null : <BillPanel bill={bill ?? null} />}
          </SpaceBetween>
          <SpaceBetween size="m">
            <TimelinePanel entries={timeline} />
            {recording === null && analysis === null ? null : <AnalysisPanel analysis={analysis} oneChannel={oneChannel} />}
          </SpaceBetween>
        </Grid>
      ) : (
        <TimelinePanel entries={timeline} />
      )}
      <FlowPanel timeline={timeline} />
    </SpaceBetween>
  );
}
