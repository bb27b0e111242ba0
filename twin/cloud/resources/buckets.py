"""S3 buckets in moto, and what CDK puts into them."""

from __future__ import annotations

import io
import mimetypes
import zipfile
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from twin.cloud.assembly import Asset
from twin.cloud.errors import NotOfferedError
from twin.cloud.resources.identity import read_document
from twin.cloud.resources.naming import physical_name
from twin.contracts import Created, Resource

if TYPE_CHECKING:
    from twin.cloud.cloud import LocalCloud

_EVENT_BRIDGE = "EventBridgeConfiguration"


def create_bucket(cloud: LocalCloud, resource: Resource) -> Created:
    """Create a bucket with versioning, encryption, lifecycle and its EventBridge notification."""
    properties = resource.properties
    name = physical_name(resource, "BucketName", longest=63, lower=True)
    client = cloud.client("s3")
    elsewhere = (
        {} if cloud.region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": cloud.region}}
    )
    client.create_bucket(Bucket=name, **elsewhere)
    if properties.get("VersioningConfiguration"):
        client.put_bucket_versioning(Bucket=name, VersioningConfiguration=properties["VersioningConfiguration"])
    if properties.get("LifecycleConfiguration"):
        rules = [_lifecycle_rule(rule) for rule in properties["LifecycleConfiguration"]["Rules"]]
        client.put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration={"Rules": rules})
    if properties.get("BucketEncryption"):
        rules = properties["BucketEncryption"]["ServerSideEncryptionConfiguration"]
        wanted = [{"ApplyServerSideEncryptionByDefault": rule["ServerSideEncryptionByDefault"]} for rule in rules]
        client.put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration={"Rules": wanted})
    _notify(cloud, name, properties.get("NotificationConfiguration", {}))
    domain = f"{name}.s3.amazonaws.com"
    return Created(
        name,
        {
            "Arn": f"arn:aws:s3:::{name}",
            "DomainName": domain,
            "RegionalDomainName": f"{name}.s3.{cloud.region}.amazonaws.com",
            "DualStackDomainName": f"{name}.s3.dualstack.{cloud.region}.amazonaws.com",
            "WebsiteURL": f"http://{name}.s3-website-{cloud.region}.amazonaws.com",
        },
    )


def keep_bucket_policy(cloud: LocalCloud, resource: Resource) -> Created:
    """Keep a bucket policy for the twin's own check: moto would evaluate it without its Conditions."""
    bucket = resource.properties["Bucket"]
    document = read_document(resource.properties["PolicyDocument"])
    cloud.policies.protect(f"arn:aws:s3:::{bucket}", resource.logical_id, document)
    return Created(resource.logical_id)


def set_notifications(cloud: LocalCloud, resource: Resource) -> Created:
    """Do what CDK's notification handler does for a bucket."""
    _notify(cloud, resource.properties["BucketName"], resource.properties["NotificationConfiguration"])
    return Created(resource.logical_id)


def deploy_files(cloud: LocalCloud, resource: Resource) -> Created:
    """Copy assets into a bucket, as CDK's BucketDeployment does."""
    properties = resource.properties
    bucket, prefix = properties["DestinationBucketName"], properties.get("DestinationBucketKeyPrefix", "").strip("/")
    client = cloud.client("s3")
    markers = properties.get("SourceMarkers") or [{}] * len(properties["SourceObjectKeys"])
    for object_key, replacements in zip(properties["SourceObjectKeys"], markers, strict=False):
        for name, content in _files(cloud.inventory.assets[object_key]):
            key = f"{prefix}/{name}" if prefix else name
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            client.put_object(Bucket=bucket, Key=key, Body=_replace(content, replacements), ContentType=kind)
    cloud.inventory.sites.append(bucket)
    attributes = {"DestinationBucketArn": f"arn:aws:s3:::{bucket}", "SourceObjectKeys": properties["SourceObjectKeys"]}
    return Created(resource.logical_id, attributes)


def _notify(cloud: LocalCloud, bucket: str, configuration: Mapping[str, Any]) -> None:
    for kind, value in configuration.items():
        if kind == _EVENT_BRIDGE:
            cloud.objects.buckets.add(bucket)
        elif value:
            raise NotOfferedError(f"bucket {bucket}: the twin notifies EventBridge only, not {kind}; use a rule")


def _files(asset: Asset) -> Iterator[tuple[str, bytes]]:
    if asset.path.is_dir():
        for path in sorted(asset.path.rglob("*")):
            if path.is_file():
                yield path.relative_to(asset.path).as_posix(), path.read_bytes()
        return
    with zipfile.ZipFile(io.BytesIO(asset.path.read_bytes())) as archive:
        for name in sorted(archive.namelist()):
            if not name.endswith("/"):
                yield name, archive.read(name)


def _replace(content: bytes, replacements: Mapping[str, Any]) -> bytes:
    for marker, value in replacements.items():
        content = content.replace(marker.encode(), str(value).encode())
    return content


def _lifecycle_rule(rule: Mapping[str, Any]) -> dict[str, Any]:
    converted: dict[str, Any] = {"Status": rule["Status"], "Filter": _lifecycle_filter(rule)}
    if "Id" in rule:
        converted["ID"] = rule["Id"]
    if "ExpirationInDays" in rule:
        converted["Expiration"] = {"Days": int(rule["ExpirationInDays"])}
    elif rule.get("ExpiredObjectDeleteMarker"):
        converted["Expiration"] = {"ExpiredObjectDeleteMarker": True}
    if "NoncurrentVersionExpiration" in rule:
        converted["NoncurrentVersionExpiration"] = dict(rule["NoncurrentVersionExpiration"])
    if "Transitions" in rule:
        transitions = rule["Transitions"]
        converted["Transitions"] = [
            {"Days": int(entry["TransitionInDays"]), "StorageClass": entry["StorageClass"]} for entry in transitions
        ]
    if "AbortIncompleteMultipartUpload" in rule:
        converted["AbortIncompleteMultipartUpload"] = dict(rule["AbortIncompleteMultipartUpload"])
    return converted


def _lifecycle_filter(rule: Mapping[str, Any]) -> dict[str, Any]:
    tags = [{"Key": tag["Key"], "Value": tag["Value"]} for tag in rule.get("TagFilters", ())]
    prefix = rule.get("Prefix")
    if len(tags) + (prefix is not None) > 1:
        return {"And": {"Tags": tags, **({"Prefix": prefix} if prefix is not None else {})}}
    return {"Tag": tags[0]} if tags else {"Prefix": prefix or ""}


PROVIDERS = {
    "AWS::S3::Bucket": create_bucket,
    "AWS::S3::BucketPolicy": keep_bucket_policy,
    "Custom::S3BucketNotifications": set_notifications,
    "Custom::CDKBucketDeployment": deploy_files,
}
