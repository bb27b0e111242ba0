"""Checking the recordings that ``callcenter.yaml`` names: they are there, and Amazon Connect plays them.

**Source**: Amazon Connect Administrator Guide, "Create prompts": .wav, shorter than five minutes, less than 50 MB,
8 kHz, one channel recommended; CreatePrompt API.
"""

from __future__ import annotations

import struct
from pathlib import Path

from .document import Document
from .place import Place

LONGEST_SECONDS = 300
SHORTEST_MUSIC_SECONDS = 10
_FORMATS = {1: "PCM", 7: "mu-law"}


def check_sounds(document: Document, folder: Path) -> None:
    """Note recordings that are missing or that a telephone cannot play; ``folder`` is where the file stands."""
    ivr = Place(document, (), document.data)["ivr"]
    music = ivr["queue_treatment"]["music"].text
    for name, prompt in ivr["prompts"].entries():
        file = prompt["file"]
        if file.text:
            _check_sound(file, folder / file.text, is_music=name == music)


def _check_sound(file: Place, path: Path, *, is_music: bool) -> None:
    try:
        seconds = read_seconds(path)
    except OSError:
        file.blame(f"{file.text}, which is not there", f"a .wav file in {path.parent}")
    except ValueError as error:
        file.blame(str(error), "a .wav file of 8 kHz, one channel, mu-law or PCM")
    else:
        if seconds > LONGEST_SECONDS:
            file.blame(f"{seconds:.0f} seconds", f"a recording of at most {LONGEST_SECONDS} seconds")
        elif is_music and seconds < SHORTEST_MUSIC_SECONDS:
            file.blame(f"{seconds:.1f} seconds of music", f"music of at least {SHORTEST_MUSIC_SECONDS} seconds")


def read_seconds(path: Path) -> float:
    """Return how long a telephone recording lasts.

    Raises
    ------
    OSError
        Where the file cannot be read.
    ValueError
        Where it is no wave file of 8 kHz, one channel, mu-law or PCM; the message says what it is.
    """
    content = path.read_bytes()
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        raise ValueError("a file that is not WAVE")
    chunks = dict(_read_chunks(content))
    if len(chunks.get(b"fmt ", b"")) < 16 or b"data" not in chunks:
        raise ValueError("a WAVE file without sound")
    coding, channels, rate, bytes_per_second, _, _ = struct.unpack("<HHIIHH", chunks[b"fmt "][:16])
    if coding not in _FORMATS or channels != 1 or rate != 8000 or not bytes_per_second:
        raise ValueError(f"{rate} Hz, {channels} channels, {_FORMATS.get(coding, f'format {coding}')}")
    return float(len(chunks[b"data"]) / bytes_per_second)


def _read_chunks(content: bytes) -> list[tuple[bytes, bytes]]:
    chunks, at = [], 12
    while at + 8 <= len(content):
        size = int.from_bytes(content[at + 4 : at + 8], "little")
        chunks.append((content[at : at + 4], content[at + 8 : at + 8 + size]))
        at += 8 + size + size % 2
    return chunks
