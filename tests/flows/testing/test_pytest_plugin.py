"""The pytest plugin, in a project of its own."""

import json

import pytest

from .cases import SHOP, content, end, hear

pytest_plugins = ["pytester"]

GOOD = {"Name": "A good one", "Content": content(hear("Welcome to the shop.", end()))}
BAD = {"Name": "A bad one", "Content": content(hear("Never said.", end()))}


@pytest.fixture
def project(pytester):
    """A project with an exported flow and three files beside it."""
    pytester.makeconftest('pytest_plugins = ["contactflow.testing.pytest_plugin"]')
    pytester.makeini("[pytest]\ncontactflow_flows = flows\ncontactflow_cases = cases\n")
    for path, document in {
        "flows/shop.json": SHOP.serialise(),
        "cases/good.json": GOOD,
        "cases/data.json": {"no": "case"},
        "elsewhere/one.case.json": BAD,
    }.items():
        file = pytester.path / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps(document))
    return pytester


def test_cases_are_items_with_readable_failures(project):
    result = project.runpytest_subprocess("-p", "no:cacheprovider")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        ['expected:*a message similar to "Never said."', "*heard instead*Welcome to the shop.*"]
    )
    assert "Traceback" not in result.stdout.str()


def test_a_file_that_cannot_be_read_fails(project):
    (project.path / "cases" / "broken.json").write_text("{")
    result = project.runpytest_subprocess("-p", "no:cacheprovider", "cases")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*JSON*"])


def test_a_project_may_give_its_own_flows(project):
    project.makeconftest("""
from contactflow.testing import FlowLibrary, HostDefaults
from contactflow.testing.pytest_plugin import CaseWorld
pytest_plugins = ["contactflow.testing.pytest_plugin"]
def pytest_contactflow_world(config):
    return CaseWorld(FlowLibrary({}), HostDefaults())
""")
    result = project.runpytest_subprocess("-p", "no:cacheprovider", "cases")
    result.assert_outcomes(failed=1)
