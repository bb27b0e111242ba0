"""A centre that cannot be: told by file, line and key, wherever it is given, without a stack trace."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from cli.main import main
from cli.session import SAMPLE_CENTER
from cli.synthesis import ROOT
from tests.centre.altered import AlteredAssembly
from tests.centre.centre import open_centre
from twin.cloud.errors import UnknownResourceError

BAD = {
    "misspelt key": (
        "    service_target: {percent: 80, seconds: 30}",
        "    service_targt: {percent: 80, seconds: 30}",
        ("queues.billing.service_targt", "did you mean service_target?"),
    ),
    "no such queue": (
        '"2": {queue: billing, phrases',
        '"2": {queue: biling, phrases',
        ("ivr.menus.main.options.2.queue", "did you mean billing?"),
    ),
    "hours over midnight": (
        'from: "08:00", to: "16:00"',
        'from: "22:00", to: "06:00"',
        ("hours.shop.open", "midnight"),
    ),
}


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def trunkline(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """The command, run in this process; an exception that would be a stack trace fails the test."""

    def run(*arguments: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["trunkline", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        return Done(int(ended.value.code or 0), *capsys.readouterr())

    return run


def line_of(path: Path, text: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


@pytest.mark.parametrize("name", BAD)
def test_check_names_line_and_key_and_how_to_mend(
    trunkline: Callable[..., Done], changed_center: Callable[[str, str], Path], name: str
) -> None:
    old, new, words = BAD[name]
    path = changed_center(old, new)
    done = trunkline("check", str(path))
    assert done.returncode == 1
    assert f"bad.yaml:{line_of(path, new)}" in done.stderr.replace("\n", " ")
    assert all(word in done.stderr for word in words)


@pytest.mark.parametrize("name", BAD)
def test_day_refuses_the_file_with_the_same_words(
    trunkline: Callable[..., Done], changed_center: Callable[[str, str], Path], name: str
) -> None:
    old, new, words = BAD[name]
    path = changed_center(old, new)
    done = trunkline("day", "--calls", "1", "--silent", "--format", "json", "--center", str(path))
    assert (done.returncode, done.stdout) == (2, "")
    assert f"bad.yaml:{line_of(path, new)}" in done.stderr
    assert all(word in done.stderr for word in words)


def test_all_problems_are_told_at_once(trunkline: Callable[..., Done], tmp_path: Path) -> None:
    text = SAMPLE_CENTER.read_text(encoding="utf-8")
    for old, new, _ in BAD.values():
        text = text.replace(old, new)
    path = tmp_path / "bad.yaml"
    path.write_text(text, encoding="utf-8")
    done = trunkline("check", str(path), "--format", "json")
    assert done.returncode == 1
    keys = [problem["key"] for problem in json.loads(done.stdout)]
    assert all(any(key.startswith(words[0]) for key in keys) for *_, words in BAD.values())


def test_file_that_is_not_there_is_told_in_two_lines_and_no_stack_trace() -> None:
    command = [sys.executable, "-c", "from cli.main import main; main()", "day", "--center", "nowhere.yaml"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "nowhere.yaml" in done.stderr
    assert "Traceback" not in done.stderr


def test_unknown_resource_type_is_named_with_place_and_mend(altered: AlteredAssembly) -> None:
    altered.add_resource("Center", "Carrier", {"Type": "AWS::Pigeon::Loft", "Properties": {}})
    with pytest.raises(UnknownResourceError) as caught, open_centre(1, assembly=altered.folder):
        pass
    message = str(caught.value)
    assert message.startswith(
        "Trunkline-dev-Center/Carrier: the twin does not know the resource type AWS::Pigeon::Loft."
    )
    assert "LocalCloud.provide_resource('AWS::Pigeon::Loft', provider)" in message


def test_twin_is_free_again_after_a_cloud_that_could_not_be_loaded(altered: AlteredAssembly) -> None:
    altered.add_resource("Center", "Carrier", {"Type": "AWS::Pigeon::Loft", "Properties": {}})
    for _ in range(2):
        with pytest.raises(UnknownResourceError), open_centre(1, assembly=altered.folder):
            pass
