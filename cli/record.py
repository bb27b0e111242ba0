"""``trunkline record``: any recording enters the pipeline as if a call had made it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.errors import UsageError
from cli.formats import Format
from cli.printing import print_contact
from cli.progress import Progress
from cli.session import SAMPLE_CENTER, open_session, read_center
from twin.speech import RecordingError, read_wav, write_wav
from twin.speech.wav import SAMPLE_RATE_HERTZ

SETTLING = timedelta(minutes=30)


def record(
    file: Annotated[Path, typer.Argument(help="A WAV file: 1 or 2 channels, PCM or µ-law, 8 to 48 kHz.")],
    agent: Annotated[str, typer.Option(help="Username of who answered.")],
    customer: Annotated[str, typer.Option(help="Number of who called, such as +15555550123.")],
    queue: Annotated[str | None, typer.Option(help="Queue of the call; by default the first one.")] = None,
    center: Annotated[Path, typer.Option(help="The call centre.", show_default="callcenter.yaml")] = SAMPLE_CENTER,
    output: Annotated[Format, typer.Option("--format", help="Text or JSON.")] = Format.TEXT,
) -> None:
    """Put a recording through ingestion, transcription and analysis as if a call had made it.

    Speech is recognised by the optional extra: pip install -e '.[recognition]'. Without it the
    recording is still verified, hashed, tagged and kept, and the contact shows why it has no transcript.
    """
    report = run_record(file, agent=agent, customer=customer, queue=queue, center_file=center, progress=Progress())
    if output is Format.JSON:
        typer.echo(json.dumps(report, indent=2, ensure_ascii=False))
    else:
        print_contact(report)


def run_record(
    file: Path, *, agent: str, customer: str, queue: str | None, center_file: Path, progress: Progress
) -> dict[str, Any]:
    """Answer what the console's API tells of the contact once the pipeline is through with it."""
    try:
        samples = read_wav(file.read_bytes())
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}", "give the path of a WAV file") from error
    except RecordingError as error:
        raise UsageError(f"{file}: {error}", "give a WAV file with PCM, µ-law or A-law audio") from error
    center = read_center(center_file)
    name = queue or next(iter(center.queues))
    _require(agent, center.agents, "agent")
    _require(name, center.queues, "queue")
    now = datetime.now(UTC).replace(microsecond=0)
    with open_session(center_file, seed=1, start=now, progress=progress) as session:
        with progress.step("Ingesting, transcribing and analysing"):
            contact_id = session.network.import_recording(
                write_wav(samples), seconds=len(samples) / SAMPLE_RATE_HERTZ, agent=agent, customer=customer, queue=name
            )
            session.cloud.run_until(session.cloud.clock.now() + SETTLING)
        return {"contact_id": contact_id, **session.console.contact(contact_id)}


def _require(name: str, known: dict[str, Any], kind: str) -> None:
    if name not in known:
        raise UsageError(f"there is no {kind} {name!r}", f"choose one of {', '.join(known)}")
