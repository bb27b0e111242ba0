/** A figure's name or value that can be asked what it means: a popover with its definition, and a way to its contacts. */

import Box from "@cloudscape-design/components/box";
import Popover from "@cloudscape-design/components/popover";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { ReactNode } from "react";
import { useWorkplace } from "../api/context";
import { useDefinitions } from "../api/use-definitions";
import type { Definition } from "../api/types";
import type { Role } from "../auth/session";
import { type Asked, explainHref, figureKey, figurePart } from "../explain/asked";
import { useLanguage } from "../i18n/language";
import { useFigureName } from "./figure-names";
import { PageLink } from "./page-link";

interface FigureLabelProps {
  readonly asked: Asked;
  readonly children: ReactNode;
  /** What a screen reader says of the label, where the children alone do not say it: a bare number. */
  readonly label?: string;
}

/**
 * Ask about a figure, such as `{ figure: "offered", scope: "queue", key: "orders", day: "2026-11-20" }`. It is a
 * button: do not put it into another one, as the head of a column that sorts is.
 */
export function FigureLabel({ asked, children, label }: FigureLabelProps) {
  const { messages } = useLanguage();
  const name = useFigureName();
  const title = name(asked.figure);
  return (
    <Popover
      triggerType="custom"
      renderWithPortal
      size="large"
      position="bottom"
      header={title}
      content={<Meaning asked={asked} />}
    >
      <button type="button" className="tl-ask" aria-label={label} title={messages.explain.ask(title)}>
        {children}
      </button>
    </Popover>
  );
}

/** What the API would refuse is not offered: costs are for managers, the live picture's people not for agents. */
function mayAsk(role: Role, { evidence }: Definition): boolean {
  const ofNow = evidence === "moment" || evidence === "running";
  return evidence === "costs" ? role === "manager" : role !== "agent" || !ofNow;
}

function Meaning({ asked }: { readonly asked: Asked }) {
  const { me } = useWorkplace();
  const { language, messages } = useLanguage();
  const { definitions, failed } = useDefinitions();
  const definition = definitions?.get(figureKey(asked.figure));
  if (definitions === null && !failed) {
    return <StatusIndicator type="loading">{messages.common.loading}</StatusIndicator>;
  }
  if (definition === undefined) {
    return <StatusIndicator type="warning">{messages.explain.noDefinition}</StatusIndicator>;
  }
  return (
    <div data-testid="definition">
      <SpaceBetween size="s">
        <DefinitionText definition={definition} part={figurePart(asked.figure)} />
        {definition.no_contacts !== null ? (
          <Box color="text-body-secondary">{definition.no_contacts[language]}</Box>
        ) : mayAsk(me.role, definition) ? (
          <PageLink href={explainHref(asked)}>{messages.explain.behind[definition.evidence]}</PageLink>
        ) : null}
      </SpaceBetween>
    </div>
  );
}

interface TextProps {
  readonly definition: Definition;
  readonly part: string | null;
  /** The formula as it is to be shown; without it, the definition's own. */
  readonly formula?: string;
}

/** Definition, formula, convention, attribution and source, in words. */
export function DefinitionText({ definition, part, formula }: TextProps) {
  const { language, messages } = useLanguage();
  const text = messages.explain;
  const shown = part ?? definition.convention;
  const conventions: Readonly<Record<string, string>> = text.conventions;
  const convention = definition.convention === null ? null : text.conventionIs(conventions[shown ?? ""] ?? `(${shown})`);
  return (
    <SpaceBetween size="xxs">
      <div>{definition.definition[language]}</div>
      <code className="tl-formula">{formula ?? definition.parts[shown ?? ""] ?? definition.formula}</code>
      <Box color="text-body-secondary" fontSize="body-s">
        {[convention, text.attributions[definition.attribution], text.source(definition.source)]
          .filter((each) => each !== null)
          .map((each) => (
            <div key={each}>{each}</div>
          ))}
      </Box>
    </SpaceBetween>
  );
}
