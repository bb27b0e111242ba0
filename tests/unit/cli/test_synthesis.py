"""Keeping assemblies: made once for each state of the sources, never taken from under a process."""

import fcntl
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cli import synthesis
from cli.errors import UsageError

HOLD = """
import fcntl, sys
held = open(sys.argv[1])
fcntl.flock(held, fcntl.LOCK_SH)
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def runs(monkeypatch, tmp_path):
    """Count syntheses; each writes an assembly without the CDK."""
    made = []

    def run(center: Path, outdir: Path, environment: str) -> None:
        made.append(center.read_text())
        (outdir / "manifest.json").write_text("{}")

    monkeypatch.setattr(synthesis, "ROOT", tmp_path)
    monkeypatch.setattr(synthesis, "_run_app", run)
    return made


def center(folder: Path, text: str) -> Path:
    path = folder / "callcenter.yaml"
    path.write_text(text)
    return path


def test_same_sources_are_synthesised_once(runs, tmp_path):
    first = synthesis.synthesise(center(tmp_path, "name: a"))
    assert synthesis.synthesise(center(tmp_path, "name: a")) == first
    assert runs == ["name: a"]


def test_who_comes_second_waits_for_what_the_first_one_makes(runs, tmp_path):
    path = center(tmp_path, "name: a")
    target = tmp_path / ".cache" / "assemblies" / synthesis._fingerprint(path, "dev")
    target.mkdir(parents=True)
    with ThreadPoolExecutor(1) as pool, target.parent.with_suffix(".lock").open("w") as first:
        fcntl.flock(first, fcntl.LOCK_EX)
        second = pool.submit(synthesis.synthesise, path)
        with pytest.raises(TimeoutError):
            second.result(timeout=0.5)
        (target / "manifest.json").write_text("{}")
        fcntl.flock(first, fcntl.LOCK_UN)
        assert second.result(timeout=60) == target
    assert runs == []


def test_another_center_or_environment_is_another_assembly(runs, tmp_path):
    first = synthesis.synthesise(center(tmp_path, "name: a"))
    assert synthesis.synthesise(center(tmp_path, "name: b")) != first
    assert synthesis.synthesise(center(tmp_path, "name: a"), environment="prod") != first


def test_assembly_that_another_process_uses_is_never_removed(runs, tmp_path):
    used = synthesis.synthesise(center(tmp_path, "name: used"))
    synthesis._held.pop().close()
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(used / "manifest.json")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        other.stdout.readline()
        for number in range(synthesis.KEPT_ASSEMBLIES + 2):
            synthesis.synthesise(center(tmp_path, f"name: {number}"))
            synthesis._held.pop().close()
        kept = {path.name for path in used.parent.iterdir()}
        other.communicate()
    assert used.name in kept
    assert len(kept) == synthesis.KEPT_ASSEMBLIES + 1


def test_synthesis_that_fails_tells_its_words_and_leaves_nothing(monkeypatch, tmp_path):
    monkeypatch.setattr(synthesis, "ROOT", tmp_path)
    (tmp_path / "app.py").write_text("import sys; sys.exit('no queue of that name')")
    with pytest.raises(UsageError, match="no queue of that name"):
        synthesis.synthesise(center(tmp_path, "name: a"))
    assert list((tmp_path / ".cache" / "assemblies").iterdir()) == []
