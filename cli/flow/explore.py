"""``trunkline flow explore``: every way through a flow, and what is wrong on it."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from cli.flow.explore_report import describe_file
from cli.flow.inputs import PATHS_HELP, FlowFile, exit_code, print_problems, read_flows
from cli.flow.known_flows import find_flows
from cli.flow.outputs import print_json
from cli.formats import Format
from contactflow.explore import Bounds, Exploration, Witness, WitnessStep, explore_flow
from contactflow.model import Flow

DEFAULT_STATES = Bounds().max_states


@dataclass(frozen=True)
class Explored:
    """A flow, what was found in it, and the processor seconds that took."""

    file: FlowFile
    found: Exploration
    seconds: float


def explore(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="PATH", help=PATHS_HELP)] = None,
    form: Annotated[
        Format, typer.Option("--format", help="Text, or a JSON list with one object a flow.")
    ] = Format.TEXT,
    max_states: Annotated[
        int,
        typer.Option(
            min=1,
            help="Situations that are told apart in a flow. Beyond, attribute values are forgotten, and that is said.",
        ),
    ] = DEFAULT_STATES,
) -> None:
    """Walk every branch that any key, word, silence, event or failure could take, and tell what is wrong there.

    Reports actions that nothing reaches, dead ends (the line goes dead because nothing follows), endless loops (the
    service would stop them, or a silent caller never gets out), and silences (the line goes dead without a word, or
    is quiet for long). Each comes with the shortest way that leads there: "presses 3", "says nothing",
    "function route_call fails". --format json has the same way as answers that a program can play again.

    Flows that are given together are followed into each other, modules too: a folder of exports, or all flows of a
    callcenter.yaml. Of a flow that is not given, every outcome is taken. Attributes are remembered along the way:
    two branches that exclude each other are never taken in one call.

    Ends with 0 where there is no dead end and no endless loop, 1 where there is one, 2 where a file could not be read.

    For example:

        trunkline flow explore
        trunkline flow explore exports/ --format json
        trunkline flow explore inbound.json --max-states 100000
    """
    files = read_flows(paths or ())
    unreadable = print_problems(files)
    flows = find_flows(files)
    explored = _explore_all([file for file in files if file.flow is not None], flows, Bounds(max_states), form)
    if form is Format.JSON:
        print_json([describe_exploration(one) for one in explored])
    errors = any(one.found.dead_ends or one.found.endless_loops for one in explored)
    raise typer.Exit(exit_code(unreadable, errors))


def _explore_all(files: Sequence[FlowFile], flows: Mapping[str, Flow], bounds: Bounds, form: Format) -> list[Explored]:
    explored = []
    output = Console(soft_wrap=True, highlight=False)
    with Console(stderr=True).status("") as status:
        for number, file in enumerate(files, start=1):
            named = f"{file.file} ({number} of {len(files)})"
            status.update(named)

            def tell(states: int, named: str = named) -> None:
                status.update(f"{named}: {states} situations")

            started = time.process_time()
            assert file.flow is not None
            found = explore_flow(
                file.flow,
                flows=flows,
                flow_type=file.type or None,
                bounds=bounds,
                progress=tell,
            )
            explored.append(Explored(file, found, time.process_time() - started))
            if form is Format.TEXT:
                output.print(describe_file(file, found))
    return explored


def describe_exploration(explored: Explored) -> dict[str, Any]:
    """Return an exploration as the JSON form that docs/flow-explore.md documents."""
    file, found = explored.file, explored.found
    return {
        "file": file.file,
        "actions": found.actions,
        "reached": len(found.reached),
        "unreachable": [{**asdict(entry), **_place(file, entry.action)} for entry in found.unreachable],
        "branches": found.branches,
        "covered": found.covered,
        "uncovered": [{"action": action, "branch": branch} for action, branch in found.uncovered],
        "dead_ends": [
            {
                "action": end.action,
                "type": end.type,
                "branch": end.branch,
                "why": end.why,
                **_place(file, end.action),
                "witness": describe_witness(end.witness),
            }
            for end in found.dead_ends
        ],
        "endless_loops": [
            {
                "kind": loop.kind,
                "actions": list(loop.actions),
                "why": loop.why,
                **_place(file, loop.actions[0]),
                "witness": describe_witness(loop.witness),
            }
            for loop in found.endless_loops
        ],
        "silences": [
            {
                "kind": silence.kind,
                "action": silence.action,
                "type": silence.type,
                "why": silence.why,
                **_place(file, silence.action),
                "witness": describe_witness(silence.witness),
            }
            for silence in found.silences
        ],
        "states": found.states,
        "bounded": list(found.bounded),
        "seconds": round(explored.seconds, 4),
    }


def describe_witness(witness: Witness) -> dict[str, Any]:
    """Return a witness as JSON-compatible values."""
    return {
        "steps": list(witness.steps),
        "contact": dict(witness.contact),
        "path": [_describe_step(step) for step in witness.path],
        "round": [_describe_step(step) for step in witness.round],
        "certain": witness.certain,
    }


def _describe_step(step: WitnessStep) -> dict[str, Any]:
    answer = None if step.result is None else {"result": type(step.result).__name__, **asdict(step.result)}  # type: ignore[call-overload]
    return {"flow": step.flow_id, "action": step.action_id, "branch": step.branch, "answer": answer}


def _place(file: FlowFile, action: str) -> dict[str, Any]:
    source = file.sources.get(action)
    return {} if source is None else source.serialise()
