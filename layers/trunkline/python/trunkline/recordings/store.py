"""The recordings bucket."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from trunkline.recordings.errors import NotARecordingError

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_CHUNK_BYTES = 1 << 20


class RecordingStore:
    """Reads recordings from their bucket.

    Parameters
    ----------
    client
        S3 client.
    bucket
        Name of the bucket.
    """

    def __init__(self, client: S3Client, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def stream(self, key: str) -> Iterator[bytes]:
        """Yield the bytes of a recording, a megabyte at a time.

        Raises
        ------
        NotARecordingError
            If there is no such object.
        botocore.exceptions.ClientError, botocore.exceptions.BotoCoreError
            If it cannot be read for another reason.
        """
        try:
            body = self._client.get_object(Bucket=self._bucket, Key=key)["Body"]
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") != "NoSuchKey":
                raise
            raise NotARecordingError(f"s3://{self._bucket}/{key} is gone: it was deleted or renamed.") from error
        with body:
            yield from body.iter_chunks(_CHUNK_BYTES)
