"""What an exploration says on the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.markup import escape

from cli.flow.inputs import FlowFile
from contactflow.explore import Exploration, Witness

ARROW = "  [dim]->[/dim]  "


def describe_file(file: FlowFile, found: Exploration) -> str:
    """Return one line for a flow, and below it what was found there, as rich markup."""
    return "\n".join((_summarise(file, found), *_list_details(file, found)))


def _summarise(file: FlowFile, found: Exploration) -> str:
    errors = len(found.dead_ends) + len(found.endless_loops)
    mark = "[red]✗[/red]" if errors else "[green]✓[/green]"
    counts = [
        f"{len(found.reached)} of {found.actions} actions reached",
        f"{found.covered} of {found.branches} branches taken",
        *_count(len(found.dead_ends), "dead end"),
        *_count(len(found.endless_loops), "endless loop"),
        *_count(len(found.silences), "silence"),
    ]
    return f"{mark} [bold]{escape(file.file)}[/bold]  {', '.join(counts)}"


def _list_details(file: FlowFile, found: Exploration) -> Iterator[str]:
    for end in found.dead_ends:
        yield _head("[red]dead end[/red]", _name(end.action, end.type), file, end.action)
        yield f"      {escape(end.why)}"
        yield _tell(end.witness)
    for loop in found.endless_loops:
        yield _head("[red]endless loop[/red]", escape(", ".join(loop.actions)), file, loop.actions[0])
        yield f"      {escape(loop.why)}"
        yield _tell(loop.witness)
    for silence in found.silences:
        yield _head("[yellow]silence[/yellow]", _name(silence.action, silence.type), file, silence.action)
        yield f"      {escape(silence.why)}"
        yield _tell(silence.witness)
    for entry in found.unreachable:
        yield _head("[yellow]unreachable[/yellow]", _name(entry.action, entry.type), file, entry.action)
        yield f"      {escape(entry.why)}"
    for bound in found.bounded:
        yield f"  [yellow]bounded[/yellow]  {escape(bound)}. Raise it with --max-states."


def _head(kind: str, named: str, file: FlowFile, action: str) -> str:
    source = file.sources.get(action)
    place = "" if source is None else f"  [dim]line {source.line}, {escape(source.key)}[/dim]"
    return f"  {kind}  {named}{place}"


def _name(action: str, action_type: str) -> str:
    return f"{escape(action)}  [dim]{escape(action_type)}[/dim]"


def _tell(witness: Witness) -> str:
    steps = [escape(step) for step in witness.steps] or ["at once, whatever the caller does"]
    doubt = "" if witness.certain else "  [yellow](uncertain: values were forgotten on the way)[/yellow]"
    return f"      [dim]how:[/dim] {ARROW.join(steps)}{doubt}"


def _count(number: int, noun: str) -> list[str]:
    return [f"{number} {noun}{'s' if number > 1 else ''}"] if number else []
