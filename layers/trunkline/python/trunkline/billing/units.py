"""How much of what a contact uses: minutes, stored bytes, and the units of each stage that it reaches."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from trunkline.billing.lines import add_quantities
from trunkline.billing.prices import PriceList

BYTES_A_SECOND = 32_000
"""Of a recording: 8,000 samples a second, 16 bits, one channel for each side."""
BYTES_A_GB = Decimal(1024**3)
DAYS_A_MONTH = Decimal("30.4375")
VOICE = "VOICE"
"""The channel that is paid by the minute and recorded as sound."""
SHORTEST_CALL_SECONDS = 10
SHORTEST_TRANSCRIPTION_SECONDS = 15


def count_telephony(seconds: Decimal | int, center: Mapping[str, Any]) -> dict[str, Decimal]:
    """Return the minutes of one call: Amazon Connect's own and the number's.

    Parameters
    ----------
    seconds
        From ring to hang-up.
    center
        The centre's document; its numbers say which kind of minute it is.

    Notes
    -----
    **Source**: Amazon Connect pricing: by the second, 10 s at least.
    """
    minutes = Decimal(max(SHORTEST_CALL_SECONDS, seconds)) / 60
    return {"voice_minute": minutes, number_minute(center): minutes}


def number_minute(center: Mapping[str, Any]) -> str:
    """Return the code of the inbound minute; a centre with both kinds of numbers is billed as DID."""
    kinds = {number["type"] for number in center["numbers"].values()}
    return "toll_free_minute" if kinds == {"TOLL_FREE"} else "did_minute"


def count_transcription(seconds: Decimal | int | float) -> dict[str, Decimal]:
    """Return the minutes of one transcription.

    Notes
    -----
    **Source**: Amazon Transcribe pricing: by the second, 15 s at least.
    """
    return {"transcription_minute": max(Decimal(SHORTEST_TRANSCRIPTION_SECONDS), Decimal(str(seconds))) / 60}


def count_storage(size: Decimal | int, retention_days: Decimal | int) -> dict[str, Decimal]:
    """Return what keeping an object of ``size`` bytes takes, over its whole life."""
    months = Decimal(retention_days) / DAYS_A_MONTH
    return {"storage_gb_month": Decimal(size) / BYTES_A_GB * months}


def count_orchestration(reached: Collection[str], prices: PriceList) -> dict[str, Decimal]:
    """Return the units of a contact that reached these stages."""
    return add_quantities(*(units for stage, units in prices.units.items() if stage in reached))
