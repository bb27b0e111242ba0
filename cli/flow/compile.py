"""``trunkline flow compile``: the flows of a ``callcenter.yaml`` as files, and where each action comes from."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from cli.errors import UsageError
from cli.flow.local import compile_locally
from cli.formats import Format
from contactflow.compile import CompiledFlow, CompileError
from contactflow.model import FlowError, check_size
from trunkline.center import CenterError, CenterUnreadableError, KeyLines, locate_keys

SOURCES_FILE = "sources.json"


def compile(  # noqa: A001 - the command's name
    file: Annotated[Path, typer.Argument(help="The call centre to compile.")] = Path("callcenter.yaml"),
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Folder to write NAME.json and sources.json to. None: nothing is written."),
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="Text, or JSON with sizes and sources.")] = Format.TEXT,
) -> None:
    """Compile the IVR of a call centre into contact flows.

    Writes a JSON file in the Flow language for each flow and module, as it would be deployed but with
    placeholders such as ${queue.orders} in place of ARNs, and sources.json: for each flow and action the key of
    the YAML file that it comes from, and its line. The same file always gives the same bytes.

    Ends with 0 where all is well, 1 where the centre cannot become flows, 2 where its file cannot be read.

    For example:

    trunkline flow compile

    trunkline flow compile callcenter.yaml --output flows

    trunkline flow compile --format json
    """
    try:
        flows, lines = compile_locally(file), locate_keys(file)
    except CenterUnreadableError as error:
        _fail(str(error), 2)
    except CenterError as error:
        _fail(str(error), 1)
    except CompileError as error:
        _fail(f"{file}:{locate_keys(file)[error.path]}: {error}", 1)
    except FlowError as error:
        _fail(f"{file}: {error}", 1)
    written = [] if output is None else _write(flows, file, lines, output)
    if form is Format.JSON:
        print(json.dumps([_describe(flow, file, lines) for flow in flows], indent=2, ensure_ascii=False))
        return
    console = Console(soft_wrap=True, highlight=False)
    for flow in flows:
        characters = check_size(flow.content)
        actions = len(flow.content["Actions"])
        console.print(f"[bold]{flow.name}[/bold]  {flow.type}  {actions} actions, {characters:,} characters")
    for path in written:
        console.print(f"[green]✓[/green] {escape(str(path))}")


def list_sources(flow: CompiledFlow, lines: KeyLines) -> dict[str, dict[str, Any]]:
    """Return, for each action of a flow in the order of its text, the key that it comes from and its line."""
    names = [action["Identifier"] for action in flow.content["Actions"]]
    return {name: {"key": flow.sources[name], "line": lines[flow.sources[name]]} for name in names}


def _describe(flow: CompiledFlow, file: Path, lines: KeyLines) -> dict[str, Any]:
    return {
        "file": f"{file}:{flow.name}",
        "name": flow.name,
        "type": flow.type,
        "actions": len(flow.content["Actions"]),
        "characters": check_size(flow.content),
        "sources": list_sources(flow, lines),
    }


def _write(flows: Sequence[CompiledFlow], file: Path, lines: KeyLines, folder: Path) -> list[Path]:
    sources = {flow.name: list_sources(flow, lines) for flow in flows}
    contents: dict[str, Mapping[str, Any]] = {f"{flow.name}.json": flow.content for flow in flows}
    contents[SOURCES_FILE] = {"file": str(file), "flows": sources}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"{folder}: cannot be written: {error.strerror}", "Give --output a folder that can be written to."
        ) from error
    return [folder / name for name in contents]


def _fail(problem: str, code: int) -> None:
    Console(stderr=True, soft_wrap=True, highlight=False).print(f"[red]{escape(problem)}[/red]")
    sys.exit(code)
