/** The twin's way in: choose a role, and for an agent, which one. */

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tiles from "@cloudscape-design/components/tiles";
import { useEffect, useState } from "react";
import { createApi } from "../api/client";
import type { Center } from "../api/types";
import { useAppearance } from "../appearance";
import { type Choice, chosenSession } from "../auth/chosen";
import { type Role, ROLES } from "../auth/session";
import { CATALOGUES, type Language, useLanguage } from "../i18n/language";

interface RoleChooserProps {
  readonly apiUrl: string;
  readonly onChoose: (choice: Choice) => void;
}

/** Whom one can be: the centre itself says which agents it has. */
function useAgents(apiUrl: string): Center["agents"] {
  const [agents, setAgents] = useState<Center["agents"]>([]);
  useEffect(() => {
    const abort = new AbortController();
    const asSupervisor = chosenSession({ role: "supervisor", username: "supervisor" }, () => undefined);
    createApi(apiUrl, asSupervisor)
      .get<Center>("/api/center", abort.signal)
      .then(
        (center) => setAgents(center.agents),
        () => undefined,
      );
    return () => abort.abort();
  }, [apiUrl]);
  return agents;
}

export function RoleChooser({ apiUrl, onChoose }: RoleChooserProps) {
  const { language, messages, setLanguage } = useLanguage();
  useAppearance();
  const agents = useAgents(apiUrl);
  const [role, setRole] = useState<Role>("supervisor");
  const [agent, setAgent] = useState<string | null>(null);
  const username = role === "agent" ? agent : role;

  useEffect(() => {
    document.title = messages.product;
  }, [messages]);

  const options = agents.map((one) => ({ value: one.username, label: one.name, description: one.username }));
  const enter = (): void => {
    if (username !== null) {
      onChoose({ role, username });
    }
  };
  return (
    <main className="tl-chooser">
      <div className="tl-brand">
        <img src="/trunkline.svg" alt="" width="36" height="36" />
        <Box variant="h1">{messages.product}</Box>
        <SegmentedControl
          label={messages.navigation.language}
          selectedId={language}
          options={(Object.keys(CATALOGUES) as Language[]).map((id) => ({ id, text: CATALOGUES[id].languageName }))}
          onChange={({ detail }) => setLanguage(detail.selectedId as Language)}
        />
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          enter();
        }}
      >
        <Container header={<Header description={messages.chooser.intro}>{messages.chooser.title}</Header>}>
          <Form
            actions={
              <Button variant="primary" disabled={username === null} data-testid="enter">
                {messages.chooser.enter}
              </Button>
            }
          >
            <SpaceBetween size="l">
              <FormField label={messages.chooser.role} stretch>
                <Tiles
                  ariaLabel={messages.chooser.role}
                  value={role}
                  onChange={({ detail }) => setRole(detail.value as Role)}
                  items={ROLES.map((value) => ({
                    value,
                    label: messages.roles[value],
                    description: messages.chooser.roleDescriptions[value],
                  }))}
                />
              </FormField>
              {role === "agent" ? (
                <FormField label={messages.chooser.agent}>
                  <Select
                    ariaLabel={messages.chooser.agent}
                    placeholder={messages.chooser.chooseAgent}
                    selectedOption={options.find(({ value }) => value === agent) ?? null}
                    options={options}
                    onChange={({ detail }) => setAgent(detail.selectedOption.value ?? null)}
                  />
                </FormField>
              ) : null}
            </SpaceBetween>
          </Form>
        </Container>
      </form>
    </main>
  );
}
