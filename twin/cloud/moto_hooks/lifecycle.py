"""What S3 does to objects by the lifecycle rules of their buckets, which moto only keeps.

**Source**: Amazon S3 user guide, "Lifecycle configuration elements" (days end at the next midnight in UTC; in a bucket
with versions an expired object gets a delete marker, and a marker that is alone is removed).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from moto.s3.models import FakeDeleteMarker, s3_backends


@dataclass(frozen=True)
class ExpiredObject:
    """An object that a rule deletes: a version of it for ever, or, without one, the current one."""

    bucket: str
    key: str
    version_id: str | None


def expire_objects(account: str, now: datetime) -> list[ExpiredObject]:
    """Delete what the lifecycle rules of all buckets say is over ``now``, a midnight in UTC."""
    backend: Any = s3_backends[account]["aws"]
    expired = [one for bucket in backend.buckets.values() for one in _find_expired(backend, bucket, now)]
    for one in expired:
        for version in backend.buckets[one.bucket].keys.getlist(one.key):
            if version.version_id == one.version_id and not isinstance(version, FakeDeleteMarker):
                backend.tagger.delete_all_tags_for_resource(version.arn)
        backend.delete_object(one.bucket, one.key, one.version_id)
    return expired


def _find_expired(backend: Any, bucket: Any, now: datetime) -> Iterator[ExpiredObject]:
    rules = [rule for rule in bucket.rules if rule.status == "Enabled"]
    for key in list(bucket.keys) if rules else ():
        versions = bucket.keys.getlist(key)
        for older, newer in pairwise(versions):
            tags = _tags(backend, older)
            if any(_over(newer, rule.nve_noncurrent_days, now) and _matches(rule, key, tags) for rule in rules):
                yield ExpiredObject(bucket.name, key, older.version_id)
        current = versions[-1]
        tags = _tags(backend, current)
        matching = [rule for rule in rules if _matches(rule, key, tags)]
        if not isinstance(current, FakeDeleteMarker):
            if any(_over(current, rule.expiration_days, now) for rule in matching):
                yield ExpiredObject(bucket.name, key, None)
        elif len(versions) == 1 and any(rule.expired_object_delete_marker or rule.expiration_days for rule in matching):
            yield ExpiredObject(bucket.name, key, current.version_id)


def _over(version: Any, days: str | None, now: datetime) -> bool:
    return bool(days) and version.last_modified.replace(tzinfo=UTC) + timedelta(days=int(str(days))) <= now


def _tags(backend: Any, version: Any) -> dict[str, str]:
    if isinstance(version, FakeDeleteMarker):
        return {}
    return dict(backend.tagger.get_tag_dict_for_resource(version.arn))


def _matches(rule: Any, key: str, tags: dict[str, str]) -> bool:
    chosen = rule.filter
    if chosen is None:
        return key.startswith(rule.prefix or "")
    wanted = {chosen.tag_key: chosen.tag_value} if chosen.tag_key else {}
    prefix = chosen.prefix or ""
    if chosen.and_filter is not None:
        wanted, prefix = chosen.and_filter.tags, chosen.and_filter.prefix or ""
    return key.startswith(prefix) and wanted.items() <= tags.items()
