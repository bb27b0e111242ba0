"""What the front serves: HTTP APIs, the site, and objects that were presigned."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from botocore.exceptions import ClientError

from twin.cloud.front.exchange import Answer, Request, make_event, read_claims, read_result
from twin.cloud.front.routes import HttpApi
from twin.cloud.functions.endpoint import presigned_object
from twin.contracts import FunctionFailedError

if TYPE_CHECKING:
    from twin.cloud.cloud import LocalCloud

API_TIMEOUT_SECONDS = 30.0
_QUERY = r"\?[^\"'\s]*"
_PATH = r"(?P<path>[^?\"'\s\\]+)"
_PRESIGNED = re.compile(
    rf"https://(?:(?P<host>[a-z0-9.-]+)\.s3|s3)(?:\.[a-z0-9-]+)?\.amazonaws\.com/{_PATH}{_QUERY}"
    rf"(?:X-Amz-Credential|AWSAccessKeyId)=[^\"'\s]*"
)
_PRESIGNED_BY_PROCESS = re.compile(
    rf"http://127\.0\.0\.1:\d+/{_PATH}{_QUERY}(?:X-Amz-Credential|AWSAccessKeyId)=(?P<key>[A-Z0-9]+)[^\"'\s]*"
)
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


class Pages:
    """Answers the front's requests; runs in the loop's thread.

    Parameters
    ----------
    cloud
        Whose APIs, sites and objects are served.
    site
        Folder of the built site; without one, the bucket that the template deploys a site to.
    """

    def __init__(self, cloud: LocalCloud, site: Path | None = None) -> None:
        self._cloud = cloud
        self._site = site.resolve() if site is not None else None

    def answer(self, request: Request) -> Answer:
        """Answer one request."""
        path = unquote(request.path)
        if path == "/config.json":
            return Answer.of_json(200, {"auth": "chosen", "apiUrl": ""})
        if path.startswith("/s3/"):
            return self._object(request, path.removeprefix("/s3/"))
        for api in self._cloud.inventory.http_apis.values():
            found = api.find(request.method, path)
            if found is not None:
                route, parameters = found
                return self._call(api, request, route.key, parameters, needs_token=route.needs_token)
        if request.method not in {"GET", "HEAD"}:
            return Answer.of_json(404, {"message": "Not Found"})
        return self._page(path)

    def _call(
        self, api: HttpApi, request: Request, key: str, parameters: dict[str, str], *, needs_token: bool
    ) -> Answer:
        self._cloud.meter("apigateway", "HTTP API requests", 1)
        claims = read_claims(request.headers.get("authorization", "")) if needs_token else None
        if needs_token and claims is None:
            return Answer.of_json(401, {"message": "Unauthorized"})
        cloud = self._cloud
        event = make_event(
            request,
            route_key=key,
            path_parameters=parameters,
            claims=claims,
            api_id=api.api_id,
            account=cloud.account,
            now=cloud.clock.now(),
            request_id=cloud.new_id("http"),
        )
        route = next(route for route in api.routes if route.key == key)
        arn = api.integrations[route.integration_id].function_arn
        source = f"arn:aws:execute-api:{cloud.region}:{cloud.account}:{api.api_id}/$default/{key.replace(' ', '')}"
        try:
            result = cloud.invoke(
                arn, event, timeout_seconds=API_TIMEOUT_SECONDS, principal="apigateway.amazonaws.com", source_arn=source
            )
        except FunctionFailedError:
            return Answer.of_json(500, {"message": "Internal Server Error"})
        return self._rewrite(read_result(result))

    def _rewrite(self, answer: Answer) -> Answer:
        """Let presigned URLs of objects point to the front."""
        if b"X-Amz-" not in answer.body and b"AWSAccessKeyId" not in answer.body:
            return answer
        text = _PRESIGNED_BY_PROCESS.sub(self._localise_process, _PRESIGNED.sub(_localise, answer.body.decode()))
        return Answer(answer.status, text.encode(), answer.headers)

    def _localise_process(self, match: re.Match[str]) -> str:
        """Rewrite a URL that an isolated handler signed, and hold it against the handler's role."""
        isolated = self._cloud.isolated
        bucket, key = presigned_object(match["path"])
        role = isolated.role_of(match["key"]) if isolated is not None else None
        if role is not None:
            self._cloud.gate.note_presigned(role, "GetObject", {"Bucket": bucket, "Key": key})
        return f"/s3/{match['path']}"

    def _object(self, request: Request, path: str) -> Answer:
        bucket, _, key = path.partition("/")
        if not self._cloud.gate.presigned.get((bucket, key)):
            return Answer.of_json(403, {"message": "no URL for this object was signed by a role that may read it"})
        client = self._cloud.client("s3")
        try:
            found = client.get_object(Bucket=bucket, Key=key)
        except ClientError:
            return Answer.of_json(404, {"message": "the object does not exist"})
        return _ranged(request, found["Body"].read(), found.get("ContentType") or "application/octet-stream", key)

    def _page(self, path: str) -> Answer:
        name = path.strip("/") or "index.html"
        read: Callable[[str], bytes | None] = self._read_file if self._site is not None else self._read_bucket
        content = read(name)
        if content is None and "." not in name.rsplit("/", 1)[-1]:
            name, content = "index.html", read("index.html")
        if content is None:
            return Answer.of_json(404, {"message": f"{path} is not part of the site"})
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        kind = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
        kept = "no-cache" if name == "index.html" else "max-age=3600"
        return Answer(200, content, {"content-type": kind, "cache-control": kept})

    def _read_file(self, name: str) -> bytes | None:
        assert self._site is not None
        path = (self._site / name).resolve()
        return path.read_bytes() if path.is_relative_to(self._site) and path.is_file() else None

    def _read_bucket(self, name: str) -> bytes | None:
        sites = self._cloud.inventory.sites
        if not sites:
            return None
        try:
            body: bytes = self._cloud.client("s3").get_object(Bucket=sites[0], Key=name)["Body"].read()
        except ClientError:
            return None
        return body


def _localise(match: re.Match[str]) -> str:
    bucket = f"{match['host']}/" if match["host"] else ""
    return f"/s3/{bucket}{match['path']}"


def _ranged(request: Request, content: bytes, kind: str, key: str) -> Answer:
    if kind == "binary/octet-stream":
        kind = mimetypes.guess_type(key)[0] or kind
    headers: dict[str, Any] = {"content-type": kind, "accept-ranges": "bytes", "cache-control": "no-store"}
    match = _RANGE.fullmatch(request.headers.get("range", ""))
    if match is None or not (match[1] or match[2]):
        return Answer(200, content, headers)
    length = len(content)
    first = int(match[1]) if match[1] else max(length - int(match[2]), 0)
    last = min(int(match[2]), length - 1) if match[1] and match[2] else length - 1
    if first > last:
        return Answer(416, b"", {**headers, "content-range": f"bytes */{length}"})
    return Answer(206, content[first : last + 1], {**headers, "content-range": f"bytes {first}-{last}/{length}"})
