"""CloudWatch alarms, evaluated over the twin's metrics in virtual time."""

from twin.cloud.alarms.definition import AlarmDefinition, read_alarm
from twin.cloud.alarms.metric_math import MetricMathError, evaluate
from twin.cloud.alarms.service import PRINCIPAL, AlarmChange, AlarmService

__all__ = ["PRINCIPAL", "AlarmChange", "AlarmDefinition", "AlarmService", "MetricMathError", "evaluate", "read_alarm"]
