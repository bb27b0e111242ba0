"""What a function is composed from: its environment, its centre, AWS clients, its log and its metrics.

A handler composes itself once, when Lambda imports it::

    ENVIRONMENT = load_environment(RouteCallEnvironment)
    CENTER = load_center_document()
    LIVE = LiveStore(client("dynamodb"), ENVIRONMENT.live_table)

Nothing here keeps a value of ``os.environ`` for another function: several functions may share one
process. Nothing here imports pydantic: a caller waits while an in-call function starts.
"""

from trunkline.runtime.clients import client
from trunkline.runtime.environment import ConfigurationError, load_center_document, load_environment
from trunkline.runtime.items import from_item, to_item
from trunkline.runtime.log import logger, mask_phone_numbers
from trunkline.runtime.telemetry import EmbeddedMetrics

__all__ = [
    "ConfigurationError",
    "EmbeddedMetrics",
    "client",
    "from_item",
    "load_center_document",
    "load_environment",
    "logger",
    "mask_phone_numbers",
    "to_item",
]
