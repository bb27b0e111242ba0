/** The contact's facts in a few columns; what did not happen is left out. */

import Container from "@cloudscape-design/components/container";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import { useWorkplace } from "../api/context";
import type { Contact } from "../api/types";
import { useNames } from "../components/names";
import { formatDuration, formatTime, humanise, NOTHING } from "../format";
import type { Messages } from "../i18n/en";
import { useMessages } from "../i18n/language";

function disconnectReason(reason: string | null | undefined, messages: Messages): string {
  if (!reason) {
    return NOTHING;
  }
  const known: Readonly<Record<string, string>> = messages.contact.disconnectReasons;
  return known[reason] ?? humanise(reason.toLowerCase());
}

export function ContactSummaryPanel({ contact }: { readonly contact: Contact }) {
  const { center } = useWorkplace();
  const messages = useMessages();
  const names = useNames();
  const text = messages.contact;
  const score = contact.survey_score;
  const facts: readonly (readonly [string, React.ReactNode])[] = [
    [text.customer, contact.customer_name ?? contact.attributes?.["customer_id"] ?? NOTHING],
    [text.queue, names.queue(contact.queue)],
    [text.agent, names.agent(contact.agent)],
    [text.started, formatTime(contact.initiated_at, center.time_zone)],
    [text.ended, formatTime(contact.disconnected_at, center.time_zone)],
    [text.wait, formatDuration(contact.wait_seconds)],
    [text.talk, formatDuration(contact.talk_seconds)],
    [text.hold, formatDuration(contact.hold_seconds)],
    [text.afterContactWork, formatDuration(contact.after_contact_seconds)],
    [text.language, names.language(contact.language)],
    [text.menuPath, contact.attributes?.["menu_path"]?.replaceAll(">", " › ") ?? NOTHING],
    [text.disconnect, disconnectReason(contact.disconnect_reason, messages)],
    [text.survey, score === null || score === undefined || score === "" ? NOTHING : text.surveyScore(String(score))],
    [
      text.id,
      <CopyToClipboard
        key="id"
        variant="inline"
        textToCopy={contact.contact_id}
        copyButtonAriaLabel={text.copyId}
        copySuccessText={messages.common.copied}
        copyErrorText={messages.common.copyFailed}
        textToDisplay={`${contact.contact_id.slice(0, 8)}…`}
      />,
    ],
  ];
  return (
    <Container>
      <div className="tl-facts">
        {facts
          .filter(([, value]) => value !== NOTHING)
          .map(([label, value]) => (
            <KeyValuePairs key={label} items={[{ label, value }]} />
          ))}
      </div>
    </Container>
  );
}
