"""The live board in the terminal: queues, agents, calls, and the figures of today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from rich.columns import Columns
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from twin.connect.board import AgentRow, Board, CallRow, NetworkEvent

AGENT_STYLES = {
    "available": "green",
    "ringing": "yellow",
    "on_contact": "cyan",
    "on_hold": "magenta",
    "after_contact_work": "blue",
    "offline": "dim",
}
PHASE_STYLES = {
    "scheduled": "dim",
    "menu": "yellow",
    "queued": "red",
    "ringing": "yellow",
    "dialling": "yellow",
    "connected": "cyan",
    "outside": "magenta",
    "after": "blue",
}
CALL_WORDS = {
    "initiated": "rings",
    "queued": "waits in {queue}",
    "connected_to_agent": "talks to {agent}, {queue}",
    "disconnected": "has ended",
}
CALLBACK_WORDS = {
    **CALL_WORDS,
    "initiated": "will be called back",
    "connected_to_system": "answers the call back",
}
CALLS_SHOWN = 12
EVENTS_SHOWN = 8


@dataclass(frozen=True)
class Heading:
    """What stands above the board.

    Attributes
    ----------
    speed
        Virtual seconds in a real second.
    """

    center: str
    zone: ZoneInfo
    speed: float
    address: str
    hint: str = "Ctrl-C closes the centre and sums up"


def render(heading: Heading, board: Board, live: Mapping[str, Any] | None) -> RenderableType:
    """Draw the board of one moment.

    Parameters
    ----------
    live
        The live picture and the figures of today as the console's API tells them; None until it first answered.
    """
    tables = Columns([_queues(board), _agents(board, heading.zone)], expand=True)
    return Group(
        _head(heading, board),
        tables,
        _calls(board, heading.zone),
        _figures(live),
        _events(board, heading.zone),
    )


def clock(moment: datetime, zone: ZoneInfo) -> str:
    """Return the wall clock of the centre, such as ``09:05:00``."""
    return moment.astimezone(zone).strftime("%H:%M:%S")


def span(seconds: float | None) -> str:
    """Return a duration as ``m:ss``, or a dash where there is none.

    Examples
    --------
    >>> span(75)
    '1:15'
    """
    if seconds is None:
        return "–"
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


def _head(heading: Heading, board: Board) -> Panel:
    local = board.at.astimezone(heading.zone)
    text = Text.assemble(
        (heading.center, "bold"),
        f"   {local:%A %d %B %Y, %H:%M:%S}",
        (f"   ×{heading.speed:g}", "dim"),
        "\nConsole  ",
        (heading.address, f"underline cyan link {heading.address}"),
        (f"   {heading.hint}", "dim"),
    )
    return Panel(text, border_style="cyan")


def _queues(board: Board) -> Table:
    table = Table("Queue", "Waiting", "Longest", "Talking", title="Queues", expand=True, title_justify="left")
    for row in board.queues:
        style = "bold red" if row.waiting else ""
        table.add_row(row.name, Text(str(row.waiting), style), span(row.longest_wait_seconds), str(row.on_contact))
    return table


def _agents(board: Board, zone: ZoneInfo) -> Table:
    table = Table("Agent", "State", "Since", "Queue", title="Agents", expand=True, title_justify="left")
    for row in board.agents:
        table.add_row(row.name, _state(row), clock(row.since, zone), row.queue or "")
    return table


def _state(row: AgentRow) -> Text:
    return Text(row.state.replace("_", " "), AGENT_STYLES.get(row.state, "yellow"))


def _calls(board: Board, zone: ZoneInfo) -> Table:
    title = f"Calls in progress: {len(board.calls)}, ended: {board.completed}"
    table = Table("Since", "Caller", "Where", "Queue", "Agent", title=title, expand=True, title_justify="left")
    for row in board.calls[-CALLS_SHOWN:]:
        table.add_row(clock(row.initiated_at, zone), mask(row), _phase(row), row.queue or "", row.agent or "")
    return table


def mask(row: CallRow) -> str:
    """Return the caller's number with all but its last two digits hidden."""
    return f"•••{row.customer[-2:]}" if row.customer else "anonymous"


def _phase(row: CallRow) -> Text:
    return Text(row.phase, PHASE_STYLES.get(row.phase, ""))


def _figures(live: Mapping[str, Any] | None) -> Panel:
    if live is None:
        return Panel("Figures come with the first call that ended.", title="Today, as measured", title_align="left")
    today = live["today"]
    level = (today.get("service_level") or {}).get("c")
    parts = [
        ("Contacts", str(today.get("contacts", 0))),
        ("Offered", str(today.get("offered", 0))),
        ("Answered", str(today.get("answered", 0))),
        ("Abandoned", str(today.get("abandoned", 0))),
        ("Service level", "–" if level is None else f"{level:.1f} %"),
        ("Speed of answer", span(today.get("average_speed_of_answer_seconds"))),
        ("Handle time", span(today.get("average_handle_time_seconds"))),
    ]
    text = Text("   ").join(Text.assemble((f"{name} ", "dim"), (value, "bold")) for name, value in parts)
    return Panel(text, title="Today, as measured", title_align="left", subtitle=_freshness(live), subtitle_align="left")


def _freshness(live: Mapping[str, Any]) -> Text:
    """Return how old the newest event of each kind is, and how many agents are not to be reached."""
    ages = ", ".join(f"{kind} {span(age)}" for kind, age in live["ages"].items())
    text = Text(f"newest news: {ages}", "dim")
    if live["ghosts"]:
        text.append(f"   ghost agents: {live['ghosts']}", "bold red")
    return text


def _events(board: Board, zone: ZoneInfo) -> Panel:
    told = [f"{clock(event.at, zone)}  {words}" for event in board.last_events if (words := tell(event))]
    return Panel(
        "\n".join(told[-EVENTS_SHOWN:]) or "Waiting for the first call.", title="What happens", title_align="left"
    )


def tell(event: NetworkEvent) -> str | None:
    """Return an event in words, without the caller's number; None for one that moves nobody."""
    words = (CALLBACK_WORDS if event.initiation_method == "CALLBACK" else CALL_WORDS).get(event.kind)
    if words is None or event.contact_id is None:
        return None
    return f"call {event.contact_id[:4]} {words.format(queue=event.queue or 'no queue', agent=event.agent or 'nobody')}"
