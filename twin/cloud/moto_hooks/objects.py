"""What moto's S3 knows of its objects without a request."""

from __future__ import annotations

from moto.s3.models import s3_backends


def object_bytes(account: str, bucket: str, key: str) -> int:
    """Return the size of a stored object; 0 when there is none."""
    stored = s3_backends[account]["aws"].get_object(bucket, key)
    return int(stored.size) if stored is not None else 0
