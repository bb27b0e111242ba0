"""``trunkline flow lint``: what goes wrong on the phone, found before anybody calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.errors import UsageError
from cli.flow.inputs import PATHS_HELP, FlowFile, exit_code, print_problems, read_flows
from cli.flow.known_flows import find_flows
from cli.flow.lint_lines import find_lines
from cli.flow.lint_report import print_findings, print_rules
from cli.flow.lint_sarif import describe_run
from cli.flow.outputs import print_json
from contactflow.lint import Finding, Rule, UnknownRuleError, choose_rules, lint_flow
from contactflow.model import Flow

CONFIGURED = ("hard-coded-arn", "hard-coded-number", "hard-coded-account")
"""Rules for flows that are edited by hand: what is compiled has its numbers from the configuration."""


class LintFormat(StrEnum):
    """Text for people, JSON for programs, SARIF for code review."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"


@dataclass(frozen=True)
class FileFinding:
    """A finding, and where it stands: in a file, on a line, under a key where the flow was compiled."""

    file: str
    finding: Finding
    line: int | None = None
    key: str | None = None

    def serialise(self) -> dict[str, Any]:
        """Return it as JSON-compatible values; line and key only where they are known."""
        places = {"line": self.line, "key": self.key}
        return {
            "file": self.file,
            **asdict(self.finding),
            **{name: place for name, place in places.items() if place is not None},
        }


def lint(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="PATH", help=PATHS_HELP)] = None,
    form: Annotated[
        LintFormat, typer.Option("--format", help="Text, a JSON list of findings, or SARIF 2.1.0.")
    ] = LintFormat.TEXT,
    rule: Annotated[list[str] | None, typer.Option(metavar="RULE", help="Only this rule. Repeatable.")] = None,
    ignore: Annotated[list[str] | None, typer.Option(metavar="RULE", help="All but this rule. Repeatable.")] = None,
    complete: Annotated[
        bool,
        typer.Option(
            "--complete",
            help="The paths are all flows there are: what none of them sets is certainly never set.",
        ),
    ] = False,
    rules: Annotated[bool, typer.Option("--rules", help="List the rules with their reasons, and end.")] = False,
) -> None:
    """Find what goes wrong on the phone before anybody calls.

    An error: the service refuses the flow, or a caller is lost or harmed. A warning: it goes wrong in a case that
    will come. A note: right only if something holds that the flow does not show. Every rule is explained in
    docs/flow-lint.md.

    Ends with 0 where there is no error, 1 where there are errors, 2 where a file could not be read (the others are
    linted all the same).

    For example:

        trunkline flow lint exported.json
        trunkline flow lint exports/ --ignore hard-coded-arn --format sarif > flows.sarif
        trunkline flow lint callcenter.yaml --rule menu-without-answer
    """
    chosen = _choose(rule or [], ignore or [])
    if rules:
        print_rules(chosen)
        return
    files = read_flows(paths or [])
    unreadable = print_problems(files)
    found = lint_files(files, chosen, complete=complete)
    if form is LintFormat.TEXT:
        print_findings(found, sum(file.flow is not None for file in files))
    else:
        serialised = [one.serialise() for one in found]
        print_json(serialised if form is LintFormat.JSON else describe_run(serialised, chosen, files))
    raise typer.Exit(exit_code(unreadable, any(one.finding.severity == "error" for one in found)))


def lint_files(files: Sequence[FlowFile], rules: Sequence[Rule], *, complete: bool = False) -> list[FileFinding]:
    """Return what ``rules`` find in the flows that could be read, each linted with the others around it."""
    around = find_flows(files)
    return [found for file in files for found in _lint_file(file, rules, around, complete=complete)]


def _lint_file(
    file: FlowFile, rules: Sequence[Rule], around: Mapping[str, Flow], *, complete: bool
) -> list[FileFinding]:
    if file.flow is None:
        return []
    compiled = bool(file.sources)
    asked = [one for one in rules if not (compiled and one.id in CONFIGURED)]
    whole = complete or compiled
    findings = lint_flow(file.flow, flows=around, flow_type=file.type, complete=whole, rules=asked)
    lines = {} if compiled or not findings else find_lines(file.path, file.flow)
    return [_place(file, finding, lines) for finding in findings]


def _place(file: FlowFile, finding: Finding, lines: Mapping[str, int]) -> FileFinding:
    source = file.sources.get(finding.action or "")
    if source is not None:
        return FileFinding(file.file, finding, source.line, source.key)
    return FileFinding(file.file, finding, lines.get(finding.action or ""))


def _choose(wanted: list[str], ignored: list[str]) -> tuple[Rule, ...]:
    try:
        return choose_rules(wanted, ignored)
    except UnknownRuleError as error:
        raise UsageError(str(error), "trunkline flow lint --rules lists them with their reasons.") from error
