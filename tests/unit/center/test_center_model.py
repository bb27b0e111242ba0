"""A call centre that is well: read, written, published as a schema."""

from __future__ import annotations

import json

import jsonschema
import pydantic
import pytest
import yaml

from tests.unit.center.garage import ROOT, SMALL
from trunkline.center import Center, json_schema, load_center, parse_center, write_json_schema


def test_sample_is_clean():
    center = load_center(ROOT / "callcenter.yaml")
    assert set(center.queues) >= {"orders", "billing", "technical", "muscle_cars"}
    assert next(iter(center.languages)) == "en"


def test_centre_survives_json():
    center = parse_center(SMALL)
    text = center.model_dump_json(by_alias=True)
    assert json.loads(text)["hours"]["shop"]["open"][0]["from"] == "07:00"
    assert Center.model_validate_json(text) == center


def test_closing_at_midnight_is_allowed():
    center = parse_center(SMALL.replace('to: "20:00"', 'to: "00:00"'))
    assert center.hours["shop"].open[1].to == "00:00"


def test_existing_instance_and_alarm_address_are_optional():
    arn = "arn:aws:connect:us-west-2:111122223333:instance/aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"
    center = parse_center(SMALL + f"instance_arn: {arn}\nalarms: {{email: ops@example.com}}\n")
    assert (center.instance_arn, center.alarms.email) == (arn, "ops@example.com")
    assert (parse_center(SMALL).instance_arn, parse_center(SMALL).alarms.email) == (None, None)


def test_centre_cannot_be_changed():
    with pytest.raises(pydantic.ValidationError, match="frozen"):
        parse_center(SMALL).name = "Other"


def test_published_schema_is_the_schema():
    published = (ROOT / "docs" / "callcenter.schema.json").read_text(encoding="utf-8")
    assert published == write_json_schema(), "run: trunkline check --schema > docs/callcenter.schema.json"


def test_sample_satisfies_the_published_schema():
    jsonschema.Draft202012Validator.check_schema(json_schema())
    jsonschema.validate(_as_json(ROOT.joinpath("callcenter.yaml").read_text(encoding="utf-8")), json_schema())


@pytest.mark.parametrize(
    "change", [("time_zone:", "time_zon:"), ("skill: orders", "skill: Or Ders"), ("  orders:", "  Or Ders:")]
)
def test_editors_find_mistakes_by_the_published_schema(change):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(_as_json(SMALL.replace(*change)), json_schema())


def _as_json(text: str) -> object:
    return json.loads(json.dumps(yaml.safe_load(text), default=str))
