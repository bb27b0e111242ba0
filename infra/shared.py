"""What every capability of the centre's stack is given."""

from __future__ import annotations

from typing import TypedDict

from constructs import Construct

from .data import Buckets, Tables
from .parts.alarms import Alarms
from .parts.dead_letters import DeadLetters
from .parts.python_function import FunctionBase
from .plan import Plan


class Shared(TypedDict):
    """Keyword arguments that capabilities have in common."""

    base: FunctionBase
    tables: Tables
    alarms: Alarms


def share(scope: Construct, *, plan: Plan, tables: Tables, alarms: Alarms) -> Shared:
    """Create the layers of a stack, and return what its capabilities have in common."""
    return Shared(base=FunctionBase.create(scope, plan=plan), tables=tables, alarms=alarms)


class SharedByWorkflows(Shared):
    """Keyword arguments that capabilities with a workflow have in common besides."""

    buckets: Buckets
    failures: DeadLetters


def share_with_workflows(scope: Construct, shared: Shared, *, buckets: Buckets) -> SharedByWorkflows:
    """Create the queue of failed workflows with its alarm, and return what their capabilities have in common."""
    failures = DeadLetters(scope, "WorkflowFailures")
    shared["alarms"].watch_dead_letters("WorkflowsFailed", failures)
    return SharedByWorkflows(**shared, buckets=buckets, failures=failures)
