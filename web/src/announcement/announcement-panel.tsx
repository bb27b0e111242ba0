/** What every caller hears now: shown to all, set and cleared by supervisors and managers. */

import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useContext, useState } from "react";
import { ApiContext, useWorkplace } from "../api/context";
import type { Announcement } from "../api/types";
import { formatDateTime } from "../format";
import { useLanguage } from "../i18n/language";
import { AnnouncementForm } from "./announcement-form";

interface PanelProps {
  readonly announcement: Announcement | null;
  /** The centre's clock. */
  readonly at: string;
  readonly onChanged: () => void;
}

function AnnouncementText({ announcement }: { readonly announcement: Announcement }) {
  const { center } = useWorkplace();
  const { locale, messages } = useLanguage();
  return (
    <SpaceBetween size="xxs">
      {Object.entries(announcement.text).map(([language, text]) => (
        <div key={language} lang={language}>
          {text}
        </div>
      ))}
      <Box color="text-body-secondary" fontSize="body-s">
        {messages.announcement.setBy(announcement.set_by)} ·{" "}
        {messages.announcement.until(formatDateTime(announcement.expires_at, center.time_zone, locale))}
      </Box>
    </SpaceBetween>
  );
}

export function AnnouncementPanel({ announcement, at, onChanged }: PanelProps) {
  const { me } = useWorkplace();
  const { messages } = useLanguage();
  const api = useContext(ApiContext);
  const [writing, setWriting] = useState(false);
  const [clearing, setClearing] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const mayChange = me.role !== "agent";

  const clear = async (): Promise<void> => {
    setClearing(true);
    setProblem(null);
    try {
      await api.send("DELETE", "/api/announcement");
      onChanged();
    } catch (error) {
      setProblem(`${messages.announcement.clearFailed}: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      setClearing(false);
    }
  };
  if (announcement === null && !mayChange) {
    return null;
  }
  return (
    <div data-testid="announcement">
      {announcement === null ? (
        <SpaceBetween direction="horizontal" size="s" alignItems="center">
          <Box color="text-body-secondary">{messages.announcement.none}</Box>
          <Button iconName="notification" onClick={() => setWriting(true)}>
            {messages.announcement.set}
          </Button>
        </SpaceBetween>
      ) : (
        <Alert
          type={announcement.closed ? "error" : "info"}
          header={announcement.closed ? messages.announcement.closedTitle : messages.announcement.title}
          action={
            mayChange ? (
              <SpaceBetween direction="horizontal" size="xs">
                <Button onClick={() => setWriting(true)}>{messages.announcement.change}</Button>
                <Button loading={clearing} onClick={() => void clear()}>
                  {messages.announcement.clear}
                </Button>
              </SpaceBetween>
            ) : undefined
          }
        >
          <AnnouncementText announcement={announcement} />
        </Alert>
      )}
      {problem === null ? null : <Alert type="error">{problem}</Alert>}
      {writing ? (
        <AnnouncementForm
          announcement={announcement}
          at={at}
          onClose={() => setWriting(false)}
          onPublished={() => {
            setWriting(false);
            onChanged();
          }}
        />
      ) : null}
    </div>
  );
}
