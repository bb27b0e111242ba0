/** What is shown before the shell stands: a spinner, or why it cannot. */

import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Spinner from "@cloudscape-design/components/spinner";
import { useMessages } from "../i18n/language";

export function Startup() {
  const messages = useMessages();
  return (
    <output className="tl-centered" aria-label={messages.common.loading}>
      <Spinner size="large" />
    </output>
  );
}

export function StartupProblem({ error }: { readonly error: Error }) {
  const messages = useMessages();
  return (
    <div className="tl-centered">
      <Alert
        type="error"
        header={messages.problems.brokenTitle}
        action={<Button onClick={() => window.location.assign("/")}>{messages.common.retry}</Button>}
      >
        <Box>{error.message}</Box>
      </Alert>
    </div>
  );
}
