"""The centre's own test cases, so that the files that run offline run in Amazon Connect as well."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aws_cdk import Stack
from aws_cdk.aws_connect import CfnHoursOfOperation, CfnTestCase
from constructs import Construct

from contactflow.compile import IvrResources
from contactflow.testing import TestCase, TestCaseError

from .plan import Plan
from .routing import Routing

FOLDER = Path("tests", "cases")
"""Where a centre's cases stand, beside its ``callcenter.yaml``; those in folders below it run offline alone."""

_DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
_PLACEHOLDER = re.compile(r"\$\{([a-z_]+(?:\.[^}]+)?)\}")


class CaseNotDeployableError(Exception):
    """A test case cannot be deployed: which, what is wrong, and how to mend it."""


class TestCases(Construct):
    """One ``AWS::Connect::TestCase`` for each file, and opening hours that do not depend on the time of day.

    Where the environment says so they are published, and can be started; nothing starts them by itself, and they
    cost nothing until then.
    Placeholders such as ``${queue.orders}`` become the ARNs of what is deployed.

    Parameters
    ----------
    scope, name
        Place in the tree.
    plan
        The centre and its folder.
    instance_arn
        The Amazon Connect instance.
    resources
        What its flows use, the flows themselves included.
    routing
        Its opening hours.

    Notes
    -----
    **Source**: AWS CloudFormation template reference, ``AWS::Connect::TestCase``: name up to 127 characters,
    content up to 256,000. Its schema's pattern for ``SourcePhoneNumber`` matches no telephone number (the backslashes
    in it are doubled), so a case's caller keeps the number that the service gives.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        plan: Plan,
        instance_arn: str,
        resources: IvrResources,
        routing: Routing,
    ) -> None:
        super().__init__(scope, name)
        self._instance_arn = instance_arn
        self._status = "PUBLISHED" if plan.settings.publish_test_cases else "SAVED"
        files = sorted((plan.folder / FOLDER).glob("*.json"))
        if not files:
            return
        hours = {
            "tests_always_open": self._hours("tests_always_open", plan.center.time_zone, _DAYS),
            "tests_never_open": self._hours("tests_never_open", plan.center.time_zone, ()),
        }
        arns = name_resources(resources, {**routing.hours, **hours})
        for file in files:
            self._case(file, arns)

    def _case(self, file: Path, arns: Mapping[str, str]) -> None:
        text = file.read_text(encoding="utf-8")
        try:
            case = TestCase.parse(text, name=file.stem)
            document = fill_placeholders(json.loads(text), arns)
        except (TestCaseError, CaseNotDeployableError) as error:
            raise CaseNotDeployableError(f"{file}: {error}") from None
        initial = document.get("InitializationData")
        CfnTestCase(
            self,
            f"Case-{file.stem}",
            instance_arn=self._instance_arn,
            name=case.name,
            description=case.description or None,
            status=self._status,
            entry_point=_entry_point(document),
            initialization_data=json.dumps(initial, ensure_ascii=False) if initial else None,
            content=Stack.of(self).to_json_string(document.get("Content", document)),
        )

    def _hours(self, name: str, time_zone: str, days: tuple[str, ...]) -> str:
        """Create hours that are open around the clock on ``days``.

        **Source**: Amazon Connect administrator guide, "Set the hours of operation" (midnight to midnight is a
        whole day).
        """
        midnight = CfnHoursOfOperation.HoursOfOperationTimeSliceProperty(hours=0, minutes=0)
        hours = CfnHoursOfOperation(
            self,
            f"Hours-{name}",
            instance_arn=self._instance_arn,
            name=name,
            description="For test cases only",
            time_zone=time_zone,
            config=[
                CfnHoursOfOperation.HoursOfOperationConfigProperty(day=day, start_time=midnight, end_time=midnight)
                for day in days
            ],
        )
        return hours.attr_hours_of_operation_arn


def name_resources(resources: IvrResources, hours: Mapping[str, str]) -> dict[str, str]:
    """Return ARNs by the placeholders that cases use, without ``${`` and ``}``."""
    kinds: dict[str, Mapping[str, str]] = {
        "function": resources.functions,
        "queue": resources.queues,
        "flow": resources.flows,
        "module": resources.modules,
        "prompt": resources.prompts,
        "hours": hours,
    }
    named = {f"{kind}.{key}": arn for kind, arns in kinds.items() for key, arn in arns.items()}
    return {**named, "bot": resources.bot_alias} if resources.bot_alias else named


def fill_placeholders(value: Any, arns: Mapping[str, str]) -> Any:
    """Return JSON values with ARNs in place of placeholders.

    Raises
    ------
    CaseNotDeployableError
        For a placeholder that stands for nothing.
    """
    if isinstance(value, str):
        return _PLACEHOLDER.sub(lambda found: _find(found[1], arns), value)
    if isinstance(value, Mapping):
        return {key: fill_placeholders(item, arns) for key, item in value.items()}
    if isinstance(value, list):
        return [fill_placeholders(item, arns) for item in value]
    return value


def _find(name: str, arns: Mapping[str, str]) -> str:
    try:
        return arns[name]
    except KeyError:
        kind = name.split(".", maxsplit=1)[0]
        known = ", ".join(f"${{{other}}}" for other in arns if other.split(".")[0] == kind)
        raise CaseNotDeployableError(
            f"${{{name}}} stands for nothing in callcenter.yaml. Use {known or 'another resource'}."
        ) from None


def _entry_point(document: Mapping[str, Any]) -> CfnTestCase.EntryPointProperty:
    """Return where the call comes in: the flow alone."""
    entry = document.get("EntryPoint", {})
    flow = entry.get("VoiceCallEntryPointParameters", {}).get("FlowId")
    if entry.get("Type") != "VOICE_CALL" or flow is None:
        raise CaseNotDeployableError("EntryPoint names no flow for a voice call. Use FlowId ${flow.inbound}.")
    parameters = CfnTestCase.VoiceCallEntryPointParametersProperty(flow_id=flow)
    return CfnTestCase.EntryPointProperty(type="VOICE_CALL", voice_call_entry_point_parameters=parameters)
