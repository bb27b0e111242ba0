"""Pictures of flows, as the console asks for them."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from trunkline.console.access import BadRequestError, NotFoundError
from trunkline.console.api import answer
from trunkline.console.drawings import Drawings


@pytest.fixture
def drawings(tmp_path: Path) -> Drawings:
    for language in ("en", "ko"):
        folder = tmp_path / "drawings" / language
        folder.mkdir(parents=True)
        for name in ("survey", "inbound", "after hours"):
            (folder / f"{name}.svg").write_text(f"<svg lang='{language}'>{name}</svg>", encoding="utf-8")
    (tmp_path / "center.svg").write_text("secret", encoding="utf-8")
    return Drawings(tmp_path / "drawings")


def ask(drawings: Drawings, path: str, role: str = "agent", **query: str) -> tuple[int, Any]:
    claims = {"username": "mina", "cognito:groups": f"[{role}]"}
    event = {
        "rawPath": path,
        "requestContext": {"authorizer": {"jwt": {"claims": claims}}},
        "queryStringParameters": query,
    }
    response = answer(SimpleNamespace(drawings=drawings), event)  # type: ignore[arg-type]
    return response["statusCode"], json.loads(response["body"])


def test_flows_are_listed(drawings: Drawings) -> None:
    assert drawings.list_flows() == {"flows": ["after hours", "inbound", "survey"]}
    assert ask(drawings, "/api/flows") == (200, {"flows": ["after hours", "inbound", "survey"]})


@pytest.mark.parametrize("role", ["agent", "supervisor", "manager"])
def test_everybody_who_may_see_a_contact_may_see_its_flow(drawings: Drawings, role: str) -> None:
    status, body = ask(drawings, "/api/flows/inbound", role, language="ko")
    assert (status, body) == (200, {"name": "inbound", "language": "ko", "svg": "<svg lang='ko'>inbound</svg>"})


def test_stranger_sees_no_flow(drawings: Drawings) -> None:
    assert ask(drawings, "/api/flows/inbound", "guest")[0] == 403


def test_picture_is_english_where_no_language_is_asked_for(drawings: Drawings) -> None:
    assert drawings.show_flow("survey", None)["language"] == "en"


def test_name_with_a_space_is_found(drawings: Drawings) -> None:
    assert ask(drawings, "/api/flows/after%20hours")[1]["name"] == "after hours"


def test_other_language_is_refused_by_name(drawings: Drawings) -> None:
    with pytest.raises(BadRequestError, match="en, ko"):
        drawings.show_flow("inbound", "fr")


@pytest.mark.parametrize("name", ["nothing", "../center", "..%2Fcenter", "../../center", "inbound.svg", "*", "", "%00"])
def test_only_deployed_flows_are_found(drawings: Drawings, name: str) -> None:
    with pytest.raises(NotFoundError):
        drawings.show_flow(name, "en")
    assert ask(drawings, f"/api/flows/{name}")[0] == 404


@pytest.mark.parametrize("language", ["../en", "..", "/etc"])
def test_language_is_no_path(drawings: Drawings, language: str) -> None:
    assert ask(drawings, "/api/flows/inbound", language=language)[0] == 400


def test_console_deployed_without_pictures_lists_none(tmp_path: Path) -> None:
    assert Drawings(tmp_path / "absent").list_flows() == {"flows": []}
