/** What is behind a figure, whatever kind of evidence it is. */

import type { Explanation } from "../api/types";
import { ExplainedAgents } from "./explained-agents";
import { ExplainedCases } from "./explained-cases";
import { ExplainedContacts } from "./explained-contacts";
import { ExplainedCosts } from "./explained-costs";
import { ExplainedSpans } from "./explained-spans";
import { ExplainedStates } from "./explained-states";

export function Evidence({ explanation }: { readonly explanation: Explanation }) {
  switch (explanation.evidence) {
    case "cases":
      return <ExplainedCases explanation={explanation} cases={explanation.cases} />;
    case "schedule":
      return <ExplainedSpans explanation={explanation} spans={explanation.spans} />;
    case "costs":
      return <ExplainedCosts explanation={explanation} costs={explanation.contacts} />;
    default:
      return (
        <>
          {explanation.contacts === undefined ? null : <ExplainedContacts explanation={explanation} contacts={explanation.contacts} />}
          {(explanation.states ?? []).length === 0 ? null : <ExplainedStates explanation={explanation} states={explanation.states ?? []} />}
          {explanation.agents === undefined ? null : <ExplainedAgents explanation={explanation} agents={explanation.agents} />}
        </>
      );
  }
}
