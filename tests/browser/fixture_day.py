"""A day of a small call centre, in the shapes of the console API: the same bytes at every start."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.browser.figures import Row, interval_rows, summarise

DAY = "2026-11-20"
TIME_ZONE = "America/Los_Angeles"
NOW = datetime(2026, 11, 20, 20, 41, 7, tzinfo=UTC)
OPENED = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
SAMPLE_CONTACT = "5f0c2b1e-7a54-4f6d-9b3c-2f1f6f4f8a10"
ABANDONED_CONTACT = "0b7d1c35-4a5e-49a1-8a7b-93d2a1c5e6f7"

CENTER: dict[str, Any] = {
    "name": "Redline Classic Parts",
    "time_zone": TIME_ZONE,
    "currency": "USD",
    "languages": [{"code": "en", "locale": "en-US"}, {"code": "ko", "locale": "ko-KR"}],
    "queues": [
        {"key": key, "title": {"en": en, "ko": ko}, "department": department, "service_target": target}
        for key, en, ko, department, target in (
            ("orders", "Orders", "주문", "Sales", {"percent": 80, "seconds": 20}),
            ("billing", "Billing", "결제", "Finance", {"percent": 80, "seconds": 30}),
            ("technical", "Technical help", "기술 지원", "Service", {"percent": 70, "seconds": 45}),
            (
                "muscle_cars",
                "1970s muscle cars",
                "1970년대 머슬카",
                "Service",
                {"percent": 70, "seconds": 60},
            ),
        )
    ],
    "agents": [
        {"username": username, "name": name}
        for username, name in (
            ("mina", "Mina Park"),
            ("jordan", "Jordan Reyes"),
            ("sofia", "Sofia Marino"),
            ("dae", "Dae-ho Kim"),
            ("walt", "Walt Brennan"),
            ("priya", "Priya Nair"),
            ("hana", "Hana Lee"),
            ("theo", "Theo Grant"),
        )
    ],
    "short_abandon_seconds": 5,
    "service_level_convention": "c",
}

TARGETS: dict[str, int] = {queue["key"]: queue["service_target"]["seconds"] for queue in CENTER["queues"]}
STAFF = {
    "orders": ("mina", "jordan", "theo"),
    "billing": ("sofia", "hana"),
    "technical": ("dae", "priya"),
    "muscle_cars": ("walt",),
}


def as_text(moment: datetime) -> str:
    """Give a moment the API's form."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _draw_contact(draw: random.Random, number: int) -> Row:
    initiated = OPENED + timedelta(seconds=int(draw.triangular(0, (NOW - OPENED).total_seconds() - 900, 9000)))
    outcome = draw.choices(("answered", "abandoned", "ended_in_menu"), (84, 10, 6))[0]
    queue = None if outcome == "ended_in_menu" else draw.choices(tuple(TARGETS), (45, 25, 20, 10))[0]
    waited = min(int(draw.expovariate(1 / 24)), 260) if queue else None
    answered = outcome == "answered"
    return Row(
        contact_id=f"{draw.getrandbits(32):08x}-{number:04x}-4c1d-8e2f-{draw.getrandbits(48):012x}",
        initiated_at=initiated,
        queue=queue,
        agent=draw.choice(STAFF[queue]) if answered and queue else None,
        outcome=outcome,
        wait_seconds=waited,
        talk_seconds=int(draw.lognormvariate(5.2, 0.5)) if answered else None,
        hold_seconds=draw.choice((0, 0, 0, 24, 51)) if answered else 0,
        after_contact_seconds=draw.randint(12, 70) if answered else 0,
        language=draw.choices(("en", "ko"), (7, 3))[0],
        customer=f"+1415555{draw.randint(0, 9999):04d}",
        survey_score=draw.choices((None, 5, 4, 3, 2), (55, 24, 13, 5, 3))[0] if answered else None,
    )


def _sample_rows() -> list[Row]:
    first = Row(
        contact_id=SAMPLE_CONTACT,
        initiated_at=NOW - timedelta(minutes=12),
        queue="muscle_cars",
        agent="walt",
        outcome="answered",
        wait_seconds=9,
        talk_seconds=36,
        hold_seconds=0,
        after_contact_seconds=25,
        language="en",
        customer="+14155550142",
        survey_score=5,
    )
    second = Row(
        contact_id=ABANDONED_CONTACT,
        initiated_at=NOW - timedelta(minutes=13),
        queue="orders",
        agent=None,
        outcome="abandoned",
        wait_seconds=74,
        talk_seconds=None,
        hold_seconds=0,
        after_contact_seconds=0,
        language="ko",
        customer="+14155550177",
        survey_score=None,
    )
    return [first, second]


def draw_rows(count: int = 180, seed: int = 7) -> list[Row]:
    """Draw the day's contacts, the newest first."""
    draw = random.Random(seed)
    rows = [_draw_contact(draw, number) for number in range(count)] + _sample_rows()
    return sorted(rows, key=lambda row: row.initiated_at, reverse=True)


ROWS = draw_rows()


def describe_metrics(day: str, agent: str | None) -> dict[str, Any]:
    """Answer ``/api/metrics``; for an agent, only that agent's figures."""
    rows = [row for row in ROWS if agent is None or row.agent == agent] if day == DAY else []
    queues = sorted({row.queue for row in rows if row.queue})
    agents = sorted({row.agent for row in rows if row.agent})
    return {
        "day": day,
        "time_zone": TIME_ZONE,
        "total": summarise(rows, TARGETS),
        "queues": {key: summarise([row for row in rows if row.queue == key], TARGETS) for key in queues},
        "agents": {key: summarise([row for row in rows if row.agent == key], TARGETS) for key in agents},
        "intervals": interval_rows(rows, TARGETS),
    }


GHOSTS = {"hana": "unheard"}


def describe_live(now: datetime) -> dict[str, Any]:
    """Answer ``/api/live``: a busy moment, whose waits and states grow with the clock."""
    elapsed = int((now - NOW).total_seconds())

    def ago(seconds: int) -> str:
        return as_text(NOW - timedelta(seconds=seconds))

    def contact(number: int, state: str, since: int, **more: str) -> dict[str, Any]:
        return {
            "contact_id": f"c0ffee{number:02x}-0000-4000-8000-00000000000{number}",
            "state": state,
            "since": ago(since),
            **more,
        }

    contacts = [
        contact(1, "connected", 251, queue="orders", agent="mina", customer="+14155550101", language="ko"),
        contact(2, "connected", 94, queue="billing", agent="sofia", customer="+14155550114", language="en"),
        contact(3, "connected", 402, queue="technical", agent="priya", customer="+14155550129", language="en"),
        contact(4, "connected", 33, queue="orders", agent="theo", customer="+14155550133", language="en"),
        contact(5, "queued", 41, queue="orders", customer="+14155550140", language="en"),
        contact(6, "queued", 12, queue="orders", customer="+14155550151", language="ko"),
        contact(7, "queued", 8, queue="muscle_cars", customer="+14155550163", language="en"),
        contact(8, "menu", 5, customer="+14155550178"),
    ]
    states = {
        "mina": ("on_contact", 251, "orders"),
        "jordan": ("after_contact_work", 19, "orders"),
        "sofia": ("on_contact", 94, "billing"),
        "dae": ("Lunch", 1310, None),
        "walt": ("ringing", 3, "muscle_cars"),
        "priya": ("on_contact", 402, "technical"),
        "hana": ("available", 66, None),
        "theo": ("on_contact", 33, "orders"),
    }
    agents = []
    for agent in CENTER["agents"]:
        state, since, queue = states[agent["username"]]
        told = {"heard_at": ago(700 if agent["username"] == "hana" else 20), "ghost": GHOSTS.get(agent["username"])}
        agents.append({**agent, "state": state, "since": ago(since), **told, **({"queue": queue} if queue else {})})
    waiting = {"orders": (2, 41 + elapsed, 2), "muscle_cars": (1, 8 + elapsed, 0), "billing": (0, None, 1)}
    queues = []
    for key in TARGETS:
        count, longest, on_contact = waiting.get(key, (0, None, 1))
        queues.append(
            {
                "queue": key,
                "waiting": count,
                "longest_wait_seconds": longest,
                "on_contact": on_contact,
                "callbacks_pending": int(key == "technical"),
                "agents_available": int(key == "orders"),
                "agents_staffed": 3,
                "offered": 4 if on_contact else 0,
                "service_level_percent": 75.0 if on_contact else None,
            }
        )
    return {
        "at": as_text(now),
        "ages": {"contacts": 3, "agents": 20, "figures": 48},
        "ghosts": len(GHOSTS),
        "agents_by_state": {"on_contact": 4, "after_contact_work": 1, "Lunch": 1, "ringing": 1, "ghost": 1},
        "running": {"offered": 12, "service_level_percent": 75.0},
        "queues": queues,
        "agents": agents,
        "contacts": contacts,
    }
