"""``trunkline history``: saved queries over history, offline or deployed, and its backfill."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.errors import UsageError
from cli.help import write_help
from cli.synthesis import ROOT
from trunkline.history.queries import QueryError, SavedQuery, Value, read_queries

QUERIES = ROOT / "infra" / "queries"
PRICES = ROOT / "layers" / "trunkline" / "python" / "trunkline" / "billing" / "prices.json"
_ONE_DAY = timedelta(days=1)


class TableFormat(StrEnum):
    """A table for people, JSON for programs, CSV for spreadsheets."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


def build_history_app() -> typer.Typer:
    """Return the command group."""
    app = typer.Typer(help="Ask what happened, in files of columns: offline by DuckDB, deployed by Athena.")
    app.callback()(lambda: None)
    app.command("queries", help=write_help(list_queries))(list_queries)
    app.command("query", help=write_help(query))(query)
    app.command("backfill", help=write_help(backfill))(backfill)
    return app


def list_queries() -> None:
    """List the saved queries, with what each tells."""
    from rich.console import Console
    from rich.table import Table

    table = Table("Query", "Tells", "Asks")
    for saved in read_queries(QUERIES).values():
        asked = [name for name in dict.fromkeys(saved.names) if name.endswith("_day")]
        table.add_row(saved.name, saved.tells, ", ".join(asked))
    Console(highlight=False).print(table)


def query(
    name: Annotated[str, typer.Argument(help="Which; `trunkline history queries` lists them.")],
    first: Annotated[str, typer.Option("--from", help="First day on the centre's calendar, YYYY-MM-DD.")],
    last: Annotated[str | None, typer.Option("--to", help="Last day, included; the first where absent.")] = None,
    compare_from: Annotated[
        str | None, typer.Option(help="First day to compare with; as many days before where absent.")
    ] = None,
    folder: Annotated[Path | None, typer.Option(help="A copy of the bucket, asked by DuckDB.")] = None,
    stack: Annotated[str, typer.Option(help="The deployed centre, asked by Athena.")] = "Trunkline-dev-Center",
    center: Annotated[Path, typer.Option(help="The call centre: time zone and prices.")] = Path("callcenter.yaml"),
    output: Annotated[TableFormat, typer.Option("--format", help="Table, JSON or CSV.")] = TableFormat.TEXT,
) -> None:
    """Run a saved query over some days."""
    known = read_queries(QUERIES)
    if name not in known:
        raise UsageError(f"there is no query {name}", f"Choose one of {', '.join(known)}.")
    constants = _read_constants(center)
    asked = _asked_days(_read_day(first), _read_day(last or first), _read_day(compare_from) if compare_from else None)
    saved = known[name]
    try:
        sql, parameters = saved.write(constants), saved.parameters(constants, asked)
    except QueryError as error:
        raise UsageError(str(error), "Give the days that it asks.") from error
    columns, rows = _ask_folder(saved, sql, parameters, folder) if folder else _ask_stack(stack, sql, parameters)
    _print(columns, rows, output)


def backfill(
    file: Annotated[Path, typer.Argument(help="Contact records, one JSON object a line.")],
    into: Annotated[Path | None, typer.Option(help="Folder to write Parquet into.")] = None,
    stack: Annotated[str, typer.Option(help="The deployed centre, where no folder is given.")] = "Trunkline-dev-Center",
    center: Annotated[Path, typer.Option(help="Departments and targets that hold.")] = Path("callcenter.yaml"),
) -> None:
    """Add contact records of a file to history, with today's columns; doing so twice changes no answer.

    Ends with 0, with 1 where lines were rejected, which are named; the others are added.
    """
    from cli.history_backfill import backfill_folder, backfill_stack

    document = _read_document(center)
    done = backfill_folder(file, document, into) if into else backfill_stack(file, document, stack)
    for problem in done.problems:
        typer.echo(problem, err=True)
    typer.echo(f"{done.rows} contact records added, {len(done.problems)} rejected")
    raise typer.Exit(1 if done.problems else 0)


def _ask_folder(
    saved: SavedQuery, sql: str, parameters: Sequence[str], folder: Path
) -> tuple[list[str], list[tuple[Any, ...]]]:
    from cli.history_files import open_folder
    from twin.cloud.athena.engine import SqlError, ask
    from twin.cloud.athena.parameters import substitute

    try:
        answer = ask(substitute(sql, parameters), open_folder(folder))
    except SqlError as error:
        raise UsageError(f"query {saved.name}: {error}", f"Mend infra/queries/{saved.name}.sql.") from error
    return [column for column, _ in answer.columns], answer.rows


def _ask_stack(stack: str, sql: str, parameters: Sequence[str]) -> tuple[list[str], list[tuple[Any, ...]]]:
    import boto3

    from cli.history_stack import DeployedHistory

    deployed = DeployedHistory.find(boto3.client("cloudformation"), stack)
    return deployed.ask(boto3.client("athena"), sql, parameters)


def _asked_days(first: date, last: date, compare_from: date | None) -> dict[str, Value]:
    if last < first:
        raise UsageError(f"--to {last} is before --from {first}", "Name the first day, then the last.")
    length = last - first
    begins = compare_from or first - length - _ONE_DAY
    return {"from_day": first, "to_day": last, "compare_from_day": begins, "compare_to_day": begins + length}


def _read_constants(center: Path) -> dict[str, Value]:
    from trunkline.history.constants import query_constants

    return query_constants(_read_document(center), json.loads(PRICES.read_text(encoding="utf-8")))


def _read_document(center: Path) -> dict[str, Any]:
    from trunkline.center import CenterError, load_center

    try:
        document: dict[str, Any] = json.loads(load_center(center).model_dump_json(by_alias=True))
    except CenterError as error:
        raise UsageError(str(error), f"Mend it; `trunkline check {center}` tells the same.") from error
    return document


def _read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text} is not a day", "Write it as YYYY-MM-DD.") from error


def _print(columns: Sequence[str], rows: Iterable[Sequence[Any]], output: TableFormat) -> None:
    if output is TableFormat.JSON:
        typer.echo(json.dumps([dict(zip(columns, map(_plain, row), strict=True)) for row in rows], ensure_ascii=False))
    elif output is TableFormat.CSV:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_plain(value) for value in row] for row in rows)
    else:
        from rich.console import Console
        from rich.markup import escape
        from rich.table import Table

        table = Table(*columns)
        for row in rows:
            table.add_row(*(escape(_show(value)) for value in row))
        Console(highlight=False, soft_wrap=True).print(table)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _show(value: Any) -> str:
    if value is None:
        return "–"
    return f"{value:.2f}" if isinstance(value, float) else str(value)
