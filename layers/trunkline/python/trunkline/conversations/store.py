"""The conversations bucket: transcripts come in, analyses go out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from trunkline.conversations.transcript import TranscriptError

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

RETENTION_TAG = "retention=standard"
"""Tag of an analysis, which the bucket's lifecycle rules go by."""


class ConversationStore:
    """Transcripts and analyses, by contact.

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

    def read_transcript(self, contact_id: str) -> object:
        """Return Transcribe's output for a contact.

        Raises
        ------
        TranscriptError
            If there is none, or it is not JSON.
        botocore.exceptions.ClientError, botocore.exceptions.BotoCoreError
            If it cannot be read for another reason.
        """
        key = transcript_key(contact_id)
        try:
            body = self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()
            return json.loads(body)
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") != "NoSuchKey":
                raise
            raise TranscriptError(f"s3://{self._bucket}/{key} is missing: transcribe the call again.") from error
        except ValueError as error:
            raise TranscriptError(f"s3://{self._bucket}/{key} is not JSON: {error}.") from error

    def has_transcript(self, contact_id: str) -> bool:
        """Tell whether Transcribe has written the transcript of a contact, without reading it."""
        found = self._client.list_objects_v2(Bucket=self._bucket, Prefix=transcript_key(contact_id), MaxKeys=1)
        return bool(found.get("Contents"))

    def write_analysis(self, contact_id: str, document: Mapping[str, Any]) -> str:
        """Store an analysis with its retention tag in one request, and return its key.

        Raises
        ------
        botocore.exceptions.ClientError, botocore.exceptions.BotoCoreError
            If it cannot be written.
        """
        key = f"analyses/{contact_id}.json"
        self._client.put_object(
            Bucket=self._bucket,
            Key=key,
            Body=json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode(),
            ContentType="application/json; charset=utf-8",
            Tagging=RETENTION_TAG,
        )
        return key


def transcript_key(contact_id: str) -> str:
    """Return where Transcribe writes the transcript of a contact."""
    return f"transcripts/{contact_id}.json"
