"""Test cases of calls that the twin saw, in the names of ``callcenter.yaml``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from cli.errors import UsageError
from cli.flow.local import compile_locally
from cli.flow.offline_center import ALWAYS_OPEN, NEVER_OPEN
from cli.session import Session
from contactflow.testing import write_case
from twin.connect import CaseRecorder, TrueContact

_PLACEHOLDER = re.compile(r"\$\{[\w.]+\}")


def write_cases(
    session: Session, recorder: CaseRecorder, center_file: Path, folder: Path, contacts: Sequence[str]
) -> list[Path]:
    """Write a test case of each call to ``<contact id>.json``; ``trunkline flow test`` runs them.

    Parameters
    ----------
    contacts
        Ids of contacts, or how they begin; none means all.

    Raises
    ------
    UsageError
        When no call has one of the ids.
    """
    chosen = _choose(session.network.ledger, contacts)
    names = dict(_names(session, center_file))
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for contact in chosen:
        number = session.network.registry.number_of(contact.system_number)
        case = write_case(
            recorder.events(contact.contact_id),
            name=f"{contact.outcome.replace('_', ' ')}, {contact.initiated_at:%Y-%m-%d %H:%M:%S}",
            description=f"A call on the twin, contact {contact.contact_id}.",
            flow_id=number.flow_arn if number else None,
            always_open=ALWAYS_OPEN,
            never_open=NEVER_OPEN,
        )
        path = folder / f"{contact.contact_id}.json"
        text = json.dumps(_rename(case, names), ensure_ascii=False, indent=2)
        path.write_text(f"{text}\n", encoding="utf-8")
        written.append(path)
    return written


def _choose(ledger: Sequence[TrueContact], contacts: Sequence[str]) -> list[TrueContact]:
    calls = [one for one in ledger if one.initiation_method == "INBOUND"]
    for wanted in contacts:
        if not any(one.contact_id.startswith(wanted) for one in calls):
            raise UsageError(f"no call has the contact id {wanted}", "look the ids up in the console, same seed")
    return [one for one in calls if not contacts or one.contact_id.startswith(tuple(contacts))]


def _names(session: Session, center_file: Path) -> Iterator[tuple[str, str]]:
    """Yield each deployed resource with its name: both flows have the same actions, one ARNs, the other names."""
    deployed = {flow.name: flow for flow in session.network.registry.flows.values()}
    for local in compile_locally(center_file):
        flow = deployed[local.name]
        yield flow.arn, f"${{{'module' if flow.kind == 'MODULE' else 'flow'}.{local.name}}}"
        yield from _match(local.content, json.loads(flow.content))


def _match(local: Any, deployed: Any) -> Iterator[tuple[str, str]]:
    if isinstance(local, dict):
        for key, value in local.items():
            yield from _match(value, deployed[key])
    elif isinstance(local, list):
        for one, other in zip(local, deployed, strict=True):
            yield from _match(one, other)
    elif isinstance(local, str) and _PLACEHOLDER.fullmatch(local):
        yield str(deployed), local


def _rename(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _rename(member, names) for key, member in value.items()}
    if isinstance(value, list):
        return [_rename(member, names) for member in value]
    return names.get(value, value) if isinstance(value, str) else value
