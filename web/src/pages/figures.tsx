/** A day in figures: totals, by queue, by agent, by interval, and by every service level convention. */

import Grid from "@cloudscape-design/components/grid";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useWorkplace } from "../api/context";
import type { DayFigures } from "../api/types";
import { useResource } from "../api/use-resource";
import { DayPicker } from "../components/day-picker";
import { FigureStrip } from "../components/figure-strip";
import { Problem } from "../components/problem";
import { ConventionsPanel } from "../figures/conventions-panel";
import { AgentFigures, QueueFigures } from "../figures/figure-tables";
import { IntervalCharts } from "../figures/interval-charts";
import { useMessages } from "../i18n/language";
import { useChosenDay } from "../use-today";

export function FiguresPage() {
  const { center, me } = useWorkplace();
  const messages = useMessages();
  const { day, today, chooseDay } = useChosenDay();
  const figures = useResource<DayFigures>(day === null ? null : `/api/metrics?day=${day}`);
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        description={messages.common.timeZone(center.time_zone)}
        actions={day === null ? null : <DayPicker day={day} today={today} onChange={chooseDay} />}
      >
        {me.role === "agent" ? messages.navigation.myFigures : messages.figures.title}
      </Header>
      {figures.data !== null ? (
        <Body figures={figures.data} agentOnly={me.role === "agent"} />
      ) : figures.error === null ? (
        <StatusIndicator type="loading">{messages.common.loading}</StatusIndicator>
      ) : (
        <Problem error={figures.error} onRetry={figures.reload} />
      )}
    </SpaceBetween>
  );
}

function Body({ figures, agentOnly }: { readonly figures: DayFigures; readonly agentOnly: boolean }) {
  const messages = useMessages();
  const strip = <FigureStrip figures={figures.total} label={messages.common.total} day={figures.day} />;
  if (agentOnly) {
    return (
      <SpaceBetween size="m">
        {strip}
        <AgentFigures agents={figures.agents} day={figures.day} />
      </SpaceBetween>
    );
  }
  return (
    <SpaceBetween size="m">
      {strip}
      <IntervalCharts intervals={figures.intervals} />
      <QueueFigures queues={figures.queues} total={figures.total} day={figures.day} />
      <Grid gridDefinition={[{ colspan: { default: 12, m: 8 } }, { colspan: { default: 12, m: 4 } }]}>
        <AgentFigures agents={figures.agents} day={figures.day} />
        <ConventionsPanel figures={figures.total} day={figures.day} />
      </Grid>
    </SpaceBetween>
  );
}
