"""Any recording becomes a telephone recording, or a clear error."""

from __future__ import annotations

import wave
from io import BytesIO

import numpy as np
import pytest

from tests.twin.speech.samples import encode_a_law, encode_mu_law, pcm, tone, wav
from twin.speech import RecordingError, inspect_wav, read_wav, write_wav


def loudness(samples):
    return float(np.abs(samples.astype(float)).max() / 32767)


@pytest.mark.parametrize("bits", [8, 16, 24])
@pytest.mark.parametrize("rate", [8000, 11025, 16000, 22050, 44100, 48000])
def test_pcm_of_any_rate_and_depth_becomes_8_khz(bits, rate):
    samples = read_wav(wav(pcm(tone(rate), bits), rate=rate, bits=bits))
    assert samples.dtype == np.int16
    assert samples.shape[1] == 2
    assert abs(len(samples) - 4000) <= 1
    middle = samples[1000:3000, 0]
    assert loudness(middle) == pytest.approx(0.5, abs=0.02)
    spectrum = np.abs(np.fft.rfft(middle))
    assert np.fft.rfftfreq(2000, 1 / 8000)[spectrum.argmax()] == pytest.approx(440, abs=5)


@pytest.mark.parametrize(("coding", "encode"), [(7, encode_mu_law), (6, encode_a_law)])
def test_telephone_codings_are_decoded(coding, encode):
    samples = read_wav(wav(encode(tone(8000)), coding=coding, bits=8))
    expected = np.round(tone(8000) * 32767)
    assert np.abs(samples[:, 0] - expected).max() <= 600
    assert np.abs(samples[:, 0] - expected)[np.abs(expected) < 500].max() <= 20


def test_extensible_header_is_read():
    samples = read_wav(wav(pcm(tone(8000), 24), bits=24, extensible=True))
    assert loudness(samples[:, 0]) == pytest.approx(0.5, abs=0.01)


def test_two_channels_stay_customer_and_agent():
    both = np.column_stack([tone(16000), np.zeros(8000)])
    samples = read_wav(wav(pcm(both, 16), channels=2, rate=16000))
    assert loudness(samples[:, 0]) > 0.4
    assert loudness(samples[:, 1]) < 0.01


def test_one_channel_is_the_customer_and_the_agent_is_silent():
    samples = read_wav(wav(pcm(tone(8000), 16)))
    assert loudness(samples[:, 0]) > 0.4
    assert not samples[:, 1].any()


def test_other_chunks_before_the_sound_are_passed_over():
    assert len(read_wav(wav(pcm(tone(8000), 16), before=b"LIST\x03\x00\x00\x00abc\x00"))) == 4000


@pytest.mark.parametrize("size", [0, 0xFFFFFFFF])
def test_streamed_file_of_unknown_length_is_read_to_its_end(size):
    assert len(read_wav(wav(pcm(tone(8000), 16), data_bytes=size))) == 4000


def test_what_is_written_can_be_read_by_others_and_by_us():
    samples = np.arange(-4000, 4000, dtype=np.int16).reshape(-1, 2)
    content = write_wav(samples)
    with wave.open(BytesIO(content)) as file:
        assert (file.getnchannels(), file.getframerate(), file.getsampwidth()) == (2, 8000, 2)
        assert file.getnframes() == 4000
    assert (read_wav(content) == samples).all()
    assert inspect_wav(content).seconds == 0.5


@pytest.mark.parametrize(
    ("content", "fault", "words"),
    [
        (b"", "empty", "the file is empty"),
        (wav(b""), "empty", "no sound"),
        (wav(pcm(tone(8000), 16))[:44], "truncated", "8000 bytes of sound, and 0 are there"),
        (wav(pcm(tone(8000), 16))[:2000], "truncated", "cut off"),
        (wav(b"")[:30], "truncated", "ends"),
        (b"ID3\x04 an mp3 file", "not_audio", "'ID3"),
        (b"%PDF-1.7", "not_audio", "RIFF/WAVE"),
        (b"RIFF", "not_audio", "RIFF/WAVE"),
        (wav(pcm(tone(8000), 16), channels=6), "unsupported", "6 channels"),
        (wav(pcm(tone(8000), 16), rate=4000), "unsupported", "4000 Hz"),
        (wav(pcm(tone(8000), 16), rate=96000), "unsupported", "96000 Hz"),
        (wav(b"\0" * 64, coding=3, bits=32), "unsupported", "coding 3"),
        (wav(b"\0" * 64, coding=0x55, bits=0), "unsupported", "readable: 1 or 2 channels"),
    ],
)
def test_what_is_no_recording_is_refused_with_the_reason(content, fault, words):
    with pytest.raises(RecordingError, match=words) as raised:
        read_wav(content)
    assert raised.value.fault == fault
