/** What went wrong, in the reader's words, and what to do: 403, 404, and everything else. */

import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Icon, { type IconProps } from "@cloudscape-design/components/icon";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ApiError } from "../api/client";
import type { Messages } from "../i18n/en";
import { useMessages } from "../i18n/language";
import { navigate } from "../router";

interface ProblemProps {
  /** Null: the address names no page. */
  readonly error: ApiError | null;
  readonly onRetry?: () => void;
  /** What a 404 means here. */
  readonly missing?: { readonly title: string; readonly text: string };
}

interface Explanation {
  readonly icon: IconProps.Name;
  readonly title: string;
  readonly text: string;
}

function explain(error: ApiError | null, missing: ProblemProps["missing"], messages: Messages): Explanation {
  const { problems } = messages;
  if (error === null || error.status === 404) {
    return {
      icon: "search",
      title: missing?.title ?? problems.notFoundTitle,
      text: missing?.text ?? problems.notFound,
    };
  }
  if (error.status === 403) {
    return { icon: "lock-private", title: problems.forbiddenTitle, text: problems.forbidden };
  }
  return { icon: "status-warning", title: problems.failedTitle, text: failureText(error, messages) };
}

function failureText(error: ApiError, { problems }: Messages): string {
  return error.status === 0 ? problems.unreachable : `${problems.answered(error.status)} ${error.message}`;
}

export function Problem({ error, onRetry, missing }: ProblemProps) {
  const messages = useMessages();
  const { icon, title, text } = explain(error, missing, messages);
  return (
    <Container>
      <div role="alert" data-testid="problem" data-status={error?.status ?? 404}>
        <Box textAlign="center" padding={{ vertical: "xxl" }}>
          <SpaceBetween size="s" alignItems="center">
            <Icon name={icon} size="large" variant="subtle" />
            <Box variant="h2">{title}</Box>
            <Box color="text-body-secondary">{text}</Box>
            <SpaceBetween size="xs" direction="horizontal">
              {onRetry !== undefined && error?.status !== 403 ? (
                <Button iconName="refresh" onClick={onRetry}>
                  {messages.common.retry}
                </Button>
              ) : null}
              <Button onClick={() => navigate("/live")}>{messages.problems.toLive}</Button>
            </SpaceBetween>
          </SpaceBetween>
        </Box>
      </div>
    </Container>
  );
}

/** A failure beside data that is still worth showing. */
export function StaleNotice({ error, onRetry }: { readonly error: ApiError; readonly onRetry: () => void }) {
  const messages = useMessages();
  return (
    <Alert
      type="warning"
      header={messages.problems.staleTitle}
      action={<Button onClick={onRetry}>{messages.common.retry}</Button>}
    >
      {failureText(error, messages)}
    </Alert>
  );
}
