from __future__ import annotations

import base64
import json
import socket
import struct
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.twin.cloud.assemblies import allow, arn_of, function, permit, role
from tests.twin.cloud.conftest import Load, ref
from twin.cloud import LocalCloud
from twin.cloud.front import Front
from twin.cloud.front.routes import HttpApi, Route

CODE = """
import os, boto3
def handler(event, context):
    if event["rawPath"].endswith("link"):
        client = boto3.client("s3")
        url = client.generate_presigned_url("get_object", Params={"Bucket": os.environ["BUCKET"], "Key": "a b.wav"})
        return {"statusCode": 200, "body": url}
    if event["rawPath"].endswith("broken"):
        raise ValueError("secret")
    claims = event["requestContext"]["authorizer"]["jwt"]["claims"]
    return {"path": event.get("pathParameters"), "query": event.get("queryStringParameters"), "claims": claims}
"""
TOKEN = (
    "e30."
    + base64.urlsafe_b64encode(json.dumps({"username": "mina", "cognito:groups": ["agent", "supervisor"]}).encode())
    .decode()
    .rstrip("=")
    + "."
)
AUTHORIZED = {"Authorization": f"Bearer {TOKEN}"}


def api(*grants: Any) -> dict[str, Any]:
    return {
        "Role": role(*grants),
        "Bucket": {"Type": "AWS::S3::Bucket", "Properties": {}},
        "Function": function(Environment={"Variables": {"BUCKET": {"Ref": "Bucket"}}}),
        "Permit": permit("apigateway.amazonaws.com"),
        "Api": {"Type": "AWS::ApiGatewayV2::Api", "Properties": {"Name": "api", "ProtocolType": "HTTP"}},
        "Integration": {
            "Type": "AWS::ApiGatewayV2::Integration",
            "Properties": {
                "ApiId": {"Ref": "Api"},
                "IntegrationType": "AWS_PROXY",
                "IntegrationUri": arn_of("Function"),
                "PayloadFormatVersion": "2.0",
            },
        },
        "Route": {
            "Type": "AWS::ApiGatewayV2::Route",
            "Properties": {
                "ApiId": {"Ref": "Api"},
                "RouteKey": "GET /api/{proxy+}",
                "AuthorizationType": "JWT",
                "Target": {"Fn::Join": ["/", ["integrations", {"Ref": "Integration"}]]},
            },
        },
    }


class Browser:
    """Asks the front from a thread while the loop answers."""

    def __init__(self, front: Front) -> None:
        self._front = front

    @property
    def url(self) -> str:
        return self._front.url

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> tuple[int, bytes, Mapping[str, str]]:
        answers: list[tuple[int, bytes, Mapping[str, str]]] = []

        def ask() -> None:
            request = urllib.request.Request(self._front.url.rstrip("/") + path, headers=dict(headers or {}))
            try:
                with urllib.request.urlopen(request, timeout=20) as response:
                    answers.append((response.status, response.read(), dict(response.headers)))
            except urllib.error.HTTPError as error:
                answers.append((error.code, error.read(), dict(error.headers)))

        thread = threading.Thread(target=ask)
        thread.start()
        self._front.serve_until(lambda: not thread.is_alive())
        return answers[0]


def with_browser(cloud: LocalCloud, work: Callable[[Browser], None], site: Path | None = None) -> None:
    with Front(cloud, site=site) as front:
        work(Browser(front))


def test_front_listens_on_loopback_only(cloud: LocalCloud) -> None:
    with pytest.raises(ValueError, match="no loopback address"):
        Front(cloud, host="0.0.0.0")


def test_browser_that_goes_away_leaves_no_trace_in_the_terminal(
    cloud: LocalCloud, capfd: pytest.CaptureFixture[str]
) -> None:
    def work(browser: Browser) -> None:
        url = urlsplit(browser.url)
        with socket.create_connection((url.hostname or "", url.port or 0)) as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # resets as it closes
            connection.sendall(b"GET /config.json HTTP/1.1\r\n")
        assert browser.get("/config.json")[0] == 200

    with_browser(cloud, work)
    assert "Traceback" not in capfd.readouterr().err


def test_request_for_another_host_is_refused(cloud: LocalCloud) -> None:
    def work(browser: Browser) -> None:
        assert browser.get("/config.json", {"Host": "evil.example"})[0] == 421
        assert browser.get("/config.json", {"Host": "localhost:1234"})[0] == 200

    with_browser(cloud, work)


def test_api_takes_the_token_of_a_chosen_role_unverified(load: Load) -> None:
    def work(browser: Browser) -> None:
        status, body, headers = browser.get("/api/contacts/c1?day=2026-11-21&x=1&x=2", AUTHORIZED)
        assert status == 200
        answer = json.loads(body)
        assert answer["path"] == {"proxy": "contacts/c1"}
        assert answer["query"] == {"day": "2026-11-21", "x": "1,2"}
        assert answer["claims"] == {"username": "mina", "cognito:groups": "[agent supervisor]"}
        assert headers["x-content-type-options"] == "nosniff"

    cloud = load(api(), CODE)
    with_browser(cloud, work)
    assert cloud.usage()["apigateway", "HTTP API requests"] == 1


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic abc"}])
def test_api_refuses_who_brings_no_token(load: Load, headers: dict[str, str]) -> None:
    cloud = load(api(), CODE)
    with_browser(cloud, lambda browser: _is_status(browser.get("/api/me", headers), 401))


def test_failure_of_a_handler_does_not_leak(load: Load) -> None:
    def work(browser: Browser) -> None:
        status, body, _ = browser.get("/api/broken", AUTHORIZED)
        assert status == 500
        assert b"secret" not in body

    with_browser(load(api(), CODE), work)


def test_presigned_object_is_served_in_ranges_if_the_signer_may_read_it(load: Load) -> None:
    readable = {"Fn::Join": ["", [arn_of("Bucket"), "/*"]]}
    cloud = load(api(allow("s3:GetObject", readable)), CODE)
    cloud.client("s3").put_object(
        Bucket=ref(cloud, "Bucket"), Key="a b.wav", Body=b"0123456789", ContentType="audio/wav"
    )

    def work(browser: Browser) -> None:
        url = browser.get("/api/link", AUTHORIZED)[1].decode()
        assert url.startswith("/s3/")
        status, body, headers = browser.get(url, {"Range": "bytes=2-4"})
        assert (status, body, headers["content-range"]) == (206, b"234", "bytes 2-4/10")
        assert browser.get(url, {"Range": "bytes=-3"})[1] == b"789"
        assert browser.get(url, {"Range": "bytes=50-"})[0] == 416
        assert browser.get(url)[2]["content-type"] == "audio/wav"
        assert browser.get(url.replace("a%20b", "other"))[0] == 403

    with_browser(cloud, work)


def test_presigned_object_is_refused_when_the_signer_may_not_read_it(load: Load) -> None:
    cloud = load(api(), CODE)
    cloud.client("s3").put_object(Bucket=ref(cloud, "Bucket"), Key="a b.wav", Body=b"1")

    def work(browser: Browser) -> None:
        assert browser.get(browser.get("/api/link", AUTHORIZED)[1].decode())[0] == 403

    with_browser(cloud, work)
    assert cloud.denials[0].action == "s3:GetObject"


def test_site_falls_back_to_its_index_and_stays_in_its_folder(cloud: LocalCloud, tmp_path: Path) -> None:
    site = tmp_path / "dist"
    site.mkdir()
    (site / "index.html").write_text("<p>console</p>")
    (site / "app.js").write_text("1")
    (tmp_path / "secret.txt").write_text("secret")

    def work(browser: Browser) -> None:
        assert browser.get("/")[1] == b"<p>console</p>"
        assert browser.get("/contacts/c1")[1] == b"<p>console</p>"
        assert browser.get("/app.js")[1] == b"1"
        assert browser.get("/missing.js")[0] == 404
        assert browser.get("/..%2fsecret.txt")[0] == 404
        assert json.loads(browser.get("/config.json")[1]) == {"auth": "chosen", "apiUrl": ""}

    with_browser(cloud, work, site)


def test_most_exact_route_wins() -> None:
    found = HttpApi("a", "a", [Route("$default", "1"), Route("GET /api/{proxy+}", "2"), Route("GET /api/me", "3")])
    assert found.find("GET", "/api/me") == (found.routes[2], {})
    assert found.find("GET", "/api/x/y") == (found.routes[1], {"proxy": "x/y"})
    assert found.find("POST", "/api/me") == (found.routes[0], {})


def _is_status(answer: tuple[int, bytes, Mapping[str, str]], status: int) -> None:
    assert answer[0] == status
