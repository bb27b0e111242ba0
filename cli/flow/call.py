"""``trunkline flow call``: telephone any exported flow from the terminal."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from cli.errors import UsageError
from cli.flow.call_events import Screen, Transcript
from cli.flow.call_report import describe_call, print_end
from cli.flow.callers import Caller, TypingCaller, read_script
from cli.flow.inputs import CENTER, FlowFile, exit_code, print_problems, read_flows
from cli.flow.json_files import read_json_file
from cli.flow.known_flows import find_entry
from cli.flow.outputs import print_json
from cli.flow.phone import Phone
from cli.flow.telephone import telephone
from cli.formats import Format
from contactflow.run import ContactState

CALLER_NUMBER = "+12065550100"
CENTER_NUMBER = "+12065550199"
ANSWERS_MEND = "Give a JSON object of answers by function."


class Hours(StrEnum):
    """What the hours of operation answer."""

    OPEN = "open"
    CLOSED = "closed"


def call(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="An exported flow, a folder of them, or a callcenter.yaml.")
    ] = CENTER,
    others: Annotated[
        list[Path] | None,
        typer.Argument(metavar="MORE", help="More flows that this one goes on to, found by their names."),
    ] = None,
    flow: Annotated[
        str, typer.Option(metavar="NAME", help="Flow of PATH to call; the first that no other leads to, if not given.")
    ] = "",
    keys: Annotated[
        str | None,
        typer.Option(
            help="What the caller does, in order, with commas between: keys (1, 42#), t says nothing, h hangs up, a "
            "word is what a bot understands (OrderStatus:number=12), a: an agent answers, f: an outside call fails. "
            "Without it, you are asked."
        ),
    ] = None,
    function: Annotated[
        list[str] | None,
        typer.Option(
            help="What a Lambda function answers, as NAME=JSON; or NAME=error, timeout or denied. Functions without "
            "an answer fail, as the flow would see it."
        ),
    ] = None,
    functions: Annotated[Path | None, typer.Option(help="A JSON file of such answers, by name.")] = None,
    attribute: Annotated[list[str] | None, typer.Option(help="A contact attribute, as NAME=VALUE.")] = None,
    hours: Annotated[Hours, typer.Option(help="What hours of operation answer.")] = Hours.OPEN,
    language: Annotated[str, typer.Option(help="Language of the contact from the start, such as ko-KR.")] = "",
    number: Annotated[str, typer.Option(help="The caller's number.")] = CALLER_NUMBER,
    form: Annotated[Format, typer.Option("--format", help="Text as it happens, or one JSON object.")] = Format.TEXT,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Leave out settings, and the path at the end.")] = False,
) -> None:
    """Telephone a flow: hear what it says, press keys, and see the way that it took.

    Nothing is deployed and nobody is called: hours are open, queues have room, agents answer when you say so.

    Ends with 0 where the call came to an end, 1 where the flow broke off or went round in circles, 2 where a file could
    not be read.

    For example:

        trunkline flow call exported.json
        trunkline flow call exported.json --keys 1,2#,h
        trunkline flow call callcenter.yaml --keys 2,1 --function identify_caller='{"known": "false"}'
        trunkline flow call exported.json --keys t,t --hours closed --format json
    """
    answers = _read_answers(function, functions)
    attributes = dict(_pair(text, "--attribute") for text in attribute or ())
    files, more = read_flows([path]), read_flows(others) if others else []
    unreadable = print_problems([*files, *more])
    first, rest = _choose(files, flow)
    rest += [file for file in more if file.flow is not None]
    console = Console(soft_wrap=True, highlight=False)
    listener = Transcript() if form is Format.JSON else Screen(console, quiet=quiet)
    phone = Phone(_find_caller(keys, form, console), listener, answers, hours is Hours.OPEN)
    contact = ContactState(
        "telephoned",
        customer_address=number,
        system_address=CENTER_NUMBER,
        attributes=attributes,
        language_code=language or None,
    )
    called = telephone(first, rest, phone, contact)
    if form is Format.JSON:
        print_json(describe_call((first, *rest), called, listener, contact))
    else:
        print_end(console, (first, *rest), called, contact, quiet)
    raise typer.Exit(exit_code(unreadable, called.broke_off))


def _choose(files: Sequence[FlowFile], name: str) -> tuple[FlowFile, list[FlowFile]]:
    readable = [file for file in files if file.flow is not None]
    if not readable:
        raise typer.Exit(2)
    named = [file for file in readable if name in file.names]
    chosen = (named[0] if named else None) if name else find_entry(readable)
    if chosen is None:
        raise UsageError(
            f"--flow {name}: there is no such flow.", f"There are: {', '.join(file.name for file in readable)}."
        )
    return chosen, [file for file in readable if file is not chosen]


def _find_caller(keys: str | None, form: Format, console: Console) -> Caller:
    if keys is not None or form is Format.JSON:
        return read_script(keys or "")
    console.print("[dim]Type keys and press Enter; Enter alone says nothing, h hangs up.[/dim]")
    return TypingCaller(lambda text: console.input(f"  [bold]{escape(text)}[/bold]"), console.print)


def _read_answers(given: Sequence[str] | None, file: Path | None) -> Mapping[str, Any]:
    answers: dict[str, Any] = {}
    if file is not None:
        read = read_json_file(file, ANSWERS_MEND)
        if not isinstance(read, Mapping):
            raise UsageError(f"{file}: it is no JSON object.", ANSWERS_MEND)
        answers.update(read)
    for text in given or ():
        name, value = _pair(text, "--function")
        try:
            answers[name] = json.loads(value)
        except ValueError:
            answers[name] = value
    return answers


def _pair(text: str, option: str) -> tuple[str, str]:
    name, separator, value = text.partition("=")
    if not separator or not name:
        raise UsageError(f"{option} {text!r} has no name or no =.", f"Write {option} NAME=VALUE.")
    return name, value
