"""Names that stand for what a deployment creates, where flows are compiled without one."""

from __future__ import annotations

from collections.abc import Iterable

from contactflow.compile import InputKey, IvrResources
from trunkline.center import Center

from .ivr_document import entry_hours

FUNCTIONS = (
    "identify_caller",
    "answer_question",
    "route_call",
    "record_survey",
    "check_announcement",
    "check_input",
)
MODULES = ("announcement",)
FLOWS = ("queue_treatment", "survey")


def placeholder_resources(center: Center) -> IvrResources:
    """Return a placeholder for everything that a deployment would give its flows."""
    return IvrResources(
        functions=_named("function", FUNCTIONS),
        queues=_named("queue", center.queues),
        hours=f"${{hours.{entry_hours(center)}}}",
        flows=_named("flow", FLOWS),
        modules=_named("module", MODULES),
        bot_alias="${bot}",
        prompts=_named("prompt", center.ivr.prompts),
        input_key=InputKey("${input_key.id}", "${input_key.certificate}"),
    )


def _named(kind: str, names: Iterable[str]) -> dict[str, str]:
    return {name: f"${{{kind}.{name}}}" for name in names}
