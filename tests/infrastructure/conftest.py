"""One synthesis for all tests of the infrastructure, without network, credentials or region."""

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from .templates import Assembly

PROJECT = Path(__file__).resolve().parents[2]
BLOCK_PYTHON = """
import runpy, socket
def refuse(*_): raise OSError('the network is blocked in tests')
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
"""
RUN_APP = """
runpy.run_path('app.py', run_name='__main__')
"""
ACKNOWLEDGE_NOTHING = """
import infra, aws_cdk
aws_cdk.Validations.acknowledge = lambda self, *rules: None
"""
BLOCK_NODE = """
const refuse = () => { throw new Error('the network is blocked in tests'); };
require('net').Socket.prototype.connect = refuse;
require('dns').lookup = refuse;
require('dgram').createSocket = refuse;
"""
SCRUBBED = ("AWS_", "CDK_", "TRUNKLINE_", "JSII_", "NODE_", "PYTHONPATH")


class Synthesiser:
    """Runs ``python app.py`` as a user would, in an empty cloud, once for each name.

    Parallel test processes share ``folder``: who comes second finds what the first one made.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._blocked = folder / "block.js"
        self._blocked.write_text(BLOCK_NODE)
        self.site = folder / "site"
        self.site.mkdir(exist_ok=True)
        (self.site / "index.html").write_text("<!doctype html>")

    def run(self, name: str, prelude: str = "", **variables: str) -> tuple[Path, subprocess.CompletedProcess[str]]:
        """Return the assembly's folder and how the process ended; ``prelude`` runs before the app."""
        outdir, ending = self._folder / name, self._folder / f"{name}.ending"
        with (self._folder / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not ending.exists():
                done = self._run_app(prelude, {"CDK_OUTDIR": str(outdir), **variables})
                ending.write_text(json.dumps([done.args, done.returncode, done.stdout, done.stderr]))
            return outdir, subprocess.CompletedProcess(*json.loads(ending.read_text()))

    def _run_app(self, prelude: str, variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
        environment = {key: value for key, value in os.environ.items() if not key.startswith(SCRUBBED)}
        environment |= {
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
            "NODE_OPTIONS": f"--require={self._blocked}",
            "TRUNKLINE_SITE": str(self.site),
            **variables,
        }
        command = [sys.executable, "-c", BLOCK_PYTHON + prelude + RUN_APP]
        return subprocess.run(
            command, cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=300, check=False
        )

    def synthesise(self, name: str, **variables: str) -> Assembly:
        outdir, done = self.run(name, **variables)
        assert done.returncode == 0, done.stderr or done.stdout
        return Assembly(outdir)


@pytest.fixture(scope="session")
def synthesiser(tmp_path_factory: pytest.TempPathFactory) -> Synthesiser:
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "synth"
    folder.mkdir(exist_ok=True)
    return Synthesiser(folder)


@pytest.fixture(scope="session")
def assembly(synthesiser: Synthesiser) -> Assembly:
    """The development environment, held against cdk-nag: a finding that nobody acknowledged fails it."""
    return synthesiser.synthesise("dev", TRUNKLINE_NAG="true")


@pytest.fixture(scope="session")
def unacknowledged(assembly: Assembly, synthesiser: Synthesiser) -> Assembly:
    """The stacks of ``assembly`` once more, made by a process that acknowledges no finding of cdk-nag."""
    del assembly
    outdir, done = synthesiser.run("unacknowledged", ACKNOWLEDGE_NOTHING, TRUNKLINE_NAG="true")
    assert done.returncode != 0
    return Assembly(outdir)


@pytest.fixture(scope="session")
def production(synthesiser: Synthesiser) -> Assembly:
    return synthesiser.synthesise("prod", TRUNKLINE_ENVIRONMENT="prod")


@pytest.fixture(scope="session")
def elsewhere(synthesiser: Synthesiser, tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    """The sample in another folder, with one board, other figures for alarms, and its cost watched."""
    changes = {
        "  service_level_convention: c\n": "  service_level_convention: c\n  dashboards: [operator]\n",
        "  longest_wait_seconds: 300\n": "  longest_wait_seconds: null\n  service_level_minutes: 45\n"
        "  abandonment_percent: 12.5\n  ghost_agents: 3\n  stuck_calls: null\n  cost_anomaly_dollars: 25\n",
    }
    path = change_sample(tmp_path_factory.mktemp("elsewhere"), changes)
    return synthesiser.synthesise("elsewhere", TRUNKLINE_CENTER=str(path))


def change_sample(folder: Path, changes: Mapping[str, str]) -> Path:
    """Write a copy of the sample into a folder in which texts are replaced."""
    text = (PROJECT / "callcenter.yaml").read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new, 1)
    path = folder / "changed.yaml"
    path.write_text(text, encoding="utf-8")
    if not (folder / "prompts").exists():
        (folder / "prompts").symlink_to(PROJECT / "prompts")
    return path


@pytest.fixture
def changed_center(tmp_path: Path) -> Callable[[str, str], Path]:
    """Write a copy of the sample in which one text is replaced."""

    def change(old: str, new: str) -> Path:
        return change_sample(tmp_path, {old: new})

    return change
