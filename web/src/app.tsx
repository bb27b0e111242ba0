/** From an empty page to somebody signed in: configuration, session, workplace, shell. */

import { useCallback, useEffect, useMemo, useState } from "react";
import { type Choice, chosenSession, storeChoice, storedChoice } from "./auth/chosen";
import { cognitoSession } from "./auth/cognito";
import type { Session } from "./auth/session";
import { createApi } from "./api/client";
import { ApiContext } from "./api/context";
import { Startup, StartupProblem } from "./components/startup";
import { type Config, loadConfig } from "./config";
import { RoleChooser } from "./pages/role-chooser";
import { Shell } from "./shell";

interface SignedInProps {
  readonly config: Config;
  readonly session: Session;
}

function SignedIn({ config, session }: SignedInProps) {
  const api = useMemo(() => createApi(config.apiUrl, session), [config, session]);
  return (
    <ApiContext value={api}>
      <Shell session={session} chosen={config.auth === "chosen"} />
    </ApiContext>
  );
}

function ChosenSignIn({ config }: { readonly config: Config }) {
  const [choice, setChoice] = useState<Choice | null>(storedChoice);
  const choose = useCallback((next: Choice | null): void => {
    storeChoice(next);
    setChoice(next);
  }, []);
  const session = useMemo(() => (choice === null ? null : chosenSession(choice, choose)), [choice, choose]);
  return session === null ? (
    <RoleChooser apiUrl={config.apiUrl} onChoose={choose} />
  ) : (
    <SignedIn config={config} session={session} />
  );
}

type Start = { readonly config: Config; readonly session: Session | null };

let starting: Promise<Start> | null = null;

/** Once per page load: a sign-in code can be exchanged a single time. */
function start(): Promise<Start> {
  starting ??= loadConfig().then(async (config) => ({
    config,
    session: config.auth === "cognito" ? await cognitoSession(config) : null,
  }));
  return starting;
}

export function App() {
  const [started, setStarted] = useState<Start | null>(null);
  const [problem, setProblem] = useState<Error | null>(null);

  useEffect(() => {
    start().then(setStarted, (reason: unknown) =>
      setProblem(reason instanceof Error ? reason : new Error(String(reason))),
    );
  }, []);

  if (problem !== null) {
    return <StartupProblem error={problem} />;
  }
  if (started === null) {
    return <Startup />;
  }
  if (started.config.auth === "chosen") {
    return <ChosenSignIn config={started.config} />;
  }
  return started.session === null ? <Startup /> : <SignedIn config={started.config} session={started.session} />;
}
