/** Keys of queues, agents, states and outcomes as the reader's words. */

import { useMemo } from "react";
import { useWorkplace } from "../api/context";
import { humanise, NOTHING } from "../format";
import { useLanguage } from "../i18n/language";

export interface Names {
  queue(key: string | null | undefined): string;
  agent(username: string | null | undefined): string;
  agentState(state: string): string;
  contactState(state: string): string;
  outcome(outcome: string | null | undefined): string;
  stage(key: string): string;
  language(code: string | null | undefined): string;
}

export function useNames(): Names {
  const { center } = useWorkplace();
  const { language, messages } = useLanguage();
  return useMemo(() => {
    const queues = new Map(center.queues.map(({ key, title }) => [key, title[language] ?? Object.values(title)[0]]));
    const agents = new Map(center.agents.map(({ username, name }) => [username, name]));
    const languages = new Intl.DisplayNames([language], { type: "language" });
    const known = (table: Readonly<Record<string, string>>, key: string): string => table[key] ?? humanise(key);
    return {
      queue: (key) => (key ? (queues.get(key) ?? key) : NOTHING),
      agent: (username) => (username ? (agents.get(username) ?? username) : NOTHING),
      agentState: (state) => known(messages.agentStates, state),
      contactState: (state) => known(messages.contactStates, state),
      outcome: (outcome) => (outcome ? known(messages.outcomes, outcome) : NOTHING),
      stage: (key) => known(messages.contact.stages, key),
      language: (code) => (code ? (languages.of(code) ?? code) : NOTHING),
    };
  }, [center, language, messages]);
}
