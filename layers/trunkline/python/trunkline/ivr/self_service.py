"""Questions that the centre answers by itself, through the Express workflow ``self_service``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trunkline.ivr.hours import speak_opening_hours

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions import SFNClient
    from mypy_boto3_stepfunctions.type_defs import StartSyncExecutionOutputTypeDef

TOPICS = frozenset({"order_status", "account_balance", "opening_hours"})
"""Topics that the workflow knows."""


class SelfServiceError(Exception):
    """The workflow did not answer: it failed, timed out, or answered with something else."""


@dataclass(frozen=True)
class Answer:
    """What the caller is told.

    Parameters
    ----------
    answered
        Whether there is an answer; otherwise the flow goes on to people.
    text
        The answer in the caller's language; empty where there is none.
    """

    answered: bool
    text: str = ""


class SelfService:
    """Asks the workflow and waits for its answer.

    Parameters
    ----------
    client
        Step Functions client.
    state_machine_arn
        The Express state machine.
    """

    def __init__(self, client: SFNClient, state_machine_arn: str) -> None:
        self._client = client
        self._arn = state_machine_arn

    def ask(self, question: Mapping[str, str]) -> Answer:
        """Run the workflow to its end.

        Raises
        ------
        SelfServiceError
            If the execution failed or timed out, naming its error and cause.
        botocore.exceptions.ClientError, botocore.exceptions.BotoCoreError
            If it could not be started.

        Notes
        -----
        **Source**: AWS Step Functions API reference, "StartSyncExecution".
        """
        result = self._client.start_sync_execution(stateMachineArn=self._arn, input=json.dumps(question))
        if result["status"] != "SUCCEEDED":
            raise SelfServiceError(
                f"self_service ended as {result['status']}: "
                f"{result.get('error', 'no error')}: {result.get('cause', 'no cause')}"
            )
        return _parse_output(result)


def ask_question(topic: str, language: str, phone: str, center: Mapping[str, Any]) -> dict[str, str]:
    """Return the workflow's input for a caller's question.

    Parameters
    ----------
    topic
        One of :data:`TOPICS`.
    language
        Code of the caller's language; the centre's first where it is not spoken here.
    phone
        The caller's number; ``withheld`` where it is unknown, which no customer has.
    center
        The centre's document.
    """
    languages = list(center.get("languages", {"en": {}}))
    spoken = language if language in languages else languages[0]
    return {
        "topic": topic,
        "language": spoken,
        "phone": phone or "withheld",
        "opening_hours": speak_opening_hours(center, spoken),
    }


def _parse_output(result: StartSyncExecutionOutputTypeDef) -> Answer:
    try:
        output = json.loads(result.get("output", ""))
        return Answer(bool(output["answered"]), str(output["text"]))
    except (ValueError, KeyError, TypeError) as error:
        raise SelfServiceError(f"self_service answered with something else: {error!r}") from error
