"""``trunkline flow compile``: the flows of a ``callcenter.yaml`` as files, and where each action comes from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from cli.flow.inputs import CENTER
from cli.flow.local import compile_locally
from cli.flow.outputs import print_json, print_problem, write_file
from cli.formats import Format
from contactflow.compile import CompiledFlow, CompileError
from contactflow.model import FlowError, check_size
from trunkline.center import CenterError, CenterUnreadableError, KeyLines, locate_keys

SOURCES_FILE = "sources.json"


def compile(  # noqa: A001 - the command's name
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The call centre to compile.")] = CENTER,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="Folder to write NAME.json and sources.json to; nothing is written where none is given.",
        ),
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
        raise _fail(file, error, 2) from None
    except CenterError as error:
        raise _fail(file, error, 1) from None
    except CompileError as error:
        raise _fail(f"{file}:{locate_keys(file)[error.path]}", error, 1) from None
    except FlowError as error:
        raise _fail(file, error, 1) from None
    written = [] if output is None else _write(flows, file, lines, output)
    if form is Format.JSON:
        print_json([_describe(flow, file, lines) for flow in flows])
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
    for name, content in contents.items():
        write_file(folder / name, json.dumps(content, indent=2, ensure_ascii=False) + "\n")
    return [folder / name for name in contents]


def _fail(place: str | Path, error: Exception, code: int) -> typer.Exit:
    """Tell what is wrong and return the exit; the centre's own errors say where, line by line."""
    print_problem(str(place), str(error))
    return typer.Exit(code)
