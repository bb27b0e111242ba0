"""Recordings of conversations and of automated parts, written to the instance's bucket a little after the call.

**Source**: Amazon Connect administrator guide, "Set up recording behavior", "Where are the recordings stored"
(key ``<prefix>/Y/M/D/<contact id>_YYYYMMDDTHH:MM_UTC.wav``; automated interactions lie below ``<prefix>/ivr/``); two
channels, customer left, agent right. The guide does not say how those of automated parts are laid out: here the system
speaks on the right.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from twin.connect.delivery import PRINCIPAL
from twin.connect.facts import ContactFacts, Recording
from twin.connect.moments import SecondClock, seconds_between
from twin.connect.registry import Registry
from twin.connect.tape import Tape
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
        if facts.connected_at is None or facts.agent_left_at is None:
            return
        seconds = seconds_between(facts.connected_at, facts.agent_left_at)
        said = cut(planned, seconds)
        if self._keep(facts, facts.connected_at, facts.agent_left_at, said, audio):
            facts.utterances = len(said)

    def record_automated(self, facts: ContactFacts, tape: Tape) -> None:
        """Keep what a flow recorded until now; its file comes some seconds later."""
        now = self._clock.now()
        self._keep(facts, tape.began_at, now, tape.stop(now), automated=True)

    def _keep(
        self,
        facts: ContactFacts,
        began: datetime,
        ended: datetime,
        said: Sequence[Utterance],
        audio: bytes | None = None,
        *,
        automated: bool = False,
    ) -> bool:
        """Name a recording and let it be written; False where recordings are not stored."""
        target = self._registry.storage_for("CALL_RECORDINGS")
        if target is None or target.bucket is None:
            return False
        seconds = seconds_between(began, ended)
        if seconds:
            folder = f"{target.prefix or ''}/ivr" if automated else target.prefix or ""
            key = f"{folder}/{began:%Y/%m/%d}/{facts.contact_id}_{began:%Y%m%dT%H:%M}_UTC.wav".lstrip("/")
            recording = Recording(target.bucket, key, began, ended, automated)
            facts.recordings = (*facts.recordings, recording)
            delay = self._delay.randint(_SOONEST_SECONDS, _LATEST_SECONDS)
            self._clock.later(delay, lambda: self._write(recording, said, seconds if audio is None else audio))
        return True

    def _write(self, recording: Recording, said: Sequence[Utterance], sound: bytes | int) -> None:
        bucket, key = recording.bucket, recording.key
        if isinstance(sound, bytes):
            body = sound
        else:
            self._studio.remember(bucket, key, said)
            body = self._studio.recording(said, sound)
        self._cloud.client("s3", PRINCIPAL).put_object(Bucket=bucket, Key=key, Body=body, ContentType="audio/wav")


def cut(planned: Sequence[Utterance], seconds: float) -> tuple[Utterance, ...]:
    """Return what of ``planned`` was said in the first ``seconds``; a line that was cut off is not kept."""
    return tuple(one for one in planned if one.end_seconds <= seconds)
