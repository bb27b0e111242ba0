"""What Amazon Connect itself tells CloudWatch, free of charge, each minute, for two weeks.

**Source**: Amazon Connect administrator guide, "Monitoring your instance using CloudWatch".
"""

from __future__ import annotations

from collections.abc import Mapping

from aws_cdk import Duration
from aws_cdk.aws_cloudwatch import Metric

_MINUTE = Duration.minutes(1)


class ConnectMetrics:
    """Metrics of one instance.

    Parameters
    ----------
    instance_id
        Its identifier.
    """

    def __init__(self, instance_id: str) -> None:
        self._instance_id = instance_id

    def waiting(self, queue: str, label: str, period: Duration = _MINUTE) -> Metric:
        """Return how many contacts wait in a queue."""
        return self._queue_metric("QueueSize", queue, label, period)

    def longest_wait(self, queue: str, label: str, period: Duration = _MINUTE) -> Metric:
        """Return the longest wait in a queue, in seconds."""
        return self._queue_metric("LongestQueueWaitTime", queue, label, period)

    def concurrent_calls(self, period: Duration = _MINUTE) -> Metric:
        """Return how many calls are on the line."""
        return self._metric("ConcurrentCalls", {"MetricGroup": "VoiceCalls"}, "Maximum", period, "Calls on the line")

    def missed_calls(self, period: Duration) -> Metric:
        """Return how many calls agents were offered and did not take in 20 seconds."""
        return self._metric("MissedCalls", {"MetricGroup": "VoiceCalls"}, "Sum", period, "Missed by agents")

    def lost_recordings(self, period: Duration) -> Metric:
        """Return how many recordings could not be written to their bucket."""
        dimensions = {"MetricGroup": "CallRecordings"}
        return self._metric("CallRecordingUploadError", dimensions, "Sum", period, "Recordings not stored")

    def _queue_metric(self, name: str, queue: str, label: str, period: Duration) -> Metric:
        return self._metric(name, {"MetricGroup": "Queue", "QueueName": queue}, "Maximum", period, label)

    def _metric(self, name: str, dimensions: Mapping[str, str], statistic: str, period: Duration, label: str) -> Metric:
        return Metric(
            namespace="AWS/Connect",
            metric_name=name,
            dimensions_map={"InstanceId": self._instance_id, **dimensions},
            statistic=statistic,
            period=period,
            label=label,
        )
