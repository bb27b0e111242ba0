from __future__ import annotations

import os
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from tests.twin.cloud.conftest import START
from twin.cloud import LocalCloud
from twin.cloud.spool import LARGEST_IN_MEMORY_BYTES, Spool

RECORDING = os.urandom(3_000_000)
BUCKET = "recordings"


def store(cloud: LocalCloud, key: str, body: bytes) -> str:
    answer = cloud.client("s3").put_object(Bucket=BUCKET, Key=key, Body=body)
    return str(answer.get("VersionId", ""))


def read(cloud: LocalCloud, key: str, **more: str) -> bytes:
    return bytes(cloud.client("s3").get_object(Bucket=BUCKET, Key=key, **more)["Body"].read())


def on_disk(cloud: LocalCloud) -> int:
    return sum(path.stat().st_size for path in cloud.spool.folder.iterdir())


def open_files() -> int:
    return sum(1 for _ in Path("/dev/fd").iterdir())


@pytest.fixture
def bucket(cloud: LocalCloud) -> LocalCloud:
    cloud.client("s3").create_bucket(Bucket=BUCKET)
    versions = {"Status": "Enabled"}
    cloud.client("s3").put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration=versions)
    return cloud


def test_recording_lies_on_disk_and_is_read_back_byte_for_byte(bucket: LocalCloud) -> None:
    store(bucket, "call.wav", RECORDING)
    assert on_disk(bucket) == len(RECORDING)
    assert read(bucket, "call.wav") == RECORDING
    assert read(bucket, "call.wav", Range="bytes=1000-1999") == RECORDING[1000:2000]


def test_each_version_keeps_its_own_body(bucket: LocalCloud) -> None:
    first = store(bucket, "call.wav", RECORDING)
    store(bucket, "call.wav", RECORDING[::-1])
    assert read(bucket, "call.wav", VersionId=first) == RECORDING
    assert read(bucket, "call.wav") == RECORDING[::-1]


def test_copy_outlives_what_it_was_copied_from(bucket: LocalCloud) -> None:
    version = store(bucket, "call.wav", RECORDING)
    bucket.client("s3").copy_object(Bucket=BUCKET, Key="copy.wav", CopySource={"Bucket": BUCKET, "Key": "call.wav"})
    bucket.client("s3").delete_object(Bucket=BUCKET, Key="call.wav", VersionId=version)
    assert read(bucket, "copy.wav") == RECORDING


def test_deleted_version_frees_its_space(bucket: LocalCloud) -> None:
    version = store(bucket, "call.wav", RECORDING)
    bucket.client("s3").delete_object(Bucket=BUCKET, Key="call.wav", VersionId=version)
    assert on_disk(bucket) == 0
    with pytest.raises(ClientError, match="NoSuchKey"):
        read(bucket, "call.wav")


def test_upload_in_parts_is_read_back_whole(bucket: LocalCloud) -> None:
    client, half = bucket.client("s3"), 5 * 1024 * 1024
    body = os.urandom(half + 100)
    place = {"Bucket": BUCKET, "Key": "long.wav"}
    upload = client.create_multipart_upload(**place)["UploadId"]
    parts = [
        client.upload_part(**place, UploadId=upload, PartNumber=number, Body=part)["ETag"]
        for number, part in ((1, body[:half]), (2, body[half:]))
    ]
    numbered = [{"PartNumber": number, "ETag": tag} for number, tag in enumerate(parts, 1)]
    client.complete_multipart_upload(**place, UploadId=upload, MultipartUpload={"Parts": numbered})
    assert read(bucket, "long.wav") == body


def test_many_recordings_take_no_open_files(bucket: LocalCloud) -> None:
    before = open_files()
    for number in range(200):
        store(bucket, f"{number}.wav", RECORDING[:10_000])
    assert open_files() <= before + 5


def test_folder_is_gone_after_closing() -> None:
    with LocalCloud(seed=1, start=START) as cloud:
        cloud.client("s3").create_bucket(Bucket=BUCKET)
        store(cloud, "call.wav", RECORDING)
        folder = cloud.spool.folder
        assert any(folder.iterdir())
    assert not folder.exists()


def test_folder_is_made_where_temporary_files_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    spool = Spool()
    assert spool.folder.parent == tmp_path
    spool.close()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("size", [0, LARGEST_IN_MEMORY_BYTES, LARGEST_IN_MEMORY_BYTES + 1])
def test_body_is_read_in_blocks_and_written_again(size: int) -> None:
    spool, content = Spool(), os.urandom(size)
    body = spool.body()
    for written in (content, content[::-1]):
        body.write(written)
        body.seek(0)
        blocks = []
        while block := body.read(1000):
            blocks.append(block)
        assert b"".join(blocks) == written
    body.close()
    assert not list(spool.folder.iterdir())
    spool.close()
