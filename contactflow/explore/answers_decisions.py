"""What may come of the actions that choose the way: comparisons, counts, hours and figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from contactflow.explore.answers import Answer, View, list_comparisons, list_failures
from contactflow.explore.memory import LOOP_ROOT, Memory
from contactflow.explore.values import Case, Unknown, domain_of
from contactflow.model import ConditionalBranch
from contactflow.model.limits import MAX_LOOPS
from contactflow.model.values import as_number
from contactflow.run.effects import InHours, MetricValue
from contactflow.run.outcomes import Compared, Failure

PHRASES: Mapping[str, tuple[str, str]] = {
    "Equals": ("is", "is not"),
    "TextStartsWith": ("starts with", "does not start with"),
    "TextEndsWith": ("ends with", "does not end with"),
    "TextContains": ("contains", "does not contain"),
    "NumberGreaterThan": ("is above", "is not above"),
    "NumberGreaterOrEqualTo": ("is at least", "is not at least"),
    "NumberLessThan": ("is below", "is not below"),
    "NumberLessOrEqualTo": ("is at most", "is not at most"),
}
"""How an operator is told where it holds, and where it does not."""
FIGURES = tuple(str(number) for number in (1, 0, 2, 5, 10, 50, 100, 1000, 10_000, 100_000))


def compare(view: View) -> Iterator[Answer]:
    """Compare a value; what it is found to be stays known."""
    raw = view.spot.parameters.get("ComparisonValue")
    value = view.memory.evaluate(raw, view.birth)
    if isinstance(value, Unknown):
        domain = domain_of(value.origin)
        for case in list_comparisons(view, domain, value=value):
            news = case.facts != value.facts
            yield Answer(
                Compared(case.example),
                "answer",
                describe_comparison(str(raw), view.spot.step.conditions, case) if news else "",
                condition=case.condition,
                learned=(value.origin, case.facts),
            )
        return
    for case in list_comparisons(view, () if value is None else (value,)):
        yield Answer(Compared(value), condition=case.condition)
    if value is None:
        yield Answer(Compared(None))


def describe_comparison(raw: str, conditions: tuple[ConditionalBranch, ...], case: Case) -> str:
    """Return how a report tells what a value turns out to be."""
    if case.condition is not None:
        condition = case.condition.condition
        return f"{raw} {PHRASES[condition.operator][0]} {condition.operands[0]}"
    compared = [branch.condition for branch in conditions if branch.condition.operands]
    if len(compared) > 1 and all(condition.operator == "Equals" for condition in compared):
        return f"{raw} is none of {', '.join(str(condition.operands[0]) for condition in compared)}"
    told = [f"{PHRASES.get(item.operator, PHRASES['Equals'])[1]} {item.operands[0]}" for item in compared]
    return f"{raw} {' and '.join(told)}"


def loop(view: View) -> Iterator[Answer]:
    """Count to the limit, then start over."""
    path = (LOOP_ROOT, *view.spot.place)
    limit, done = view.value("LoopCount"), view.memory.look_up(path)
    number = None if isinstance(limit, Unknown) else _as_int(limit)
    if not isinstance(limit, Unknown) and (number is None or not 0 <= number <= MAX_LOOPS):
        yield Answer(Failure(f"LoopCount is not a number from 0 to {MAX_LOOPS}"), "answer")
    elif number is None or (isinstance(done, Unknown) and number):
        yield _count(view, "ContinueLooping", lambda memory, _birth: memory.assign({path: "1"}), forgotten=True)
        yield _count(view, "DoneLooping", lambda memory, _birth: memory.forget(path), forgotten=True)
    elif isinstance(done, Unknown) or int(done or 0) >= number:
        yield _count(view, "DoneLooping", lambda memory, _birth: memory.forget(path))
    else:
        count = str(int(done or 0) + 1)
        yield _count(view, "ContinueLooping", lambda memory, _birth: memory.assign({path: count}))


def _count(view: View, name: str, change: Callable[[Memory, int], Memory], *, forgotten: bool = False) -> Answer:
    found = next(iter(list_comparisons(view, (name,))), None)
    return Answer(
        Compared(name),
        "answer" if forgotten else "goes on",
        change=change,
        condition=found.condition if found else None,
        doubtful=forgotten and name == "DoneLooping",
    )


def distribute_by_percentage(view: View) -> Iterator[Answer]:
    """Draw a number from 1 to 100."""
    for case in list_comparisons(view, tuple(str(number) for number in range(1, 101))):
        words = f"{view.spot.place.action_id!r} draws {case.example}"
        yield Answer(Compared(case.example), "answer", words, condition=case.condition)


def check_hours_of_operation(view: View) -> Iterator[Answer]:
    """Ask the calendar."""
    for case in list_comparisons(view, ("True", "False")):
        words = "hours are open" if case.example == "True" else "hours are closed"
        result = InHours(case.example == "True")
        yield Answer(Compared(case.example), "answer", words, result, condition=case.condition)
    if not view.spot.step.conditions:
        yield Answer(Compared("False"), "answer", "hours are closed", InHours(False))
    yield from list_failures(view, lambda _error: "the hours of operation are unknown")


def check_metric_data(view: View) -> Iterator[Answer]:
    """Ask for one figure of a queue."""
    metric = str(view.spot.parameters.get("MetricType"))
    named = [
        number
        for branch in view.spot.step.conditions
        if branch.condition.operands and (number := _as_int(str(branch.condition.operands[0]))) is not None
    ]
    near = tuple(str(number + step) for number in named for step in (0, 1, -1) if number + step >= 0)
    for case in list_comparisons(view, (*FIGURES, *near)):
        yield Answer(
            Compared(case.example),
            "answer",
            f"{metric} is {case.example}",
            MetricValue(float(case.example or 0)),
            condition=case.condition,
        )
    yield from list_failures(view, lambda _error: f"{metric} is unknown")


def _as_int(value: str | None) -> int | None:
    number = as_number(value)
    return None if number is None else int(number)


ANSWERS: Mapping[str, Callable[[View], Iterator[Answer]]] = {
    "Compare": compare,
    "Loop": loop,
    "DistributeByPercentage": distribute_by_percentage,
    "CheckHoursOfOperation": check_hours_of_operation,
    "CheckMetricData": check_metric_data,
}
