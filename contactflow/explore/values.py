"""What is known of a value that a flow compares: the value itself, or what has been learned about it.

The operators are those of :mod:`contactflow.model.conditions`: a set of facts is possible if a value can be found
that the interpreter's own operators say they hold for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from contactflow.model import KEYS, ConditionalBranch
from contactflow.model.conditions import OPERATORS, holds
from contactflow.model.values import as_number

Path = tuple[str, ...]
Origin = tuple[int, Path]
"""Which unknown value it is: the answer that brought it (0 is the contact's start), and where it stood then."""

KEYED: Literal["keys"] = "keys"
Domain = tuple[str, ...] | Literal["keys"] | None
"""The only values that something can take; ``keys`` for what a caller can enter, None for any text."""

DOMAINS: Mapping[Path, Domain] = {("Channel",): ("VOICE", "CHAT", "TASK", "EMAIL")}
"""Values of the attributes that take no others (Administrator Guide, "List of available contact attributes")."""

ANYTHING_ELSE = ("other", "another", "0", "1", "100", "-1", "1000000", "")


class Fact(NamedTuple):
    """One comparison whose outcome is known."""

    operator: str
    operand: str
    holds: bool


Facts = frozenset[Fact]
NOTHING_KNOWN: Facts = frozenset()


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that the flow cannot know before it compares it."""

    origin: Origin
    facts: Facts = NOTHING_KNOWN


Value = str | None | Unknown


class Case(NamedTuple):
    """One way in which a comparison can go: the condition that holds, None for no condition, and what that says."""

    condition: ConditionalBranch | None
    facts: Facts
    example: str | None


def list_cases(
    conditions: tuple[ConditionalBranch, ...],
    facts: Facts = NOTHING_KNOWN,
    domain: Domain = None,
) -> Iterator[Case]:
    """Yield the ways that comparing a value can go, in the order of the conditions, the unmatched one last.

    Parameters
    ----------
    conditions
        Compared one after another; the first that holds wins.
    facts
        What is known of the value.
    domain
        The only values that it can take.

    Examples
    --------
    >>> from contactflow.model import Condition, ConditionalBranch
    >>> key = ConditionalBranch("orders", Condition("Equals", ("1",)))
    >>> [case.example for case in list_cases((key,), domain=("1", "2"))]
    ['1', '2']
    """
    for branch in conditions:
        operands = branch.condition.operands
        if not operands or branch.condition.operator not in OPERATORS:
            continue
        compared = (branch.condition.operator, str(operands[0]))
        found = find_value(facts | {Fact(*compared, True)}, domain)
        if found:
            yield Case(branch, facts | {Fact(*compared, True)}, found[0])
        facts |= {Fact(*compared, False)}
    found = find_value(facts, domain)
    if found:
        yield Case(None, facts, found[0])


@lru_cache(maxsize=100_000)
def find_value(facts: Facts, domain: Domain = None, preferred: tuple[str, ...] = ()) -> tuple[str | None, ...]:
    """Return a value that all facts hold for, as a tuple of one; an empty tuple where they contradict each other.

    Examples
    --------
    >>> find_value(frozenset({Fact("NumberGreaterThan", "3", True), Fact("NumberLessThan", "4", True)}))
    ('3.5',)
    """
    for candidate in _list_candidates(facts, domain, preferred):
        if domain == KEYED and not (candidate and set(candidate) <= set(KEYS)):
            continue
        if all(holds(fact.operator, (fact.operand,), candidate) == fact.holds for fact in facts):
            return (candidate,)
    return () if domain is not None or any(fact.holds for fact in facts) else (None,)


def known_value(facts: Facts) -> str | None:
    """Return the value that facts leave no choice about, None where they leave one."""
    return next((fact.operand for fact in facts if fact.operator == "Equals" and fact.holds), None)


def domain_of(origin: Origin) -> Domain:
    """Return the values that an unknown value can take, by where it comes from."""
    birth, path = origin
    if birth > 0 and path == ("StoredCustomerInput",):
        return KEYED
    return DOMAINS.get(path)


def _list_candidates(facts: Facts, domain: Domain, preferred: tuple[str, ...]) -> Iterable[str]:
    exact = known_value(facts)
    if exact is not None:
        return (exact,) if domain in (None, KEYED) or exact in domain else ()
    if isinstance(domain, tuple):
        return domain
    wanted = sorted(fact for fact in facts if fact.holds)
    return (*preferred, *_list_texts(wanted), *ANYTHING_ELSE, *_list_numbers(facts))


def _list_texts(wanted: list[Fact]) -> list[str]:
    starts = max((fact.operand for fact in wanted if fact.operator == "TextStartsWith"), key=len, default="")
    ends = max((fact.operand for fact in wanted if fact.operator == "TextEndsWith"), key=len, default="")
    inside = "".join(fact.operand for fact in wanted if fact.operator == "TextContains")
    return [starts + inside + ends, starts or ends, f"{starts}other{inside}{ends}"] if starts or ends or inside else []


def _list_numbers(facts: Facts) -> list[str]:
    edges = sorted({number for fact in facts if (number := as_number(fact.operand)) is not None})
    near = {edge + step for edge in edges for step in (-1, -0.5, 0, 0.5, 1)}
    between = {(low + high) / 2 for low, high in pairwise(edges)}
    return [f"{number:g}" for number in sorted(near | between)]
