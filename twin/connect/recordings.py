"""Recordings of conversations, written to the instance's bucket a little after the call.

**Source**: Amazon Connect administrator guide, "Set up recording behavior", "Where are the recordings stored"
(key ``<prefix>/Y/M/D/<contact id>_YYYYMMDDTHH:MM_UTC.wav``); two channels, customer left, agent right.
"""

from __future__ import annotations

from collections.abc import Sequence

from twin.connect.delivery import PRINCIPAL
from twin.connect.facts import ContactFacts
from twin.connect.moments import SecondClock, seconds_between
from twin.connect.registry import Registry
from twin.contracts import Cloud, Studio, Utterance

_SOONEST_SECONDS, _LATEST_SECONDS = 5, 20


class Recorder:
    """Turns conversations into objects in S3."""

    def __init__(self, cloud: Cloud, registry: Registry, clock: SecondClock, studio: Studio) -> None:
        self._cloud = cloud
        self._registry = registry
        self._clock = clock
        self._studio = studio
        self._delay = cloud.random("connect.recordings")

    def record(self, facts: ContactFacts, planned: Sequence[Utterance], audio: bytes | None = None) -> None:
        """Keep the conversation of ``facts``, which has just ended; its file comes some seconds later.

        Parameters
        ----------
        planned
            What would have been said, had nobody hung up.
        audio
            The file itself, for a conversation that was recorded elsewhere.
        """
        target = self._registry.storage_for("CALL_RECORDINGS")
        if target is None or target.bucket is None or facts.connected_at is None or facts.agent_left_at is None:
            return
        seconds = seconds_between(facts.connected_at, facts.agent_left_at)
        said = cut(planned, seconds)
        facts.utterances = len(said)
        if seconds == 0:
            return
        bucket, began = target.bucket, facts.connected_at
        key = f"{target.prefix or ''}/{began:%Y/%m/%d}/{facts.contact_id}_{began:%Y%m%dT%H:%M}_UTC.wav".lstrip("/")
        facts.recording_bucket, facts.recording_key = bucket, key
        delay = self._delay.randint(_SOONEST_SECONDS, _LATEST_SECONDS)
        self._clock.later(delay, lambda: self._write(bucket, key, said, seconds if audio is None else audio))

    def _write(self, bucket: str, key: str, said: Sequence[Utterance], sound: bytes | int) -> None:
        if isinstance(sound, bytes):
            body = sound
        else:
            self._studio.remember(bucket, key, said)
            body = self._studio.recording(said, sound)
        self._cloud.client("s3", PRINCIPAL).put_object(Bucket=bucket, Key=key, Body=body, ContentType="audio/wav")


def cut(planned: Sequence[Utterance], seconds: float) -> tuple[Utterance, ...]:
    """Return what of ``planned`` was said in the first ``seconds``; a line that was cut off is not kept."""
    return tuple(one for one in planned if one.end_seconds <= seconds)
