"""Events that S3 sends to EventBridge.

**Source**: S3 user guide, "EventBridge event message structure".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from twin.cloud.api import ApiCall

Publish = Callable[[str, str, Mapping[str, Any], Sequence[str]], Any]


class ObjectEvents:
    """Tells EventBridge about objects of the buckets that have it switched on.

    Parameters
    ----------
    publish
        Puts an event on the default bus.
    size_of
        Gives the size of an object in bytes, by bucket and key.
    """

    def __init__(self, publish: Publish, size_of: Callable[[str, str], int]) -> None:
        self._publish = publish
        self._size_of = size_of
        self._sequence = 0
        self.buckets: set[str] = set()

    def object_created(self, call: ApiCall, answer: Mapping[str, Any]) -> None:
        """Tell of a new object."""
        bucket, key = call.parameters["Bucket"], call.parameters["Key"]
        if bucket not in self.buckets:
            return
        self._sequence += 1
        etag = answer.get("ETag") or answer.get("CopyObjectResult", {}).get("ETag", "")
        described = {
            "key": key,
            "size": self._size_of(bucket, key),
            "etag": etag.strip('"'),
            "sequencer": f"{self._sequence:018X}",
        }
        if answer.get("VersionId"):
            described["version-id"] = answer["VersionId"]
        self._send("Object Created", bucket, described, {"reason": call.operation, "requester": call.principal or ""})

    def tags_added(self, call: ApiCall, _: Mapping[str, Any]) -> None:
        """Tell of new tags."""
        if call.parameters["Bucket"] in self.buckets:
            self._send("Object Tags Added", call.parameters["Bucket"], {"key": call.parameters["Key"]}, {})

    def object_deleted(self, call: ApiCall, _: Mapping[str, Any]) -> None:
        """Tell of a deletion."""
        if call.parameters["Bucket"] in self.buckets:
            described, more = {"key": call.parameters["Key"]}, {"reason": "DeleteObject"}
            self._send("Object Deleted", call.parameters["Bucket"], described, more)

    def object_expired(self, bucket: str, key: str, version_id: str | None) -> None:
        """Tell of a deletion by a lifecycle rule: of one version, or of the current one, which gets a delete marker."""
        if bucket in self.buckets:
            described = {"key": key} if version_id is None else {"key": key, "version-id": version_id}
            kind = "Delete Marker Created" if version_id is None else "Permanently Deleted"
            more = {"reason": "Lifecycle Expiration", "deletion-type": kind, "requester": "s3.amazonaws.com"}
            self._send("Object Deleted", bucket, described, more)

    def _send(self, kind: str, bucket: str, described: Mapping[str, Any], more: Mapping[str, Any]) -> None:
        detail = {"version": "0", "bucket": {"name": bucket}, "object": described, **more}
        self._publish("aws.s3", kind, detail, [f"arn:aws:s3:::{bucket}"])
