"""The local cloud: loads ``cdk.out`` into this process and runs it in virtual time.

:class:`LocalCloud` implements :class:`twin.contracts.Cloud`. It knows AWS's public contracts and
no project.
"""

from twin.cloud.cloud import LocalCloud
from twin.cloud.errors import (
    AssemblyError,
    CloudError,
    NotOfferedError,
    PatternError,
    PolicyError,
    ResourceError,
    TemplateError,
    UnknownResourceError,
)
from twin.cloud.services import HandlerMode

__all__ = [
    "AssemblyError",
    "CloudError",
    "HandlerMode",
    "LocalCloud",
    "NotOfferedError",
    "PatternError",
    "PolicyError",
    "ResourceError",
    "TemplateError",
    "UnknownResourceError",
]
