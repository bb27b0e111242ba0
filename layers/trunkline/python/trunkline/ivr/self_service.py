"""The Express workflow ``self_service``, as the function that runs it sees it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from trunkline.runtime.items import from_item

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions import SFNClient
    from mypy_boto3_stepfunctions.type_defs import StartSyncExecutionOutputTypeDef


class SelfServiceError(Exception):
    """The workflow did not answer: it failed, timed out, or answered with something else."""


@dataclass(frozen=True)
class Lookup:
    """What the workflow found.

    Parameters
    ----------
    answered
        Whether it found something; otherwise the flow goes on to people.
    verified
        ``true``, ``false`` or ``locked`` where the caller was asked to prove who they are, otherwise empty.
    data
        What it found, by name.
    """

    answered: bool
    verified: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class SelfService:
    """Runs the workflow and waits for its answer.

    Parameters
    ----------
    client
        Step Functions client that tries once, and waits as long as the workflow may run.
    state_machine_arn
        The Express state machine.
    """

    client: SFNClient
    state_machine_arn: str

    def look_up(self, request: Mapping[str, Any]) -> Lookup:
        """Run the workflow to its end.

        Raises
        ------
        SelfServiceError
            If the execution failed or timed out, naming its error. Its cause is left out: it may quote what went
            through the workflow, such as the caller's number.
        botocore.exceptions.ClientError, botocore.exceptions.BotoCoreError
            If it could not be started.

        Notes
        -----
        **Source**: AWS Step Functions API reference, "StartSyncExecution".
        """
        result = self.client.start_sync_execution(stateMachineArn=self.state_machine_arn, input=json.dumps(request))
        if result["status"] != "SUCCEEDED":
            raise SelfServiceError(f"self_service ended as {result['status']}: {result.get('error', 'no error')}")
        return _parse_output(result)


def _parse_output(result: StartSyncExecutionOutputTypeDef) -> Lookup:
    try:
        output = json.loads(result.get("output", ""))
        answered, verified = output["answered"] is True, str(output["verified"])
        found = output.get("item")
        data = from_item(found) if found is not None else output.get("data", {})
        # An endpoint that answers with a list or a text has found nothing that a sentence could say.
        return Lookup(answered and isinstance(data, Mapping), verified, data if isinstance(data, Mapping) else {})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SelfServiceError(f"self_service answered with something else: {error!r}") from error
