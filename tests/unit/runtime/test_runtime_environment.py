"""A function reads its environment once, and says at once all that is missing from it."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest

from trunkline.runtime import ConfigurationError, load_center_document, load_environment


@dataclass(frozen=True)
class Sample:
    live_table: str
    most_rows: int


def test_variables_become_fields(monkeypatch):
    monkeypatch.setenv("LIVE_TABLE", "live-dev")
    monkeypatch.setenv("MOST_ROWS", "50")
    assert load_environment(Sample) == Sample("live-dev", 50)


def test_all_missing_variables_are_named_at_once(monkeypatch):
    monkeypatch.delenv("LIVE_TABLE", raising=False)
    monkeypatch.setenv("MOST_ROWS", "many")
    with pytest.raises(ConfigurationError) as error:
        load_environment(Sample)
    assert "LIVE_TABLE is not set" in str(error.value)
    assert "MOST_ROWS is not a whole number" in str(error.value)


def test_environment_is_read_anew_for_each_function(monkeypatch):
    monkeypatch.setenv("MOST_ROWS", "1")
    monkeypatch.setenv("LIVE_TABLE", "one")
    first = load_environment(Sample)
    monkeypatch.setenv("LIVE_TABLE", "two")
    assert (first.live_table, load_environment(Sample).live_table) == ("one", "two")


def test_center_is_read_beside_the_code(monkeypatch, tmp_path):
    (tmp_path / "center.json").write_text(json.dumps({"name": "주문"}), encoding="utf-8")
    monkeypatch.setenv("LAMBDA_TASK_ROOT", str(tmp_path))
    assert load_center_document() == {"name": "주문"}


@pytest.mark.parametrize(("text", "said"), [(None, "missing"), ("{", "not JSON"), ("[]", "no JSON object")])
def test_bad_center_document_is_explained(monkeypatch, tmp_path, text, said):
    if text is not None:
        (tmp_path / "center.json").write_text(text)
    monkeypatch.setenv("LAMBDA_TASK_ROOT", str(tmp_path))
    with pytest.raises(ConfigurationError, match=said):
        load_center_document()


def test_center_without_task_root_is_explained(monkeypatch):
    monkeypatch.delenv("LAMBDA_TASK_ROOT", raising=False)
    with pytest.raises(ConfigurationError, match="LAMBDA_TASK_ROOT"):
        load_center_document()
