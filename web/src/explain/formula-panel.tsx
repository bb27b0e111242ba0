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

export function FormulaPanel({ explanation }: { readonly explanation: Explanation }) {
  const { locale, messages } = useLanguage();
  const format = useFigureFormat();
  const { definitions } = useDefinitions();
  const definition = definitions?.get(figureKey(explanation.figure));
  const filled = fillFormula(explanation.formula, explanation.counters, (_name, value) => formatCount(value, locale));
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

/** Whether the contacts add up to the counters; nothing is said where not all of them were read. */
function Agreement({ explanation }: { readonly explanation: Explanation }) {
  const { messages } = useLanguage();
  const format = useFigureFormat();
  const name = useFigureName();
  const { counters, counted, contacts, matching, more } = explanation;
  const text = messages.explain;
  if (more) {
    return <StatusIndicator type="info">{matching > contacts.length ? text.bounded(contacts.length, matching) : text.unread}</StatusIndicator>;
  }
  const different = Object.keys(counters).filter((counter) => counters[counter] !== counted[counter]);
  if (different.length === 0) {
    return <StatusIndicator>{text.agrees}</StatusIndicator>;
  }
  return (
    <Alert type="warning">
      <SpaceBetween size="xxs">
        {different.map((counter) => (
          <div key={counter}>
            {text.differs(
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
