"""Who watches calls from the caller's side, if anybody does."""

from __future__ import annotations

from collections.abc import Callable

from contactflow.run.effects import CheckHours, Effect, FunctionFailed, FunctionResult, InHours, InvokeFunction, Result
from contactflow.testing.events import CallEvent, FunctionAnswered, HoursChecked

Observer = Callable[[str, CallEvent], None]
"""Told of a contact's id and what happened to it."""


class Witness:
    """Passes on what callers hear and do, and what their flows were answered; nothing while nobody watches."""

    def __init__(self) -> None:
        self._observers: list[Observer] = []
        self._closed: set[str] = set()

    def add(self, observer: Observer) -> None:
        """Tell ``observer`` of everything from now on."""
        self._observers.append(observer)

    def happened(self, contact_id: str, event: CallEvent) -> None:
        """Pass an event on."""
        for observer in () if contact_id in self._closed else self._observers:
            observer(contact_id, event)

    def close(self, contact_id: str) -> None:
        """Pass nothing more on of a contact: what follows cannot be brought about again."""
        if self._observers:
            self._closed.add(contact_id)

    def answered(self, contact_id: str, effect: Effect, result: Result) -> None:
        """Pass on what a function or a calendar answered a flow."""
        if self._observers:
            event = _event_of(effect, result)
            if event is not None:
                self.happened(contact_id, event)


def _event_of(effect: Effect, result: Result) -> CallEvent | None:
    match effect, result:
        case InvokeFunction(arn=arn), FunctionResult(value=value):
            return FunctionAnswered(arn, value)
        case InvokeFunction(arn=arn), FunctionFailed(kind=kind):
            return FunctionAnswered(arn, timed_out=kind == "timeout")
        case CheckHours(hours_id=str(hours_id)), InHours(open=is_open):
            return HoursChecked(hours_id, is_open)
    return None
