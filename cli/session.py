"""The sample centre on the twin: synthesised, loaded, with people to call it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from cli.console_api import ConsoleApi
from cli.customers import load_customers
from cli.errors import UsageError
from cli.progress import Progress
from cli.synthesis import ROOT, synthesise
from trunkline.center import Center, CenterError, load_center
from twin import connect, people, speech
from twin.cloud import HandlerMode, LocalCloud
from twin.connect import ConnectNetwork, DeliveryFaults
from twin.contracts import Studio

SAMPLE_CENTER = ROOT / "callcenter.yaml"
SAMPLE_SCENARIO = ROOT / "scenarios" / "redline.yaml"
SAMPLE_CUSTOMERS = ROOT / "scenarios" / "customers.yaml"
BANK_CENTER = ROOT / "scenarios" / "bank" / "callcenter.yaml"
SPEECH_CACHE = ROOT / ".cache" / "speech"


@dataclass(frozen=True)
class Session:
    """A centre that is loaded and can be called.

    Attributes
    ----------
    center
        What ``callcenter.yaml`` says.
    network
        The telephones, and what truly happens.
    console
        The API as the console reads it, with a manager's eyes.
    """

    center: Center
    cloud: LocalCloud
    network: ConnectNetwork
    studio: Studio
    console: ConsoleApi

    @property
    def zone(self) -> ZoneInfo:
        """Return the centre's time zone."""
        return ZoneInfo(self.center.time_zone)

    def table_with_keys(self, *names: str) -> str:
        """Return the table whose key consists of ``names``, so that nothing depends on its generated name."""
        for resource, created in self.cloud.created("AWS::DynamoDB::Table"):
            if [key["AttributeName"] for key in resource.properties["KeySchema"]] == list(names):
                return created.ref
        raise LookupError(f"no table with the key {', '.join(names)} in the templates")


@contextmanager
def open_session(
    center_file: Path,
    *,
    seed: int,
    start: datetime,
    progress: Progress,
    spoken: bool = True,
    handlers: HandlerMode = "inprocess",
    faults: DeliveryFaults | None = None,
) -> Iterator[Session]:
    """Synthesise and load a centre; it is closed when the block ends.

    Parameters
    ----------
    spoken
        True lets people speak with real voices; False leaves recordings silent, but as long.
    faults
        What goes wrong in the delivery of events and records; nothing by default.

    Raises
    ------
    UsageError
        When the file is not a centre or cannot be synthesised.
    """
    center = read_center(center_file)
    logging.getLogger("moto").setLevel(logging.CRITICAL)
    with progress.step("Synthesising the cloud"):
        assembly = synthesise(center_file)
    studio: speech.RememberingStudio = speech.SpokenStudio(SPEECH_CACHE) if spoken else speech.SilentStudio()
    with LocalCloud(seed=seed, start=start, handlers=handlers) as cloud:
        network = connect.install(cloud, studio, faults)
        speech.install(cloud, studio)
        with progress.step("Loading it into the twin"):
            cloud.load(assembly)
            session = Session(center, cloud, network, studio, ConsoleApi(cloud))
            if center_file.resolve() == SAMPLE_CENTER:
                load_customers(cloud, session.table_with_keys("phone"), SAMPLE_CUSTOMERS)
                people.serve_endpoints(cloud.outside, read_scenario(SAMPLE_SCENARIO).endpoints)
        yield session


def read_center(center_file: Path) -> Center:
    """Return the centre in ``center_file``, or tell all that is wrong with it."""
    try:
        return load_center(center_file)
    except CenterError as error:
        raise UsageError(str(error), f"mend it; `trunkline check {center_file}` tells the same") from error


def read_scenario(path: Path) -> people.Scenario:
    """Return the scenario in ``path``."""
    try:
        return people.load_scenario(path)
    except people.ScenarioError as error:
        raise UsageError(str(error), "see scenarios/redline.yaml for an example") from error
