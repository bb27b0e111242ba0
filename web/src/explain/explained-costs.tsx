/** The contacts behind a cost, with what each costs by category; what is estimated is marked. */

import { useWorkplace } from "../api/context";
import type { ExplainedCost, Explanation } from "../api/types";
import { useFigureFormat } from "../components/figure-names";
import { useNames } from "../components/names";
import { formatSmallAmount, humanise } from "../format";
import { useLanguage } from "../i18n/language";
import { ContactTime } from "./contact-time";
import { EvidenceTable } from "./evidence-table";

const COST = "cost_of_contacts";
/** Which categories an estimate is part of. */
const ESTIMATED: Readonly<Record<string, readonly string[]>> = {
  telephony: ["telephony"],
  menu: ["telephony"],
  recording: ["storage", "transcription"],
};

interface ExplainedCostsProps {
  readonly explanation: Extract<Explanation, { evidence: "costs" }>;
  readonly costs: readonly ExplainedCost[];
}

export function ExplainedCosts({ explanation, costs }: ExplainedCostsProps) {
  const { center } = useWorkplace();
  const { locale, messages } = useLanguage();
  const names = useNames();
  const format = useFigureFormat();
  const text = messages.explain;
  const known: Readonly<Record<string, string>> = text.costCategories;
  const categories = [...new Set(costs.flatMap((cost) => Object.keys(cost.categories)))];
  const estimates: Readonly<Record<string, string>> = text.estimates;
  const estimated = explanation.estimated.map((name) => `≈ ${estimates[name] ?? name}`);
  const fixed = explanation.counters["cost_fixed"] ?? 0;
  return (
    <EvidenceTable<ExplainedCost>
      title={text.behind.costs}
      description={[...(fixed > 0 ? [text.fixedCosts(format("money", fixed))] : []), ...estimated].join(" ")}
      rows={costs}
      rowId={({ contact_id: contactId }) => contactId}
      counters={[COST]}
      columns={[
        {
          id: "time",
          header: messages.contacts.time,
          sort: (row) => row.initiated_at,
          cell: (row) => <ContactTime contactId={row.contact_id} at={row.initiated_at} within={explanation} zone={center.time_zone} />,
        },
        explanation.scope !== "queue" && { id: "queue", header: messages.contacts.queue, sort: ({ queue }) => queue, cell: ({ queue }) => names.queue(queue) },
        { id: "agent", header: messages.contacts.agent, sort: ({ agent }) => agent, cell: ({ agent }) => names.agent(agent) },
        ...categories.map((category) => ({
          id: category,
          header: known[category] ?? humanise(category),
          numeric: true,
          sort: (row: ExplainedCost) => row.categories[category] ?? 0,
          cell: (row: ExplainedCost) => {
            const amount = formatSmallAmount(row.categories[category], center.currency, locale);
            return row.estimated.some((name) => ESTIMATED[name]?.includes(category)) ? `≈ ${amount}` : amount;
          },
        })),
      ]}
    />
  );
}
