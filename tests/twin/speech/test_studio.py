"""Calls sound like calls: two voices, the right length, the same bytes every time."""

from __future__ import annotations

import numpy as np
import pytest

from tests.twin.speech.samples import CONVERSATION
from twin.contracts import Utterance
from twin.speech import SilentStudio, SpokenStudio, read_wav
from twin.speech.cache import ClipCache, default_directory

TEXT = "Where is my order?"


@pytest.fixture(scope="module")
def clips(tmp_path_factory):
    return tmp_path_factory.mktemp("clips")


@pytest.fixture
def studio(clips):
    return SpokenStudio(clips)


@pytest.fixture(params=["spoken", "silent"])
def any_studio(request, clips):
    return SpokenStudio(clips) if request.param == "spoken" else SilentStudio()


def test_recording_is_a_telephone_wav_of_the_length_asked_for(any_studio):
    content = any_studio.recording(CONVERSATION, 12.5)
    assert content.startswith(b"RIFF")
    assert read_wav(content).shape == (100_000, 2)


def test_each_speaker_is_heard_in_their_own_channel_only_while_speaking(any_studio):
    samples = np.abs(read_wav(any_studio.recording(CONVERSATION, 12))).astype(int)
    customer, agent = samples[:, 0], samples[:, 1]
    assert customer[4 * 8000 : 8 * 8000].any()
    assert not agent[4 * 8000 : 8 * 8000].any()
    assert agent[: 3 * 8000].any()
    assert not customer[: 4 * 8000].any()


def test_same_conversation_gives_the_same_bytes(any_studio):
    assert any_studio.recording(CONVERSATION, 12) == any_studio.recording(CONVERSATION, 12)


def test_longer_text_takes_longer(any_studio):
    for language, short, long in (
        ("en", "Yes.", "Yes, I have been waiting for a week."),
        ("ko", "네.", "네, 일주일째 기다리고 있어요."),
    ):
        assert 0 < any_studio.seconds(short, language, "customer") < any_studio.seconds(long, language, "customer")


def test_what_was_said_is_remembered_by_recording(any_studio):
    any_studio.remember("recordings", "a.wav", CONVERSATION)
    assert any_studio.recall("recordings", "a.wav") == CONVERSATION
    assert any_studio.recall("recordings", "b.wav") is None


def test_line_is_cut_off_when_somebody_hangs_up(studio):
    line = Utterance("customer", "en", TEXT, 0.0, 0.4)
    customer = read_wav(studio.recording([line], 2))[:, 0]
    assert customer[:3200].any()
    assert not customer[3200:].any()


def test_utterance_outside_the_recording_is_simply_not_on_it(any_studio):
    line = Utterance("customer", "en", TEXT, 5.0, 6.0)
    assert not read_wav(any_studio.recording([line], 2)).any()


def test_customer_sounds_deeper_than_the_agent(studio):
    def pitch_hertz(speaker):
        seconds = studio.seconds(TEXT, "en", speaker)
        content = studio.recording([Utterance(speaker, "en", TEXT, 0, seconds)], seconds)
        sound = read_wav(content)[:, 0 if speaker == "customer" else 1].astype(float)
        echo = np.fft.irfft(np.abs(np.fft.rfft(sound, 2 * len(sound))) ** 2)
        return 8000 / (25 + np.argmax(echo[25:100]))

    assert pitch_hertz("customer") < 0.92 * pitch_hertz("agent")


def test_sound_stays_in_the_telephone_band(studio):
    sound = read_wav(studio.recording([Utterance("agent", "en", TEXT, 0, 2)], 2))[:, 1].astype(float)
    power = np.abs(np.fft.rfft(sound)) ** 2
    hertz = np.fft.rfftfreq(len(sound), 1 / 8000)
    assert power[(hertz < 180) | (hertz > 3700)].sum() < 0.001 * power.sum()


def test_line_is_synthesised_once_and_then_read_from_disk(tmp_path, monkeypatch):
    SpokenStudio(tmp_path).seconds(TEXT, "en", "agent")
    monkeypatch.setattr("twin.speech.studio.speak", lambda *_: pytest.fail("synthesised again"))
    assert SpokenStudio(tmp_path).seconds(TEXT, "en", "agent") > 0.5


def test_damaged_cache_file_is_made_again(tmp_path):
    expected = SpokenStudio(tmp_path).recording([Utterance("agent", "en", TEXT, 0, 2)], 2)
    [file] = tmp_path.rglob("*.clip")
    for damaged in (b"", b"short", file.read_bytes()[:-7], file.read_bytes()[:-2] + b"xy"):
        file.write_bytes(damaged)
        assert SpokenStudio(tmp_path).recording([Utterance("agent", "en", TEXT, 0, 2)], 2) == expected


def test_cache_leaves_no_half_written_files(tmp_path):
    ClipCache(tmp_path).put("engine", "voice", "text", np.ones(10, np.int16))
    assert [path.suffix for path in tmp_path.rglob("*") if path.is_file()] == [".clip"]
    assert ClipCache(tmp_path).get("other engine", "voice", "text") is None


def test_cache_lies_in_the_users_cache_or_beside_the_project(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_directory() == tmp_path / "trunkline" / "speech"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert default_directory().parts == (".cache", "speech")
