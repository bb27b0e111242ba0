/** Scorecards of agents and departments: figures held against targets, with the number behind each. */

import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Tabs from "@cloudscape-design/components/tabs";
import { useWorkplace } from "../api/context";
import type { Card, Scorecards } from "../api/types";
import { useResource } from "../api/use-resource";
import { Problem } from "../components/problem";
import type { Asked } from "../explain/asked";
import { useLanguage } from "../i18n/language";
import { ScoreCard } from "../reports/card";
import { CsvButton } from "../reports/csv-button";
import { periodQuery, tellDays } from "../reports/period";
import { PeriodPicker, usePeriod } from "../reports/period-picker";
import { useQueryParameter } from "../router";

export function ScorecardsPage() {
  const { me } = useWorkplace();
  const { locale, messages } = useLanguage();
  const { period, on } = usePeriod();
  const query = periodQuery(period, on);
  const scorecards = useResource<Scorecards>(`/api/scorecards?${query}`);
  const told = scorecards.data;
  const text = messages.scorecards;
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        description={told === null ? text.hint : `${tellDays(told.from, told.to, locale)} · ${text.hint}`}
        actions={
          <SpaceBetween direction="horizontal" size="s" alignItems="center">
            <PeriodPicker from={told?.from ?? null} complete={told?.complete ?? false} />
            <CsvButton path={`/api/scorecards?${query}&format=csv`} name={`scorecards-${period}-${told?.from ?? ""}.csv`} />
          </SpaceBetween>
        }
      >
        {me.role === "agent" ? messages.navigation.myScorecard : text.title}
      </Header>
      {told !== null ? (
        <Body scorecards={told} onChanged={scorecards.reload} />
      ) : scorecards.error === null ? (
        <StatusIndicator type="loading">{messages.common.loading}</StatusIndicator>
      ) : (
        <Problem error={scorecards.error} onRetry={scorecards.reload} />
      )}
    </SpaceBetween>
  );
}

interface BodyProps {
  readonly scorecards: Scorecards;
  readonly onChanged: () => void;
}

function Body({ scorecards, onChanged }: BodyProps) {
  const { me } = useWorkplace();
  const { messages } = useLanguage();
  const [tab, setTab] = useQueryParameter("of");
  const cards = (list: readonly Card[], scope: Asked["scope"]) => (
    <Cards scorecards={scorecards} cards={list} scope={scope} onChanged={onChanged} />
  );
  if (me.role === "agent") {
    return cards(scorecards.agents, "agent");
  }
  const sections = messages.reports.sections;
  return (
    <Tabs
      ariaLabel={messages.scorecards.title}
      activeTabId={tab === "departments" ? "departments" : "agents"}
      tabs={[
        { id: "agents", label: sections.agents, content: cards(scorecards.agents, "agent") },
        { id: "departments", label: sections.departments, content: cards(scorecards.departments, "department") },
      ]}
      onChange={({ detail }) => setTab(detail.activeTabId === "agents" ? null : detail.activeTabId)}
    />
  );
}

interface CardsProps extends BodyProps {
  readonly cards: readonly Card[];
  readonly scope: Asked["scope"];
}

function Cards({ scorecards, cards, scope, onChanged }: CardsProps) {
  const { me } = useWorkplace();
  const { messages } = useLanguage();
  if (cards.length === 0) {
    return <StatusIndicator type="info">{messages.scorecards.none}</StatusIndicator>;
  }
  return (
    <div className="tl-cards">
      {cards.map((card) => (
        <ScoreCard
          key={card.key}
          scorecards={scorecards}
          card={card}
          scope={scope}
          changeable={scope === "agent" && me.role !== "agent"}
          onChanged={onChanged}
        />
      ))}
    </div>
  );
}
