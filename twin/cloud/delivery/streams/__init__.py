"""Event source mappings of DynamoDB streams and Kinesis: one poller a mapping and shard.

**Source**: Lambda developer guide, "How Lambda processes records from stream and queue-based event
sources".
"""

from twin.cloud.delivery.streams.model import StreamRecord, StreamSettings
from twin.cloud.delivery.streams.notice import build_notice
from twin.cloud.delivery.streams.poller import ShardPoller

__all__ = ["ShardPoller", "StreamRecord", "StreamSettings", "build_notice"]
