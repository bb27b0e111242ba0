/** One day's service level by each of the five conventions. */

import Badge from "@cloudscape-design/components/badge";
import { useWorkplace } from "../api/context";
import type { Figures } from "../api/types";
import { DataTable } from "../components/data-table";
import { FigureLabel } from "../components/figure-label";
import { formatPercent } from "../format";
import { useLanguage } from "../i18n/language";
import { CONVENTIONS, FORMULAS } from "./service-level";

interface ConventionsPanelProps {
  readonly figures: Figures;
  readonly day: string;
}

export function ConventionsPanel({ figures, day }: ConventionsPanelProps) {
  const { center } = useWorkplace();
  const { locale, messages } = useLanguage();
  const text = messages.figures;
  return (
    <DataTable
      title={text.conventions}
      description={text.conventionsHint}
      items={CONVENTIONS}
      trackBy={(convention) => convention}
      empty=""
      wrapLines
      columns={[
        {
          id: "convention",
          header: text.convention,
          rowHeader: true,
          cell: (convention) => (
            <span className="tl-convention">
              <span>
                ({convention}) {text.conventionTexts[convention]}
              </span>
              {convention === center.service_level_convention ? <Badge color="blue">{text.isDefault}</Badge> : null}
              <code>{FORMULAS[convention]}</code>
            </span>
          ),
        },
        {
          id: "value",
          header: text.value,
          numeric: true,
          cell: (convention) => {
            const value = formatPercent(figures.service_level[convention], locale);
            return (
              <FigureLabel
                asked={{ figure: `service_level.${convention}`, scope: "center", key: "", day }}
                label={`${text.serviceLevel} (${convention}): ${value}`}
              >
                {convention === center.service_level_convention ? <strong>{value}</strong> : value}
              </FigureLabel>
            );
          },
        },
      ]}
      footer={<span className="tl-quiet">{text.formulaLegend(center.short_abandon_seconds)}</span>}
    />
  );
}
