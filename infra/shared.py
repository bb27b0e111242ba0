"""What every capability of the centre's stack is given."""

from __future__ import annotations

from typing import TypedDict

from constructs import Construct

from .data import Tables
from .parts.alarms import Alarms
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
