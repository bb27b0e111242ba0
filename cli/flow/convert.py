"""``trunkline flow convert``: the console's legacy exports become flows in the Flow language."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from cli.errors import UsageError
from cli.flow.inputs import FlowFile, exit_code, print_problems, read_flows
from cli.flow.outputs import print_json, write_file
from cli.formats import Format
from contactflow.model import Conversion

BESIDE_SUFFIX = ".converted.json"


def convert(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH", help="Legacy exports (JSON with modules), or folders of them.")
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="Folder to write to; NAME.converted.json beside each export where none is given."
        ),
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="Text, or a JSON list of what was converted.")] = Format.TEXT,
) -> None:
    """Convert flows that the console exported in its legacy format, and tell what could not be.

    A block without an equivalent is kept whole as an action Legacy<its type>: it can be read and drawn, it takes its
    error branch where the flow is run, and Amazon Connect refuses to publish it until it is replaced. Where only a
    setting is lost, the block is converted without it. Flows in the Flow language are passed over.

    Ends with 0 where everything was converted, 1 where something was not, 2 where a file could not be read or written.

    For example:

        trunkline flow convert inbound.json
        trunkline flow convert exports/ --output converted
    """
    files = read_flows(paths)
    unreadable = print_problems(file for file in files if file.conversion is None)
    legacy = [(file, file.conversion) for file in files if file.conversion is not None]
    outputs = _choose_outputs([file for file, _ in legacy], paths, output)
    reports = [_convert(file, conversion, path) for (file, conversion), path in zip(legacy, outputs, strict=True)]
    if form is Format.JSON:
        print_json(reports)
    else:
        _print(reports, [file for file in files if file.flow is not None and file.conversion is None])
    raise typer.Exit(exit_code(unreadable, any(report["not_converted"] for report in reports)))


def _choose_outputs(files: list[FlowFile], paths: Sequence[Path], folder: Path | None) -> list[Path]:
    """Return where each file's conversion goes, before the first is written."""
    chosen = [_choose_output(file, paths, folder) for file in files]
    for index, path in enumerate(chosen):
        if path in chosen[:index]:
            first = files[chosen.index(path)].file
            raise UsageError(f"{first} and {files[index].file} would both become {path}.", "Convert them one by one.")
    return chosen


def _choose_output(file: FlowFile, paths: Sequence[Path], folder: Path | None) -> Path:
    """Return where to write: beside the export, or in ``folder`` under the path that it has in the folder given."""
    source = Path(file.file)
    if folder is None:
        return source.with_name(source.stem + BESIDE_SUFFIX)
    root = next((path for path in paths if path.is_dir() and source.is_relative_to(path)), source.parent)
    chosen = folder / source.relative_to(root)
    if chosen.resolve() == source.resolve():
        raise UsageError(f"{source} would be overwritten by its own conversion.", "Choose another folder for --output.")
    return chosen


def _convert(file: FlowFile, conversion: Conversion, path: Path) -> dict[str, Any]:
    text = json.dumps(conversion.flow.serialise(), indent=2, ensure_ascii=False)
    write_file(path, text + "\n")
    return {
        "file": file.file,
        "output": str(path),
        "modules": len(conversion.flow.actions),
        "converted": conversion.converted,
        "not_converted": [
            {"module": lost.module_id, "type": lost.type, "reason": lost.reason} for lost in conversion.not_converted
        ],
    }


def _print(reports: list[dict[str, Any]], passed_over: list[FlowFile]) -> None:
    console = Console(soft_wrap=True, highlight=False)
    for file in passed_over:
        console.print(f"[dim]{escape(file.file)} is in the Flow language already[/dim]")
    for report in reports:
        mark = "[yellow]![/yellow]" if report["not_converted"] else "[green]✓[/green]"
        console.print(
            f"{mark} [bold]{escape(report['file'])}[/bold] → {escape(report['output'])}: "
            f"{report['converted']} of {report['modules']} blocks converted"
        )
        for lost in report["not_converted"]:
            console.print(
                f"    {escape(lost['module'])}  [cyan]{escape(lost['type'])}[/cyan]  {escape(lost['reason'])}"
            )
