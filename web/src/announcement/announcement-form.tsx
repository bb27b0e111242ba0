/** Writes an announcement: a text in each language, until when, and whether the centre closes. */

import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Modal from "@cloudscape-design/components/modal";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useContext, useState } from "react";
import { ApiContext, useWorkplace } from "../api/context";
import type { Announcement } from "../api/types";
import { useNames } from "../components/names";
import { useMessages } from "../i18n/language";
import { countCharacters, type Draft, DURATIONS_MINUTES, isReady, LONGEST_TEXT, spoken, startDraft, toDocument } from "./draft";

interface FormProps {
  readonly announcement: Announcement | null;
  readonly at: string;
  readonly onClose: () => void;
  readonly onPublished: () => void;
}

interface TextProps {
  readonly language: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
}

function TextIn({ language, text, onChange }: TextProps) {
  const { announcement: messages } = useMessages();
  const names = useNames();
  const count = countCharacters(text);
  return (
    <FormField
      label={messages.text(names.language(language))}
      constraintText={messages.characters(count, LONGEST_TEXT)}
      errorText={count > LONGEST_TEXT ? messages.characters(count, LONGEST_TEXT) : undefined}
    >
      <SpaceBetween size="xxs">
        <Textarea value={text} rows={2} onChange={({ detail }) => onChange(detail.value)} />
        {count === 0 ? null : (
          <Box fontSize="body-s" color="text-body-secondary">
            {messages.preview}: <span lang={language}>“{spoken(text)}”</span>
          </Box>
        )}
      </SpaceBetween>
    </FormField>
  );
}

function Closure({ draft, onChange }: { readonly draft: Draft; readonly onChange: (change: Partial<Draft>) => void }) {
  const { announcement: messages } = useMessages();
  return (
    <SpaceBetween size="xs">
      <Checkbox
        checked={draft.closed}
        description={messages.closedHint}
        onChange={({ detail }) => onChange({ closed: detail.checked, confirmed: false })}
      >
        {messages.closed}
      </Checkbox>
      {draft.closed ? (
        <Alert type="warning">
          <Checkbox checked={draft.confirmed} onChange={({ detail }) => onChange({ confirmed: detail.checked })}>
            {messages.confirmClosed}
          </Checkbox>
        </Alert>
      ) : null}
    </SpaceBetween>
  );
}

export function AnnouncementForm({ announcement, at, onClose, onPublished }: FormProps) {
  const { center } = useWorkplace();
  const { announcement: messages, common } = useMessages();
  const api = useContext(ApiContext);
  const [draft, setDraft] = useState(() => startDraft(announcement, center.languages.map(({ code }) => code)));
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const change = (part: Partial<Draft>): void => setDraft((now) => ({ ...now, ...part }));

  const publish = async (): Promise<void> => {
    setSending(true);
    setProblem(null);
    try {
      await api.send("PUT", "/api/announcement", toDocument(draft, at));
      onPublished();
    } catch (error) {
      setProblem(`${messages.failed}: ${error instanceof Error ? error.message : String(error)}`);
      setSending(false);
    }
  };
  const options = DURATIONS_MINUTES.map((minutes) => ({ value: String(minutes), label: messages.durations[minutes] }));
  return (
    <Modal
      visible
      onDismiss={onClose}
      closeAriaLabel={common.close}
      header={messages.formTitle}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              {messages.cancel}
            </Button>
            <Button variant="primary" loading={sending} disabled={!isReady(draft)} onClick={() => void publish()}>
              {draft.closed ? messages.close : messages.publish}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Box color="text-body-secondary">{messages.formHint}</Box>
        {Object.entries(draft.text).map(([language, text]) => (
          <TextIn
            key={language}
            language={language}
            text={text}
            onChange={(changed) => change({ text: { ...draft.text, [language]: changed } })}
          />
        ))}
        <FormField label={messages.duration}>
          <Select
            selectedOption={options.find(({ value }) => value === String(draft.minutes)) ?? null}
            options={options}
            onChange={({ detail }) =>
              change({ minutes: DURATIONS_MINUTES.find((one) => String(one) === detail.selectedOption.value) ?? 120 })
            }
          />
        </FormField>
        <Closure draft={draft} onChange={change} />
        {problem === null ? null : <Alert type="error">{problem}</Alert>}
      </SpaceBetween>
    </Modal>
  );
}
