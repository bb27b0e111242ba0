"""Cases in files: found, read, chosen and run."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from contactflow.model.document import read_json
from contactflow.model.errors import FlowError
from contactflow.testing.case import TestCase, is_test_case
from contactflow.testing.choosing import Choice
from contactflow.testing.coverage import Coverage
from contactflow.testing.errors import TestCaseError
from contactflow.testing.execution import run_case
from contactflow.testing.host import HostDefaults
from contactflow.testing.library import FlowLibrary
from contactflow.testing.results import CaseResult

NO_CASE = "There is no test case in this folder. Name a folder with test cases (*.json with Observations)."


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A file with a test case; ``case`` is None where it could not be read, and ``problem`` says why."""

    file: str
    case: TestCase | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class CaseRun:
    """A case that ran, and the seconds that it really took."""

    file: str
    result: CaseResult
    seconds: float


def find_cases(paths: Iterable[Path]) -> Iterator[CaseFile]:
    """Yield the cases of files, and of folders (sorted, with their folders; JSON that is no case is passed over)."""
    for path in paths:
        if path.is_dir():
            found = [case for file in sorted(path.rglob("*.json")) if (case := read_case(file, only_cases=True))]
            yield from found or [CaseFile(str(path), problem=NO_CASE)]
        else:
            case = read_case(path)
            if case is not None:
                yield case


def read_case(path: Path, *, only_cases: bool = False) -> CaseFile | None:
    """Read one case; None for JSON that is none, where ``only_cases`` are looked for."""
    try:
        value = read_json(path.read_bytes())
        if only_cases and not is_test_case(value):
            return None
        return CaseFile(str(path), TestCase.parse(value, name=path.stem))
    except FileNotFoundError:
        return CaseFile(str(path), problem="There is no such file. Name a test case, or a folder of them.")
    except OSError as error:
        return CaseFile(str(path), problem=f"The file cannot be read: {error.strerror}.")
    except (FlowError, TestCaseError) as error:
        return CaseFile(str(path), problem=str(error))


def choose_cases(files: Sequence[CaseFile], expression: str | None) -> list[CaseFile]:
    """Return the cases whose name or file fits an expression of words, ``and``, ``or``, ``not`` and parentheses.

    A word fits where it stands in the name or the file, in any case. What could not be read is always kept.

    Raises
    ------
    ExpressionError
        For an expression that cannot be read.
    """
    if not expression:
        return list(files)
    choice = Choice(expression)
    return [one for one in files if one.case is None or choice.fits(f"{one.case.name} {one.file}")]


def run_cases(
    files: Iterable[CaseFile],
    library: FlowLibrary,
    *,
    host: HostDefaults | None = None,
    entry: str | None = None,
    coverage: Coverage | None = None,
) -> Iterator[CaseRun]:
    """Run cases that could be read, one after another, and count what they cover."""
    for file in files:
        if file.case is None:
            continue
        started = time.perf_counter()
        result = run_case(file.case, library, host=host, entry=entry)
        if coverage is not None:
            coverage.add(result.trace)
        yield CaseRun(file.file, result, time.perf_counter() - started)
