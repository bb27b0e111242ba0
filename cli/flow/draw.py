"""``trunkline flow draw``: pictures of flows, with what tests or a call went through."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from cli.errors import UsageError
from cli.flow.inputs import PATHS_HELP, FlowFile, exit_code, print_problems, read_flows
from cli.flow.json_files import parse_json, read_bytes, read_json_file
from cli.flow.outputs import write_file
from contactflow.draw import LANGUAGES, Language, OverlayError, draw_mermaid, draw_svg

COVERAGE_MEND = "Give the file that trunkline flow test --coverage FILE wrote."
CALL_MEND = "Give a JSON list of action identifiers, or flow log entries, one a line."
_UNSAFE = re.compile(r"[^\w.-]+")


def draw(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="PATH", help=PATHS_HELP)] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Folder to write to, or the file of a single picture. - is the terminal."),
    ] = None,
    mermaid: Annotated[bool, typer.Option("--mermaid", help="Write Mermaid text instead of SVG.")] = False,
    coverage: Annotated[
        Path | None, typer.Option(help="What trunkline flow test --coverage FILE wrote: what is untested is red.")
    ] = None,
    path: Annotated[
        Path | None,
        typer.Option(help="A call to show: a JSON list of action identifiers, or flow log entries, one a line."),
    ] = None,
    language: Annotated[str, typer.Option(help="Language of the picture's own words: en or ko.")] = "en",
    unfolded: Annotated[bool, typer.Option("--unfolded", help="A box for every action, a line for every way.")] = False,
) -> None:
    """Draw flows as SVG or Mermaid, readable from left to right.

    What always follows one another shares a box, and so do the variants of one prompt. A single flow is written to the
    terminal, several as NAME.svg into this folder, unless --output says otherwise.

    Ends with 0 where every flow was drawn, 2 where a file could not be read (the others are drawn all the same).

    For example:

        trunkline flow draw exported.json > exported.svg
        trunkline flow draw callcenter.yaml --coverage coverage.json --output pictures
        trunkline flow draw exported.json --mermaid --language ko
    """
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
            raise UsageError(
                f"{coverage}: {error}", "Give the file that trunkline flow test --coverage FILE wrote."
            ) from error
        _write(text, names[file.file])
    raise typer.Exit(exit_code(unreadable, errors=False))


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
    sources = {action: f"{file.path}:{one.line} {one.key}" for action, one in file.sources.items()}
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
    document = read_json_file(path, COVERAGE_MEND)
    flows = document.get("flows") if isinstance(document, Mapping) else None
    if not isinstance(flows, Mapping):
        raise UsageError(f"{path}: there is no coverage in it.", COVERAGE_MEND)
    return flows


def _read_call(path: Path | None) -> list[tuple[str | None, str]]:
    """Read the actions that a call ran, each with its flow where that is told."""
    if path is None:
        return []
    text = read_bytes(path, CALL_MEND)
    entries = parse_json(path, text, CALL_MEND) if text.lstrip().startswith(b"[") else _read_lines(path, text)
    told = [(None, entry) if isinstance(entry, str) else _read_entry(entry) for entry in entries]
    steps = [(flow, action) for flow, action in told if action]
    if not steps:
        raise UsageError(f"{path}: there is no action in it.", CALL_MEND)
    return steps


def _read_lines(path: Path, text: bytes) -> list[Any]:
    return [parse_json(path, line, CALL_MEND) for line in text.splitlines() if line.strip()]


def _read_entry(entry: Any) -> tuple[str | None, str]:
    """Return flow and action of a flow log entry.

    **Source**: Amazon Connect administrator guide, "Enable flow logs" (ContactFlowName, Identifier).
    """
    if not isinstance(entry, Mapping):
        return None, ""
    name = entry.get("ContactFlowName")
    return (str(name) if name else None), str(entry.get("Identifier", ""))


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
    write_file(path, text)
    Console(stderr=True, soft_wrap=True, highlight=False).print(escape(str(path)))
