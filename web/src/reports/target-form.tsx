/** Sets an agent's own target in place of the centre's, with a reason. */

import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useContext, useState } from "react";
import { ApiContext } from "../api/context";
import type { CardFigure } from "../api/types";
import { useFigureFormat, useFigureName } from "../components/figure-names";
import { useMessages } from "../i18n/language";
import { isReadyTarget, LONGEST_REASON, readTarget, type TargetDraft } from "./target";

interface TargetFormProps {
  readonly username: string;
  readonly name: string;
  readonly figure: string;
  readonly told: CardFigure;
  readonly onClose: () => void;
  readonly onChanged: () => void;
}

export function TargetForm({ username, name, figure, told, onClose, onChanged }: TargetFormProps) {
  const { scorecards: text } = useMessages();
  const api = useContext(ApiContext);
  const nameOf = useFigureName();
  const format = useFigureFormat();
  const { target } = told;
  const own = target?.source === "supervisor";
  const [draft, setDraft] = useState<TargetDraft>(() => ({
    value: target === null ? "" : String(target.value),
    reason: own ? (target.reason ?? "") : "",
  }));
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const centerValue = own ? target.center_value : target?.value;

  const send = async (request: () => Promise<unknown>): Promise<void> => {
    setSending(true);
    setProblem(null);
    try {
      await request();
      onChanged();
    } catch (error) {
      setProblem(`${text.failed}: ${error instanceof Error ? error.message : String(error)}`);
      setSending(false);
    }
  };
  const path = `/api/targets/${encodeURIComponent(username)}`;
  const save = (): Promise<void> =>
    send(() => api.send("PUT", path, { figure, value: readTarget(draft.value), reason: draft.reason.trim() }));
  const remove = (): Promise<void> => send(() => api.send("DELETE", `${path}/${figure}`));
  return (
    <Modal
      visible
      header={`${text.formTitle(name)}: ${nameOf(figure)}`}
      onDismiss={onClose}
      footer={
        <div className="tl-form-actions">
          {own ? (
            <Button disabled={sending} onClick={() => void remove()}>
              {text.remove}
            </Button>
          ) : null}
          <span />
          <Button variant="link" onClick={onClose}>
            {text.cancel}
          </Button>
          <Button variant="primary" loading={sending} disabled={!isReadyTarget(draft)} onClick={() => void save()}>
            {text.save}
          </Button>
        </div>
      }
    >
      <SpaceBetween size="m">
        <Box color="text-body-secondary">{text.formHint}</Box>
        <FormField
          label={text.newValue}
          constraintText={[
            text.units[told.unit],
            centerValue === null || centerValue === undefined ? null : text.centerTarget(format(told.unit, centerValue)),
          ]
            .filter((each) => each !== null)
            .join(" · ")}
        >
          <Input
            type="number"
            inputMode="decimal"
            value={draft.value}
            onChange={({ detail }) => setDraft((now) => ({ ...now, value: detail.value }))}
          />
        </FormField>
        <FormField label={text.reason} constraintText={text.reasonHint}>
          <Textarea
            rows={2}
            value={draft.reason}
            onChange={({ detail }) => setDraft((now) => ({ ...now, reason: detail.value.slice(0, LONGEST_REASON) }))}
          />
        </FormField>
        {problem === null ? null : <Alert type="error">{problem}</Alert>}
      </SpaceBetween>
    </Modal>
  );
}
