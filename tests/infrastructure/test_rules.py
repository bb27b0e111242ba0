"""Rules of others: cdk-nag's AwsSolutions and cfn-lint."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from .templates import Assembly

REGIONS = ("us-east-1", "us-west-2", "eu-central-1", "eu-west-2", "ap-northeast-2", "ap-southeast-2")
"""Regions with Amazon Connect."""

REDUNDANT_DEPENDENCY = "W3005"
"""CDK writes DependsOn beside GetAtt for every role; harmless, and not ours to change."""


Finding = tuple[str, str]


def acknowledged(assembly: Assembly) -> dict[Finding, str]:
    """Reasons by construct and rule."""
    return {
        (construct.strip("/"), rule.removeprefix("Annotation::")): reason
        for path in assembly.folder.glob("*.metadata.json")
        for construct, entries in json.loads(path.read_text(encoding="utf-8")).items()
        for entry in entries
        if entry["type"] == "aws:cdk:acknowledged-rules"
        for rule, reason in entry["data"].items()
    }


@pytest.fixture(scope="module")
def found(unacknowledged: Assembly) -> list[Finding]:
    """Every finding of cdk-nag, as if nothing were acknowledged."""
    told = json.loads((unacknowledged.folder / "validation-report.json").read_text(encoding="utf-8"))
    (report,) = told["pluginReports"]
    assert report["pluginName"] == "AwsSolutions"
    return [
        (construct["constructPath"], violation["ruleName"])
        for violation in report["violations"]
        for construct in violation["violatingConstructs"]
    ]


def is_told(finding: Finding, construct: str, rule: str) -> bool:
    path, found_rule = finding
    return rule == found_rule and (path + "/").startswith(construct + "/")


def test_no_finding_of_cdk_nag_is_unacknowledged(assembly: Assembly, found: list[Finding]) -> None:
    known = acknowledged(assembly)
    assert found
    assert [one for one in found if not any(is_told(one, *key) for key in known)] == []
    report = json.loads((assembly.folder / "validation-report.json").read_text(encoding="utf-8"))
    assert report["pluginReports"] == []


def test_nothing_is_acknowledged_that_is_not_found(assembly: Assembly, found: list[Finding]) -> None:
    assert [key for key in acknowledged(assembly) if not any(is_told(one, *key) for one in found)] == []


def test_acknowledgements_sit_on_resources_and_give_reasons(assembly: Assembly) -> None:
    for (construct, rule), reason in acknowledged(assembly).items():
        assert construct.count("/") >= 1, f"{rule} is acknowledged for a whole stack"
        assert len(reason.split()) >= 8, f"{construct}: {rule}: {reason}"


@pytest.mark.parametrize("stack", ["Data", "Center", "Console"])
def test_cfn_lint_finds_nothing(assembly: Assembly, stack: str) -> None:
    (template,) = assembly.folder.glob(f"*-{stack}.template.json")
    command = [str(Path(sys.executable).with_name("cfn-lint")), "--regions", *REGIONS]
    command += ["--ignore-checks", REDUNDANT_DEPENDENCY, "--", str(template)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout
