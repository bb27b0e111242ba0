"""The keys of the live table: one partition, so that one query reads everything that happens now."""

from __future__ import annotations

from typing import Literal

Kind = Literal["agent", "announcement", "contact", "heard"]

PARTITION_KEY, SORT_KEY = "picture", "item_key"
NOW = "now"
"""The one partition; why one is enough is in ADR 12."""


def make_key(kind: Kind, item_id: str) -> dict[str, str]:
    """Return the key of an item.

    Parameters
    ----------
    kind
        ``contact`` and ``agent`` follow events; ``heard`` has, of each shard of the agent event stream, when
        its agents were last heard; ``announcement`` has one item, ``current``.
    item_id
        Contact id, user name, shard id, or ``current``.

    Examples
    --------
    >>> make_key("agent", "mina")
    {'picture': 'now', 'item_key': 'agent#mina'}
    """
    return {PARTITION_KEY: NOW, SORT_KEY: f"{kind}#{item_id}"}


def split_sort_key(item_key: str) -> tuple[str, str]:
    """Return kind and id of an item.

    Examples
    --------
    >>> split_sort_key("agent#mina#2")
    ('agent', 'mina#2')
    """
    kind, _, item_id = item_key.partition("#")
    return kind, item_id
