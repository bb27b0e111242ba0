/** A figure's value, and how it comes about: definition, formula, and the formula with the counters in it. */

import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { Explanation } from "../api/types";
import { useDefinitions } from "../api/use-definitions";
import { DefinitionText } from "../components/figure-label";
import { counterUnit, useFigureFormat, useFigureName } from "../components/figure-names";
import { formatCount } from "../format";
import { useLanguage } from "../i18n/language";
import { figureKey, figurePart, fillFormula } from "./asked";

/** How many rows the API lists at most. */
const MOST_LISTED = 500;

/** Lines of a bill are rounded, so that sums of money may differ by a millionth. */
function isSame(left: number | undefined, right: number | undefined): boolean {
  return Math.abs((left ?? 0) - (right ?? 0)) < 0.000_005;
}

export function FormulaPanel({ explanation }: { readonly explanation: Explanation }) {
  const { locale, messages } = useLanguage();
  const format = useFigureFormat();
  const { definitions } = useDefinitions();
  const definition = definitions?.get(figureKey(explanation.figure));
  const filled = fillFormula(explanation.formula, explanation.counters, (name, value) =>
    counterUnit(name) === "money" ? format("money", value) : formatCount(value, locale),
  );
  const unit = definition?.unit ?? counterUnit(explanation.figure);
  const value = format(unit, explanation.value);
  return (
    <Container>
      <div className="tl-formula-panel">
        <div>
          <Box variant="awsui-key-label">{messages.explain.value}</Box>
          <div className="tl-value" data-testid="explained-value">
            {value}
          </div>
          {filled === explanation.formula || /^[\d.,]+$/.test(filled) ? null : (
            <code className="tl-formula">
              = {filled}
            </code>
          )}
        </div>
        {definition === undefined ? null : (
          <DefinitionText definition={definition} part={figurePart(explanation.figure)} formula={explanation.formula} />
        )}
      </div>
      <Agreement explanation={explanation} />
    </Container>
  );
}

/** Whether the evidence adds up to the counters; nothing is said where not all of it was read. */
function Agreement({ explanation }: { readonly explanation: Explanation }) {
  const { messages } = useLanguage();
  const format = useFigureFormat();
  const name = useFigureName();
  const { counters, counted, evidence, matching, more } = explanation;
  const text = messages.explain;
  if (more) {
    return <StatusIndicator type="info">{matching > MOST_LISTED ? text.bounded(MOST_LISTED, matching) : text.unread}</StatusIndicator>;
  }
  if (evidence === "cases" && explanation.counted_days.length === 0) {
    return <StatusIndicator type="pending">{text.notCounted}</StatusIndicator>;
  }
  const different = Object.keys(counters).filter((counter) => !isSame(counters[counter], counted[counter]));
  if (different.length === 0) {
    return <StatusIndicator>{text.agrees[evidence]}</StatusIndicator>;
  }
  const differs = evidence === "cases" ? text.differsFromNight : text.differs;
  return (
    <Alert type="warning">
      <SpaceBetween size="xxs">
        {different.map((counter) => (
          <div key={counter}>
            {differs(
              name(counter),
              format(counterUnit(counter), counters[counter]),
              format(counterUnit(counter), counted[counter]),
            )}
          </div>
        ))}
      </SpaceBetween>
    </Alert>
  );
}
