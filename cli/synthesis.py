"""Synthesise the cloud for one ``callcenter.yaml``, once for each state of the sources.

Assemblies are kept in ``.cache/assemblies``. A process that uses one holds a shared lock on it until it
ends, because functions are imported from there when they are first called; only an assembly that nobody
holds is ever removed.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TextIO

from cli.errors import UsageError
from trunkline.center import CenterError, load_center

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ("app.py", "cdk.json", "infra", "functions", "layers", "statemachines", "contactflow", "web/dist")
KEPT_ASSEMBLIES = 4
_held: list[TextIO] = []


def synthesise(center: Path, *, environment: str = "dev") -> Path:
    """Return the folder of the cloud assembly for ``center``; made anew only when a source changed.

    Parameters
    ----------
    center
        Path of a ``callcenter.yaml``.
    environment
        ``dev`` or ``prod``.

    Raises
    ------
    UsageError
        With the output of the synthesis, when it failed.
    """
    kept = ROOT / ".cache" / "assemblies"
    target = kept / _fingerprint(center, environment)
    if not _hold(target):
        kept.mkdir(parents=True, exist_ok=True)
        with kept.with_suffix(".lock").open("w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # who comes second finds what the first one made
            if not _hold(target):
                _make(center, target, environment)
    return target


def _make(center: Path, target: Path, environment: str) -> None:
    partial = target.with_name(f"{target.name}.{os.getpid()}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    _run_app(center, partial, environment)
    _replace(partial, target)
    if not _hold(target):
        raise UsageError(f"the assembly {target} was removed while it was made", "try again")
    _forget_old(target.parent)


def _run_app(center: Path, outdir: Path, environment: str) -> None:
    command = [sys.executable, str(ROOT / "app.py")]
    variables = {
        **os.environ,
        "CDK_OUTDIR": str(outdir),
        "TRUNKLINE_CENTER": str(center.resolve()),
        "TRUNKLINE_ENVIRONMENT": environment,
    }
    done = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        shutil.rmtree(outdir, ignore_errors=True)
        words = (done.stderr.strip() or done.stdout.strip()).splitlines()
        raise UsageError(
            "the cloud could not be synthesised:\n" + "\n".join(words[-20:]),
            "run `python app.py` for all of it",
        )


def _replace(partial: Path, target: Path) -> None:
    try:
        partial.rename(target)
    except OSError:
        shutil.rmtree(partial, ignore_errors=True)


def _hold(assembly: Path) -> bool:
    """Take a shared lock on an assembly until this process ends; False when there is no such assembly."""
    try:
        lock = (assembly / "manifest.json").open(encoding="utf-8")
    except OSError:
        return False
    fcntl.flock(lock, fcntl.LOCK_SH)
    if not (assembly / "manifest.json").exists():
        return False
    _held.append(lock)
    assembly.touch()
    return True


def _forget_old(kept: Path) -> None:
    folders = [path for path in kept.iterdir() if (path / "manifest.json").exists()]
    for path in sorted(folders, key=lambda one: one.stat().st_mtime)[:-KEPT_ASSEMBLIES]:
        with (path / "manifest.json").open(encoding="utf-8") as lock, contextlib.suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(path, ignore_errors=True)


def _fingerprint(center: Path, environment: str) -> str:
    digest = hashlib.sha256(environment.encode())
    digest.update(center.read_bytes())
    for recording in _recordings_of(center):
        digest.update(recording.read_bytes())
    for source in SOURCES:
        path = ROOT / source
        files = [path] if path.is_file() else sorted(path.rglob("*")) if path.is_dir() else []
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(str(file.relative_to(ROOT)).encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _recordings_of(center: Path) -> list[Path]:
    """Return the recordings that a call centre's file names; none where it is wrong, which the synthesis tells."""
    try:
        prompts = load_center(center).ivr.prompts.values()
    except CenterError:
        return []
    return [center.parent / prompt.file for prompt in prompts]
