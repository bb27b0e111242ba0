"""Which column each box stands in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from contactflow.draw.layered.graph import Link

_TIGHTENING_ROUNDS = 20


def find_backward(keys: Sequence[str], links: Sequence[Link]) -> frozenset[int]:
    """Return the indices of links that close a cycle, walking depth first from ``keys`` in their order."""
    leaving: dict[str, list[int]] = {key: [] for key in keys}
    for index, link in enumerate(links):
        leaving[link.source].append(index)
    state: dict[str, str] = {}
    backward: set[int] = set()
    for root in keys:
        if root in state:
            continue
        state[root] = "open"
        walk = [(root, iter(leaving[root]))]
        while walk:
            key, rest = walk[-1]
            index = next(rest, -1)
            if index < 0:
                state[key] = "done"
                walk.pop()
                continue
            target = links[index].target
            if state.get(target) == "open":
                backward.add(index)
            elif target not in state:
                state[target] = "open"
                walk.append((target, iter(leaving[target])))
    return frozenset(backward)


def assign_ranks(keys: Sequence[str], links: Sequence[Link], backward: frozenset[int]) -> dict[str, int]:
    """Return the column of each box: right of all that lead to it, and near to what it leads to."""
    forward = [link for index, link in enumerate(links) if index not in backward]
    arriving: dict[str, list[Link]] = {key: [] for key in keys}
    leaving: dict[str, list[Link]] = {key: [] for key in keys}
    for link in forward:
        arriving[link.target].append(link)
        leaving[link.source].append(link)
    ranks: dict[str, int] = {}
    for key in _topological(keys, arriving, leaving):
        ranks[key] = max((ranks[link.source] + 1 for link in arriving[key]), default=0)
    for _round in range(_TIGHTENING_ROUNDS):
        moved = [key for key in reversed(keys) if _tighten(key, ranks, arriving, leaving)]
        if not moved:
            break
    lowest = min(ranks.values(), default=0)
    return {key: rank - lowest for key, rank in ranks.items()}


def _tighten(
    key: str, ranks: dict[str, int], arriving: Mapping[str, list[Link]], leaving: Mapping[str, list[Link]]
) -> bool:
    """Move a box right, up to what it leads to, if that makes its links shorter."""
    if not leaving[key]:
        return False
    pull = sum(link.weight for link in leaving[key]) - sum(link.weight for link in arriving[key])
    latest = min(ranks[link.target] for link in leaving[key]) - 1
    if pull <= 0 or latest <= ranks[key]:
        return False
    ranks[key] = latest
    return True


def _topological(
    keys: Sequence[str], arriving: Mapping[str, list[Link]], leaving: Mapping[str, list[Link]]
) -> Iterable[str]:
    waiting = {key: len(arriving[key]) for key in keys}
    ready = [key for key in keys if not waiting[key]]
    while ready:
        key = ready.pop(0)
        yield key
        for link in leaving[key]:
            waiting[link.target] -= 1
            if not waiting[link.target]:
                ready.append(link.target)
