"""What Amazon Connect itself answers a running flow: functions, hours, queues, figures.

**Source**: Amazon Connect administrator guide, "Grant Amazon Connect access to your AWS Lambda functions"
(8 s, up to 3 retries, only associated functions), "Check hours of operation", "Check queue status"; "List of available
contact attributes" (queue metrics; contact metrics are there while the contact waits, and the estimated wait of a queue
where one channel is asked about).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from contactflow.run.contact import ContactState
from contactflow.run.effects import (
    CheckCallProgress,
    CheckHours,
    CheckMetrics,
    Done,
    Effect,
    EncryptedDigits,
    Failed,
    FunctionFailed,
    FunctionResult,
    GetMetrics,
    InHours,
    InputEncryption,
    Intent,
    InvokeFunction,
    Metrics,
    MetricValue,
    QueueSelected,
    RequeueContact,
    Result,
    SetHook,
    SetTargetQueue,
)
from twin.connect.delivery import PRINCIPAL
from twin.connect.encryption import EncryptionError, check_certificate, encrypt_input
from twin.connect.moments import SecondClock
from twin.connect.registry import Queue, Registry
from twin.contracts import Cloud, FunctionFailedError, ServiceError

MOST_FUNCTION_SECONDS = 8
FUNCTION_RETRIES = 3
FALLBACK_INTENT = "FallbackIntent"


class QueueFigures(Protocol):
    """Real-time figures of the queues."""

    def figures(self, queue_arn: str) -> Mapping[str, float]:
        """Return the figures of one queue, named as GetCurrentMetricData names them, in lower case."""

    def position(self, contact_id: str) -> int | None:
        """Return a contact's place in its queue, from 1; None for one that does not wait."""

    def expected_wait_seconds(self, queue: Queue, position: int) -> int | None:
        """Return how long the contact at ``position`` of a queue will wait; None while nobody works."""


class Answers:
    """Answers instructions and questions that are the same for every contact."""

    def __init__(self, cloud: Cloud, registry: Registry, clock: SecondClock, figures: QueueFigures) -> None:
        self._cloud = cloud
        self._registry = registry
        self._clock = clock
        self._figures = figures
        self._answers: dict[type[Effect], Callable[[Any, ContactState], Result]] = {
            InvokeFunction: self._invoke,
            CheckHours: self._check_hours,
            CheckMetrics: self._check_metric,
            GetMetrics: self._get_metrics,
            SetTargetQueue: self._select_queue,
            SetHook: self._set_hook,
            RequeueContact: lambda _effect, _state: _refused("DequeueContactAndTransferToQueue"),
            CheckCallProgress: lambda _effect, _state: _refused("CheckOutboundCallStatus: no campaign dials here"),
        }

    def answer(self, effect: Effect, state: ContactState) -> Result:
        """Answer ``effect`` for the contact in ``state``; what does not exist is ``Failed``."""
        answer = self._answers.get(type(effect))
        if answer is None:
            return Done()
        try:
            return answer(effect, state)
        except ServiceError as error:
            return Failed(str(error))

    def understand(self, bot_alias_arn: str, locale: str | None, words: str) -> Intent:
        """Return the intent whose sample utterance is in ``words``; the longest one wins.

        Raises
        ------
        ServiceError
            When the bot does not exist or is not associated with the instance.
        """
        if bot_alias_arn not in self._registry.bot_aliases:
            raise ServiceError(
                "ResourceNotFoundException", f"bot {bot_alias_arn} is not associated with the instance", 404
            )
        bot = self._registry.bots.find(bot_alias_arn, "bot alias")
        said = _plain(words)
        samples = [
            (len(sample), intent)
            for intent, utterances in bot.utterances.get((locale or "en-US").replace("-", "_"), {}).items()
            for sample in map(_plain, utterances)
            if sample and sample in said
        ]
        return Intent(max(samples)[1] if samples else FALLBACK_INTENT)

    def encrypt(self, keys: str, encryption: InputEncryption) -> Result:
        """Return keys encrypted for a flow's certificate, for which a key of the instance has to vouch."""
        key = self._registry.security_keys.get(encryption.key_id)
        if key is None:
            return Failed(f"the instance has no security key {encryption.key_id}")
        try:
            check_certificate(encryption.certificate, key)
            return EncryptedDigits(encrypt_input(keys, encryption.key_id, encryption.certificate))
        except EncryptionError as error:
            return Failed(str(error))

    def _invoke(self, effect: InvokeFunction, state: ContactState) -> Result:
        if not self._may_invoke(effect.arn):
            return FunctionFailed(
                f"{effect.arn} is not associated with the instance; add an IntegrationAssociation for it",
                "denied",
            )
        event = {
            "Details": {"ContactData": state.lambda_contact_data(), "Parameters": dict(effect.parameters)},
            "Name": "ContactFlowEvent",
        }
        timeout = min(effect.timeout_seconds, MOST_FUNCTION_SECONDS)
        failure: FunctionFailedError | None = None
        for _ in range(1 + FUNCTION_RETRIES):
            try:
                return FunctionResult(
                    self._cloud.invoke(effect.arn, event, timeout_seconds=timeout, principal=PRINCIPAL)
                )
            except FunctionFailedError as error:
                failure = error
                if error.kind != "error":
                    break
        return FunctionFailed(str(failure), failure.kind if failure else "error")

    def _may_invoke(self, arn: str) -> bool:
        unqualified = ":".join(arn.split(":")[:7])
        return arn in self._registry.functions or unqualified in self._registry.functions

    def _check_hours(self, effect: CheckHours, state: ContactState) -> Result:
        if effect.hours_id is not None:
            hours = self._registry.hours.find(effect.hours_id, "hours of operation")
        else:
            hours = self._registry.hours.find(self._queue(effect.queue_id, state).hours_arn, "hours of operation")
        return InHours(hours.open_at(self._clock.now()))

    def _check_metric(self, effect: CheckMetrics, state: ContactState) -> Result:
        figures = self._figures.figures(self._queue(effect.queue_id, state).arn)
        name = {
            "NumberOfAgentsAvailable": "agents_available",
            "NumberOfAgentsStaffed": "agents_staffed",
            "NumberOfAgentsOnline": "agents_online",
            "OldestContactInQueueAgeSeconds": "oldest_contact_age",
            "NumberOfContactsInQueue": "contacts_in_queue",
        }.get(effect.metric)
        if name is None:
            return Failed(f"{effect.metric} is not a metric of a queue")
        return MetricValue(figures[name])

    def _get_metrics(self, effect: GetMetrics, state: ContactState) -> Result:
        queue = self._queue(effect.queue_id, state)
        figures = self._figures.figures(queue.arn)
        about_queue = {
            "Name": queue.name,
            "ARN": queue.arn,
            "Size": figures["contacts_in_queue"],
            "OldestContactAge": figures["oldest_contact_age"],
        }
        if effect.channel is not None:
            behind = int(figures["contacts_in_queue"]) + 1
            about_queue |= self._wait("EstimatedWaitTime", queue, behind)
        return Metrics(
            {
                "Queue": about_queue,
                **self._about_contact(queue, state),
                "Agents": {
                    "Online": {"Count": figures["agents_online"]},
                    "Available": {"Count": figures["agents_available"]},
                    "Staffed": {"Count": figures["agents_staffed"]},
                    "AfterContactWork": {"Count": figures["agents_after_contact_work"]},
                    "Busy": {"Count": figures["agents_on_contact"]},
                },
            }
        )

    def _about_contact(self, queue: Queue, state: ContactState) -> dict[str, dict[str, float]]:
        position = self._figures.position(state.contact_id)
        if position is None or queue.arn != state.queue_arn:
            return {}
        return {"Contact": {"PositionInQueue": position, **self._wait("EstimatedWaitTime", queue, position)}}

    def _wait(self, name: str, queue: Queue, position: int) -> dict[str, float]:
        seconds = self._figures.expected_wait_seconds(queue, position)
        return {} if seconds is None else {name: seconds}

    def _select_queue(self, effect: SetTargetQueue, state: ContactState) -> Result:
        if effect.queue_id is None:
            return Failed("a contact goes to an agent through a queue of its routing profile here")
        queue = self._queue(effect.queue_id, state)
        return QueueSelected(queue.arn, queue.name)

    def _set_hook(self, effect: SetHook, state: ContactState) -> Result:
        del state
        self._registry.flows.find(effect.flow_id, "flow")
        return Done()

    def _queue(self, reference: str | None, state: ContactState) -> Queue:
        reference = reference or state.queue_arn
        if reference is None:
            raise ServiceError("InvalidRequestException", "the contact has no queue yet: set a target queue first")
        return self._registry.queues.find(reference, "queue")


def _refused(action: str) -> Failed:
    return Failed(f"the twin does not offer {action}")


def _plain(words: str) -> str:
    return re.sub(r"[^\w\s]", "", words.casefold()).strip()
