"""What the flow commands read: exported flows, folders of them, answers of the service, or a ``callcenter.yaml``."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cli.flow.names import name_flow, name_type
from cli.flow.outputs import print_problem
from contactflow.model import Conversion, Flow, FlowError, FlowSyntaxError, convert_legacy
from contactflow.model.document import ANSWERS, read_json, unwrap_document

CENTER = Path("callcenter.yaml")
PATHS_HELP = "Exported flows, folders of them, or a callcenter.yaml; ./callcenter.yaml where none is given."
CENTER_SUFFIXES = (".yaml", ".yml")
FLOW_FIELDS = ("Actions", "StartAction", "modules", "Content", *ANSWERS)
SKIPPED_FOLDERS = ("node_modules", "__pycache__")


@dataclass(frozen=True)
class Source:
    """Where an action comes from: a key path in a ``callcenter.yaml``, and its line."""

    key: str
    line: int

    def serialise(self) -> dict[str, Any]:
        """Return it as JSON-compatible values."""
        return {"key": self.key, "line": self.line}


@dataclass(frozen=True)
class FlowFile:
    """One flow that was asked for.

    Attributes
    ----------
    file
        Its path as given, such as ``flows/inbound.json`` or ``callcenter.yaml:inbound``.
    name
        Its name in the console, or that of its file.
    type
        The service's flow type such as ``CONTACT_FLOW``, ``MODULE`` for a flow module; empty where nothing tells.
    flow
        None where it could not be read.
    problem
        What is wrong, where, and how to mend it; None where it was read.
    sources
        Where each action comes from, by identifier; empty for anything but a ``callcenter.yaml``.
    conversion
        How it was converted, where it is a legacy export.
    """

    file: str
    name: str = ""
    type: str = ""
    flow: Flow | None = None
    problem: str | None = None
    sources: Mapping[str, Source] = field(default_factory=dict)
    conversion: Conversion | None = None

    @property
    def path(self) -> Path:
        """The file that it was read from; of a compiled flow the ``callcenter.yaml``."""
        return Path(self.file.rpartition(":")[0] if self.sources else self.file)

    @property
    def names(self) -> tuple[str, ...]:
        """What people, and other flows, may call it: its name, its file, its placeholders."""
        stem = self.name if self.sources else self.path.stem
        return (self.name, self.file, stem, f"${{flow.{self.name}}}", f"${{module.{self.name}}}")

    @property
    def note(self) -> str | None:
        """What to know though nothing is wrong: that the flow was converted, and whether all of it was."""
        if self.conversion is None:
            return None
        count = len(self.conversion.not_converted)
        lost = f"; {count} part{'s' if count > 1 else ''} could not be, see trunkline flow convert" if count else ""
        return f"Converted from the console's legacy format{lost}."


def read_flows(paths: Sequence[Path]) -> list[FlowFile]:
    """Read every flow that ``paths`` name; none named means ``callcenter.yaml`` in this folder.

    A path is a flow in the Flow language, a legacy export (converted), an answer of DescribeContactFlow, a folder
    of these (sorted, with its folders), or a ``callcenter.yaml``, which is compiled. In a folder, test cases and JSON
    that is no flow are passed over. What cannot be read is told as the ``problem`` of its file; the others go on.
    """
    files: list[FlowFile] = []
    seen: set[Path] = set()
    for path in paths or (CENTER,):
        if path.resolve() not in seen:
            seen.add(path.resolve())
            files += _read_path(path, seen)
    return files


def exit_code(unreadable: bool, errors: bool) -> int:
    """Return the exit code of a command: 2 where a file could not be read, 1 where errors were found, else 0."""
    return 2 if unreadable else int(errors)


def print_problems(files: Iterable[FlowFile]) -> bool:
    """Tell on the error stream what could not be read and what to know; return whether anything could not be read."""
    unreadable = False
    for file in files:
        if file.problem is not None:
            unreadable = True
            print_problem(file.file, file.problem)
        if file.note is not None:
            print_problem(file.file, file.note, style="yellow")
    return unreadable


def _read_path(path: Path, seen: set[Path]) -> list[FlowFile]:
    if path.is_dir():
        return _read_folder(path, seen)
    if path.suffix.lower() in CENTER_SUFFIXES:
        return _compile_center(path)
    return [_read_file(path)]


def _read_folder(folder: Path, seen: set[Path]) -> list[FlowFile]:
    files = []
    empty = True
    for path in _list_json(folder):
        if path.resolve() in seen:
            empty = False
            continue
        seen.add(path.resolve())
        try:
            value = _load(path)
        except (OSError, FlowError) as error:
            files.append(_unreadable(path, error))
            continue
        if _may_be_flow(value):
            files.append(_open_flow(path, value))
    if empty and not files:
        problem = "There is no flow in this folder. Name a folder with exported flows (*.json)."
        return [FlowFile(str(folder), folder.name, problem=problem)]
    return files


def _list_json(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in SKIPPED_FOLDERS)
        yield from (Path(root, name) for name in sorted(names) if name.lower().endswith(".json"))


def _read_file(path: Path) -> FlowFile:
    try:
        return _open_flow(path, _load(path))
    except (OSError, FlowError) as error:
        return _unreadable(path, error)


def _load(path: Path) -> Any:
    return read_json(path.read_bytes())


def _may_be_flow(value: Any) -> bool:
    if not isinstance(value, Mapping):
        return False
    content = value.get("Content")
    is_test_case = "Observations" in (content if isinstance(content, Mapping) else value)
    return not is_test_case and any(name in value for name in FLOW_FIELDS)


def _open_flow(path: Path, value: Any) -> FlowFile:
    try:
        document = unwrap_document(value)
        if "Observations" in document.content:
            raise FlowSyntaxError("This is a test case, not a flow", mend="Run it with trunkline flow test.")
        legacy = "modules" in document.content and "Actions" not in document.content
        conversion = convert_legacy(document.content) if legacy else None
        flow = conversion.flow if conversion else Flow.parse(document.content)
    except FlowError as error:
        return _unreadable(path, error)
    return FlowFile(str(path), name_flow(document, path), name_type(document, flow), flow, conversion=conversion)


def _compile_center(path: Path) -> list[FlowFile]:
    from cli.flow.local import compile_locally
    from contactflow.compile import CompileError
    from trunkline.center import CenterError, locate_keys

    try:
        compiled, lines = compile_locally(path), locate_keys(path)
        return [
            FlowFile(
                f"{path}:{one.name}",
                one.name,
                one.type,
                one.parse(),
                sources={action: Source(key, lines[key]) for action, key in one.sources.items()},
            )
            for one in compiled
        ]
    except (CenterError, CompileError, FlowError) as error:
        return [FlowFile(str(path), path.stem, problem=str(error))]


def _unreadable(path: Path, error: OSError | FlowError) -> FlowFile:
    if isinstance(error, FileNotFoundError):
        problem = "There is no such file. Name an exported flow, a folder of them, or a callcenter.yaml."
    elif isinstance(error, OSError):
        problem = f"The file cannot be read: {error.strerror}."
    else:
        problem = str(error)
    return FlowFile(str(path), path.stem, problem=problem)
