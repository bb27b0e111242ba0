"""Dynamic references in templates: ``{{resolve:secretsmanager:...}}`` and ``{{resolve:ssm:...}}``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from twin.cloud.errors import TemplateError
from twin.contracts import ServiceError

if TYPE_CHECKING:
    from twin.cloud.cloud import LocalCloud


def resolve_dynamic(cloud: LocalCloud, service: str, reference: str) -> str:
    """Return what a dynamic reference stands for.

    Raises
    ------
    TemplateError
        For an unknown service or form, or when there is no such secret or parameter.
    """
    try:
        return _resolve(cloud, service, reference)
    except ServiceError as error:
        raise TemplateError(f"{{{{resolve:{service}:{reference}}}}}: {error}") from error


def _resolve(cloud: LocalCloud, service: str, reference: str) -> str:
    if service == "secretsmanager":
        secret_id, _, rest = reference.partition(":SecretString:")
        text = str(cloud.client("secretsmanager").get_secret_value(SecretId=secret_id)["SecretString"])
        key = rest.split(":")[0]
        return str(json.loads(text)[key]) if key else text
    if service in {"ssm", "ssm-secure"}:
        name = reference.rsplit(":", 1)[0] if reference.rsplit(":", 1)[-1].isdigit() else reference
        return str(cloud.client("ssm").get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"])
    raise TemplateError(f"the twin resolves no dynamic reference of the service {service}: {reference}")
