"""docs/flow-lint.md says what the registry says, rule by rule."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from contactflow.lint import RULES

PAGE = (Path(__file__).parents[3] / "docs" / "flow-lint.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### (\S+)\n(.*?)(?=^### |\Z)", PAGE, re.M | re.S))


def plain(text: str) -> str:
    return " ".join(text.split())


def test_every_rule_has_its_anchor_in_the_order_of_the_registry() -> None:
    assert list(SECTIONS) == [rule.id for rule in RULES]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_page_tells_severity_reason_mend_and_source(rule) -> None:
    section = plain(SECTIONS[rule.id])
    assert section.startswith(plain(f"**{rule.severity}** · {rule.title} {rule.reason} *Mend*: {rule.mend}"))
    assert section.endswith(f"Source: <{rule.page}>")
    assert plain(f"| [{rule.id}](#{rule.id}) | {rule.severity} | {rule.title} |") in plain(PAGE)


def test_links_within_the_page_lead_somewhere() -> None:
    anchors = set(SECTIONS)
    assert set(re.findall(r"\]\(#([^)]+)\)", PAGE)) <= anchors
