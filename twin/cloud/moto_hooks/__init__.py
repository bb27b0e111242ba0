"""Every place where the twin reaches into moto's insides; tests hold each against moto's code.

Written for moto 5.2.5. When one of their contract tests fails, moto has changed: read the module of
moto that the failing hook names, and mend the hook, nowhere else.
"""

from twin.cloud.moto_hooks.interpreter import ExecutionResult, Interpreter
from twin.cloud.moto_hooks.lifecycle import ExpiredObject, expire_objects
from twin.cloud.moto_hooks.objects import object_bytes
from twin.cloud.moto_hooks.queues import queue_depth
from twin.cloud.moto_hooks.services import is_offered
from twin.cloud.moto_hooks.session import MotoSession
from twin.cloud.moto_hooks.wire import WireCall, read_wire, write_wire
from twin.cloud.moto_hooks.words import reserved_words

__all__ = [
    "ExecutionResult",
    "ExpiredObject",
    "Interpreter",
    "MotoSession",
    "WireCall",
    "expire_objects",
    "is_offered",
    "object_bytes",
    "queue_depth",
    "read_wire",
    "reserved_words",
    "write_wire",
]
