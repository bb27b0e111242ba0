"""Test cases as pytest items.

Enable it with one line in the top ``conftest.py``::

    pytest_plugins = ["contactflow.testing.pytest_plugin"]

Collected are files called ``*.case.json``, and every test case (``*.json``) in the folders of the option
``contactflow_cases`` (``tests/cases`` where it is not set). They run against the exported flows in the files and
folders of the option ``contactflow_flows``, or against whatever the hook :func:`pytest_contactflow_world` returns::

    def pytest_contactflow_world(config):
        return CaseWorld(FlowLibrary(my_flows), HostDefaults(is_open=False))
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from contactflow.model import Flow
from contactflow.model.document import read_json, unwrap_document
from contactflow.testing.case import is_test_case
from contactflow.testing.execution import run_case
from contactflow.testing.host import HostDefaults
from contactflow.testing.library import FlowLibrary
from contactflow.testing.results import CaseResult
from contactflow.testing.suite import CaseFile, read_case
from contactflow.testing.telling import Locate, name_place, write_details

SUFFIX = ".case.json"


@dataclass(frozen=True)
class CaseWorld:
    """What cases run against: flows, what answers around them, and how to tell where an action comes from."""

    library: FlowLibrary
    host: HostDefaults = field(default_factory=HostDefaults)
    locate: Locate = name_place


_WORLD = pytest.StashKey[CaseWorld]()


class Hooks:
    """The hook that this plugin adds."""

    @pytest.hookspec(firstresult=True)
    def pytest_contactflow_world(self, config: pytest.Config) -> CaseWorld | None:
        """Return what the cases of this project run against; asked once, before the first case runs."""


class CaseFailedError(AssertionError):
    """A case did not pass."""

    def __init__(self, result: CaseResult) -> None:
        super().__init__(f"{result.name} did not pass")
        self.result = result


class CaseModule(pytest.File):
    """A file with a test case."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield the file's one case."""
        read = read_case(self.path)
        name = read.case.name if read is not None and read.case is not None else self.path.stem
        yield CaseItem.from_parent(self, name=name, file=read)


class CaseItem(pytest.Item):
    """One test case."""

    def __init__(self, *, file: CaseFile, **rest: Any) -> None:
        super().__init__(**rest)
        self._file = file

    def runtest(self) -> None:
        """Run the case."""
        if self._file.case is None:
            pytest.fail(self._file.problem or "", pytrace=False)
        world = find_world(self.config)
        result = run_case(self._file.case, world.library, host=world.host)
        if not result.passed:
            raise CaseFailedError(result)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Tell what was expected and what there was instead, without a stack trace."""
        if isinstance(excinfo.value, CaseFailedError):
            return write_details(excinfo.value.result, find_world(self.config).locate)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return the heading of a failure."""
        return self.path, None, self.name


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """Add the hook."""
    pluginmanager.add_hookspecs(Hooks)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    parser.addini("contactflow_cases", "Folders whose JSON files are test cases.", "paths", ["tests/cases"])
    parser.addini("contactflow_flows", "Exported flows that test cases run against, and folders of them.", "paths", [])


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect test cases."""
    if file_path.suffix != ".json":
        return None
    named = file_path.name.endswith(SUFFIX)
    if not named and not any(folder in file_path.parents for folder in _case_folders(parent.config)):
        return None
    return CaseModule.from_parent(parent, path=file_path) if named or _is_case(file_path) else None


def find_world(config: pytest.Config) -> CaseWorld:
    """Return what cases run against, made once."""
    if _WORLD not in config.stash:
        given = config.hook.pytest_contactflow_world(config=config)
        config.stash[_WORLD] = given or CaseWorld(_read_flows(config.getini("contactflow_flows")))
    return config.stash[_WORLD]


def _case_folders(config: pytest.Config) -> Iterable[Path]:
    return (config.rootpath / folder for folder in config.getini("contactflow_cases"))


def _is_case(path: Path) -> bool:
    """Return whether a file holds a test case; one that cannot be read is taken for one, and so is told."""
    try:
        return is_test_case(read_json(path.read_bytes()))
    except ValueError:
        return True


def _read_flows(paths: Iterable[Path]) -> FlowLibrary:
    files = [file for path in paths for file in (sorted(path.rglob("*.json")) if path.is_dir() else [path])]
    flows: dict[str, Flow] = {}
    for file in files:
        document = unwrap_document(read_json(file.read_bytes()))
        flows[document.name or file.stem] = Flow.parse(document.content)
    return FlowLibrary(flows)
