"""Make the key pair of encrypted input when the centre is deployed: a custom resource of CloudFormation."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from trunkline.ivr.input_key import certify, create_private_key
from trunkline.ivr.key_store import KeyStore
from trunkline.runtime import client, logger
from trunkline.runtime.custom_resource import CustomResourceAnswer, CustomResourceRequest, answer_cloudformation

KEYS = KeyStore(client("ssm"))
LOGGER = logger()


def handler(event: dict[str, Any], _context: object) -> None:
    """Answer CloudFormation: attributes ``CertificateInJson``, ``PublicKey`` and ``ParameterName``.

    The certificate is escaped as within a JSON text, because CloudFormation puts it into the text of a flow.

    The property ``ParameterName`` names the parameter that keeps the private key, which is read by ``verify_caller``,
    and here where it is there already. Another name makes another key; the one before is deleted when flows use the
    new one.
    """
    LOGGER.info("input key: %s", event.get("RequestType"))
    answer_cloudformation(event, _act)


def _act(request: CustomResourceRequest) -> CustomResourceAnswer:
    if request.type == "Delete":
        # A creation that failed is deleted too, under an id that is the name of no parameter.
        if request.physical_id.startswith("/"):
            KEYS.delete(request.physical_id)
        return CustomResourceAnswer(request.physical_id)
    name = str(request.properties["ParameterName"])
    private_key = KEYS.find(name) or _create(name)
    public = certify(private_key, name=name.strip("/").replace("/", " "), now=datetime.now(UTC))
    attributes = {
        "CertificateInJson": json.dumps(public.certificate)[1:-1],
        "PublicKey": public.public_key,
        "ParameterName": name,
    }
    return CustomResourceAnswer(name, attributes)


def _create(name: str) -> str:
    private_key = create_private_key()
    KEYS.keep(name, private_key)
    return private_key
