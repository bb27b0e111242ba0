"""``trunkline flow draw``: pictures of flows, with what tests or a call went through."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from cli.errors import UsageError
from cli.flow.inputs import FlowFile, exit_code, print_problems, read_flows
from contactflow.draw import LANGUAGES, Language, OverlayError, draw_mermaid, draw_svg

_UNSAFE = re.compile(r"[^\w.-]+")


def draw(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Exported flows, folders of them, or a callcenter.yaml. None: ./callcenter.yaml."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Folder to write to, or the file of a single picture. - is the terminal."),
    ] = None,
    mermaid: Annotated[bool, typer.Option("--mermaid", help="Write Mermaid text instead of SVG.")] = False,
    coverage: Annotated[
        Path | None, typer.Option(help="Coverage that `trunkline flow test --coverage` wrote: what is untested is red.")
    ] = None,
    path: Annotated[
        Path | None,
        typer.Option(help="A call to show: a JSON list of action identifiers, or flow log entries, one a line."),
    ] = None,
    language: Annotated[str, typer.Option(help="Language of the picture's own words: en or ko.")] = "en",
    unfolded: Annotated[bool, typer.Option("--unfolded", help="A box for every action, a line for every way.")] = False,
) -> None:
    """Draw flows as SVG or Mermaid, readable from left to right."""
    spoken = _read_language(language)
    counts = _read_coverage(coverage)
    call = _read_call(path)
    files = read_flows(paths or ())
    unreadable = print_problems(files)
    readable = [file for file in files if file.flow is not None]
    names = _name_pictures(readable, "mmd" if mermaid else "svg", output)
    for file in readable:
        try:
            text = _draw(file, spoken, counts, call, mermaid=mermaid, fold=not unfolded)
        except OverlayError as error:
            raise UsageError(f"{coverage}: {error}", "Give the file that --coverage of flow test wrote.") from error
        _write(text, names[file.file])
    sys.exit(exit_code(unreadable, errors=False))


def _draw(
    file: FlowFile,
    language: Language,
    counts: Mapping[str, Any] | None,
    call: Sequence[tuple[str | None, str]],
    *,
    mermaid: bool,
    fold: bool,
) -> str:
    assert file.flow is not None
    told = None if counts is None else counts.get(file.name, {"actions": {}, "branches": {}})
    steps = [action for flow, action in call if flow in {None, file.name}]
    if mermaid:
        return draw_mermaid(file.flow, title=file.name, language=language, coverage=told, path=steps)
    sources = {action: f"{file.file.rpartition(':')[0]}:{one.line} {one.key}" for action, one in file.sources.items()}
    return draw_svg(
        file.flow, title=file.name, language=language, coverage=told, path=steps, sources=sources, fold=fold
    )


def _read_language(text: str) -> Language:
    for language in LANGUAGES:
        if text == language:
            return language
    raise UsageError(f"There is no language {text!r} to draw in.", f"Give one of {', '.join(LANGUAGES)}.")


def _read_coverage(path: Path | None) -> Mapping[str, Any] | None:
    if path is None:
        return None
    document = _read_json(path)
    flows = document.get("flows") if isinstance(document, Mapping) else None
    if not isinstance(flows, Mapping):
        raise UsageError(f"{path}: there is no coverage in it.", "Give the file that --coverage of flow test wrote.")
    return flows


def _read_call(path: Path | None) -> list[tuple[str | None, str]]:
    """Read the actions that a call ran, each with its flow where that is told."""
    if path is None:
        return []
    text = _read_text(path)
    try:
        entries = (
            json.loads(text) if text.lstrip().startswith("[") else [json.loads(line) for line in text.splitlines()]
        )
    except ValueError as error:
        raise UsageError(
            f"{path}: it is not JSON: {error}.", "Give a list of identifiers, or flow log entries."
        ) from error
    told = [(None, entry) if isinstance(entry, str) else _read_entry(entry) for entry in entries]
    return [(flow, action) for flow, action in told if action]


def _read_entry(entry: Any) -> tuple[str | None, str]:
    """Return flow and action of a flow log entry.

    **Source**: Amazon Connect administrator guide, "Enable flow logs" (ContactFlowName, Identifier).
    """
    if not isinstance(entry, Mapping):
        return None, ""
    name = entry.get("ContactFlowName")
    return (str(name) if name else None), str(entry.get("Identifier", ""))


def _read_json(path: Path) -> Any:
    try:
        return json.loads(_read_text(path))
    except ValueError as error:
        raise UsageError(f"{path}: it is not JSON: {error}.", "Write it again.") from error


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: it cannot be read: {error}.", "Name a file of text.") from error


def _name_pictures(files: Sequence[FlowFile], suffix: str, output: Path | None) -> dict[str, Path | None]:
    """Return where each picture is written; None for the terminal."""
    if output == Path("-") or (output is None and len(files) == 1):
        return {file.file: None for file in files}
    single = output is not None and output.suffix in {".svg", ".mmd", ".md"} and not output.is_dir()
    if single and len(files) > 1:
        raise UsageError(f"There are {len(files)} flows for one file, {output}.", "Give a folder with --output.")
    if single:
        return {file.file: output for file in files}
    folder = output or Path()
    names: dict[str, Path | None] = {}
    for file in files:
        stem = _UNSAFE.sub("-", file.name).strip("-.") or "flow"
        taken = {path.name.casefold() for path in names.values() if path is not None}
        name, number = f"{stem}.{suffix}", 2
        while name.casefold() in taken:
            name, number = f"{stem}-{number}.{suffix}", number + 1
        names[file.file] = folder / name
    return names


def _write(text: str, path: Path | None) -> None:
    if path is None:
        sys.stdout.write(text)
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path}: it cannot be written: {error.strerror}.", "Name another with --output.") from error
    Console(stderr=True, soft_wrap=True, highlight=False).print(escape(str(path)))
