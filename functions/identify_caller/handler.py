"""Tell a contact flow who calls, in which language, and what every caller should hear now."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

from botocore.exceptions import BotoCoreError, ClientError
from environment import IdentifyCallerEnvironment

from trunkline.ivr.customer import describe_caller
from trunkline.ivr.invocation import parse_invocation, to_string_map
from trunkline.ivr.store import CustomerStore
from trunkline.live.announcement_board import AnnouncementBoard
from trunkline.runtime import client, load_center_document, load_environment, logger

ENVIRONMENT = load_environment(IdentifyCallerEnvironment)
LANGUAGES = tuple(load_center_document()["languages"])
CUSTOMERS = CustomerStore(client("dynamodb"), ENVIRONMENT.customers_table)
ANNOUNCEMENTS = AnnouncementBoard(client("dynamodb"), ENVIRONMENT.live_table)
LOGGER = logger()

Found = TypeVar("Found")


def handler(event: dict[str, Any], _context: object) -> dict[str, str]:
    """Answer who calls, in what language, and what every caller hears now.

    The keys are ``known``, ``customer_id``, ``customer_name``, ``language``, ``vip``, ``open_matters``,
    ``recent_contacts`` (both empty where nothing is known), ``announced``, ``announcement``,
    ``announcement_id`` and ``closed``.
    A table that cannot be read makes the caller unknown, or the announcement silent; the call goes on.
    """
    invocation, now = parse_invocation(event), time.time()
    customer = _read("customer", invocation.contact_id, lambda: CUSTOMERS.find(invocation.phone, now))
    announcement = _read("announcement", invocation.contact_id, lambda: ANNOUNCEMENTS.read(now))
    return to_string_map(describe_caller(customer, announcement, LANGUAGES))


def _read(what: str, contact_id: str, read: Callable[[], Found | None]) -> Found | None:
    try:
        return read()
    except (BotoCoreError, ClientError):
        LOGGER.exception("%s not read; the call goes on without it", what, contact_id=contact_id)
        return None
