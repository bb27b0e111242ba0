/** Now: queues, agents, contacts in progress, asked for every two seconds; today's figures, twice a minute. */

import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useEffect, useState } from "react";
import { AnnouncementPanel } from "../announcement/announcement-panel";
import { useWorkplace } from "../api/context";
import type { Live } from "../api/types";
import { useResource } from "../api/use-resource";
import { FigureStrip } from "../components/figure-strip";
import { Problem, StaleNotice } from "../components/problem";
import { formatDateTime } from "../format";
import { useLanguage } from "../i18n/language";
import { tellNews } from "../live/freshness";
import { NewsLine } from "../live/news-line";
import { NowStrip } from "../live/now-strip";
import { LiveAgents, LiveContacts, LiveQueues } from "./live-tables";

const POLL_MS = 2000;
const TODAY_POLL_MS = 30_000;
const STALE_SECONDS = 10;

/** Whole seconds since a moment of performance.now(), counting on. */
function useSecondsSince(moment: number | null): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(performance.now()), 1000);
    return () => window.clearInterval(timer);
  }, []);
  return moment === null ? 0 : Math.max(0, Math.floor((now - moment) / 1000));
}

export function LivePage() {
  const { center } = useWorkplace();
  const { locale, messages } = useLanguage();
  const [paused, setPaused] = useState(false);
  const live = useResource<Live>("/api/live", paused ? undefined : POLL_MS);
  const today = useResource<Live>("/api/live?today=1", paused ? undefined : TODAY_POLL_MS).data?.today;
  const age = useSecondsSince(live.receivedAt);

  if (live.data === null) {
    return live.error === null ? (
      <StatusIndicator type="loading">{messages.common.loading}</StatusIndicator>
    ) : (
      <Problem error={live.error} onRetry={live.reload} />
    );
  }
  const stale = age >= STALE_SECONDS;
  const state = paused ? "stopped" : stale || live.error !== null ? "warning" : "success";
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        description={`${messages.live.centerTime}: ${formatDateTime(live.data.at, center.time_zone, locale)} (${center.time_zone})`}
        actions={
          <SpaceBetween direction="horizontal" size="s" alignItems="center">
            <span data-testid="age">
              <StatusIndicator type={state}>
                {paused ? `${messages.live.paused} · ` : ""}
                {messages.live.updated(age)}
              </StatusIndicator>
            </span>
            <Button iconName={paused ? "play" : "pause"} onClick={() => setPaused(!paused)}>
              {paused ? messages.live.resume : messages.live.pause}
            </Button>
          </SpaceBetween>
        }
      >
        {messages.live.title}
      </Header>
      {live.error === null ? null : <StaleNotice error={live.error} onRetry={live.reload} />}
      <AnnouncementPanel announcement={live.data.announcement ?? null} at={live.data.at} onChanged={live.reload} />
      <NowStrip live={live.data} />
      <NewsLine news={tellNews(live.data, age)} />
      {today === undefined ? null : (
        <section>
          <h2 className="tl-strip-title">{messages.live.today}</h2>
          <FigureStrip figures={today} label={messages.live.today} />
        </section>
      )}
      <LiveQueues queues={live.data.queues} />
      <div className="tl-live">
        <LiveContacts contacts={live.data.contacts} at={live.data.at} />
        <LiveAgents agents={live.data.agents} states={live.data.agents_by_state} at={live.data.at} />
      </div>
    </SpaceBetween>
  );
}
