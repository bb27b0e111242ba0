"""The sample centre's test cases (``tests/cases``) run among the other tests, against its own compiled flows."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")  # a slow machine is no defect
pytest_plugins = ["contactflow.testing.pytest_plugin"]

CENTER = Path(__file__).parents[1] / "callcenter.yaml"


def pytest_contactflow_world(config: pytest.Config):
    """Compile the centre's flows, once the first case runs: other tests do not wait for it."""
    from cli.flow.case_report import locate_by
    from cli.flow.inputs import read_flows
    from cli.flow.offline_center import build_host, build_library, map_sources
    from contactflow.testing.pytest_plugin import CaseWorld

    files = read_flows([CENTER])
    problems = [file.problem for file in files if file.problem]
    assert not problems, problems
    return CaseWorld(build_library(files), build_host([CENTER]), locate_by(map_sources(files)))
