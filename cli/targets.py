"""What counts are held against, read from ``callcenter.yaml`` without the weight of checking all of it."""

from __future__ import annotations

from pathlib import Path

import msgspec

from cli.errors import UsageError
from trunkline.metrics.targets import Targets

DEFAULT_TARGET_SECONDS = 20
DEFAULT_SHORT_ABANDON_SECONDS = 5


class _ServiceTarget(msgspec.Struct):
    seconds: int


class _Queue(msgspec.Struct):
    service_target: _ServiceTarget


class _Metrics(msgspec.Struct):
    short_abandon_seconds: int


class _Center(msgspec.Struct):
    queues: dict[str, _Queue]
    metrics: _Metrics


def read_targets(center: Path, target: int | None = None, short: int | None = None) -> Targets:
    """Read the centre's targets where there is a centre.

    Parameters
    ----------
    center
        Path of ``callcenter.yaml``; it may be absent.
    target
        Seconds of the service target of queues that the centre does not name; 20 unless told.
    short
        Seconds within which an abandoned contact counts as short; the centre's, or 5, unless told.

    Raises
    ------
    UsageError
        If the centre's targets cannot be read.
    """
    other = DEFAULT_TARGET_SECONDS if target is None else target
    if not center.exists():
        return Targets({}, DEFAULT_SHORT_ABANDON_SECONDS if short is None else short, other)
    known = _read_center(center)
    seconds = {name: queue.service_target.seconds for name, queue in known.queues.items()}
    return Targets(seconds, known.metrics.short_abandon_seconds if short is None else short, other)


def _read_center(path: Path) -> _Center:
    import yaml

    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        return msgspec.convert(yaml.load(path.read_bytes(), loader), _Center)  # noqa: S506  # it is a safe loader
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        cause = str(error).partition("\n")[0]
        raise UsageError(
            f"{path}: the service targets cannot be read: {cause}",
            f"Run `trunkline check {path}`, or name another centre with --center.",
        ) from error
