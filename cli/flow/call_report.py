"""What is told of a telephoned flow once it is over.

The JSON form is an object: ``file``, ``flow``, ``ending`` (see :data:`ENDINGS`), ``queue``, ``attributes``, ``events``
(``kind``, ``text`` and details, see :class:`~cli.flow.call_events.CallEvent`) and ``path`` (``flow``, ``action``,
``type``, ``branch``, ``next``, ``results``, and ``key`` and ``line`` for what comes from a ``callcenter.yaml``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape

from cli.flow.call_events import Transcript
from cli.flow.inputs import FlowFile
from cli.flow.phone_words import name_action
from cli.flow.telephone import TelephonedCall
from contactflow.model.names import name_resource
from contactflow.run import ContactState, StepTaken

ENDINGS = {
    "flow": "The flow hangs up.",
    "ended": "The flow ends.",
    "queued": "The caller waits in the queue.",
    "transferred": "The caller is with somebody else now.",
    "dequeued": "The caller talks to an agent.",
    "hung_up": "The caller has hung up.",
    "no_next_action": "The flow breaks off: there is no action to go on with.",
    "endless": "The flow goes round in circles without the caller: it is stopped.",
}
"""How a call may end, and what that means."""


def print_end(
    console: Console, files: Sequence[FlowFile], called: TelephonedCall, contact: ContactState, quiet: bool
) -> None:
    """Print how a call ended, what it left on the contact and, where not ``quiet``, the way that it took."""
    console.print(f"[bold]■ {escape(ENDINGS[called.ending])}[/bold]")
    if contact.attributes:
        told = ", ".join(f"{name} = {value}" for name, value in contact.attributes.items())
        console.print(f"[dim]  Attributes: {escape(told)}[/dim]")
    if quiet:
        return
    console.print(f"\n[bold]The path: {len(called.path)} actions[/bold]")
    width = max((len(name_action(step.action_id)) for step in called.path), default=0)
    for step in called.path:
        place = _locate(files, step)
        console.print(
            f"  {escape(name_action(step.action_id).ljust(width))}  [dim]{escape(step.type.ljust(30))}[/dim]  → "
            f"[{'red' if 'error' in step.results else 'green'}]{escape(step.branch)}[/]"
            + (f"  [dim]line {place['line']}, {escape(place['key'])}[/dim]" if place else "")
        )


def describe_call(
    files: Sequence[FlowFile], called: TelephonedCall, transcript: Transcript, contact: ContactState
) -> dict[str, Any]:
    """Return a call as JSON-compatible values: its ending, attributes, events and path."""
    return {
        "file": files[0].file,
        "flow": files[0].name,
        "ending": called.ending,
        "queue": contact.queue_name or (name_resource(contact.queue_arn) if contact.queue_arn else None),
        "attributes": contact.attributes,
        "events": [{"kind": event.kind, "text": event.text, **event.details} for event in transcript.events],
        "path": [
            {
                "flow": step.flow_id,
                "action": step.action_id,
                "type": step.type,
                "branch": step.branch,
                "next": step.next_action,
                "results": dict(step.results),
                **_locate(files, step),
            }
            for step in called.path
        ],
    }


def _locate(files: Sequence[FlowFile], step: StepTaken) -> dict[str, Any]:
    """Return where an action comes from, nothing where it was not compiled."""
    for file in files:
        source = file.sources.get(step.action_id) if name_resource(step.flow_id) == file.name else None
        if source is not None:
            return source.serialise()
    return {}
