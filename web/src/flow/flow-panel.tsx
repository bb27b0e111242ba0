/** The contact's way through its flows, on their pictures. */

import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useMemo, useState } from "react";
import type { FlowDrawing, TimelineEntry } from "../api/types";
import { useResource } from "../api/use-resource";
import { Problem } from "../components/problem";
import { useLanguage } from "../i18n/language";
import { FlowView } from "./flow-view";
import { visitsOf } from "./visits";

export function FlowPanel({ timeline }: { readonly timeline: readonly TimelineEntry[] }) {
  const { language, messages } = useLanguage();
  const visits = useMemo(() => visitsOf(timeline), [timeline]);
  const [chosen, setChosen] = useState<string | null>(null);
  const visit = visits.find(({ flow }) => flow === chosen) ?? visits[0];
  const path = visit === undefined ? null : `/api/flows/${encodeURIComponent(visit.flow)}?language=${language}`;
  const drawing = useResource<FlowDrawing>(path);
  const text = messages.flow;
  if (visit === undefined) {
    return null;
  }
  return (
    <Container
      data-testid="flow-panel"
      header={
        <Header
          variant="h2"
          counter={`(${visit.actions.length.toString()})`}
          description={text.about}
          actions={
            visits.length === 1 ? null : (
              <SegmentedControl
                label={text.flows}
                selectedId={visit.flow}
                options={visits.map(({ flow }) => ({ id: flow, text: flow }))}
                onChange={({ detail }) => setChosen(detail.selectedId)}
              />
            )
          }
        >
          {text.title}
        </Header>
      }
    >
      {drawing.data !== null ? (
        <FlowView key={visit.flow} drawing={drawing.data} actions={visit.actions} />
      ) : drawing.error === null ? (
        <StatusIndicator type="loading">{messages.common.loading}</StatusIndicator>
      ) : drawing.error.status === 404 ? (
        <Box color="text-body-secondary">{text.notDeployed(visit.flow)}</Box>
      ) : (
        <Problem error={drawing.error} onRetry={drawing.reload} />
      )}
    </Container>
  );
}
