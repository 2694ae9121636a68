"""Decoding and the waveform pyramid."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st
from showeditor.audio.pyramid import BASE, pyramid_of
from showeditor.audio.reading import describe
from showeditor.audio.sound import Sound, load_sound, sound_of
from showeditor.model.errors import BadFile


def tone(rate: int = 22_050, length_s: float = 1.5, channels: int = 2) -> np.ndarray:
    t = np.arange(int(rate * length_s)) / rate
    return np.stack([0.5 * np.sin(2 * np.pi * 220 * (c + 1) * t) for c in range(channels)], axis=1).astype(np.float32)


def write(path: Path, samples: np.ndarray, rate: int = 22_050, **options: str) -> Path:
    with soundfile.SoundFile(path, "w", rate, samples.shape[1], **options) as file:
        for first in range(0, len(samples), 4096):  # libsndfile's OGG writer needs small blocks
            file.write(samples[first : first + 4096])
    return path


@pytest.mark.parametrize(("suffix", "tolerance"), [("wav", 1e-4), ("flac", 1e-4), ("ogg", 0.08), ("mp3", 0.08)])
def test_every_kind_is_decoded_to_the_sample(tmp_path: Path, suffix: str, tolerance: float) -> None:
    wanted = tone()
    sound = load_sound(write(tmp_path / f"a.{suffix}", wanted))
    assert (sound.rate, sound.frames, sound.channels) == (22_050, len(wanted), 2)
    assert np.abs(sound.samples - wanted).max() < tolerance
    assert not sound.samples.flags.writeable
    assert sound.duration_us == 1_500_000


@pytest.mark.parametrize("suffix", ["wav", "flac", "ogg"])
def test_a_torn_file_is_refused(tmp_path: Path, suffix: str) -> None:
    path = write(tmp_path / f"河湾.{suffix}", tone(length_s=6.0))
    whole = path.read_bytes()
    for part in (0.3, 0.7, 0.98):
        path.write_bytes(whole[: int(len(whole) * part)])
        with pytest.raises(BadFile, match="河湾") as caught:
            load_sound(path)
        assert "torn" in str(caught.value) or "decoded" in str(caught.value)


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "empty"), (b"<html>not music</html>", "not a sound"), (b"RIFF\0\0\0\0AVI LIST", "not a sound")],
)
def test_a_foreign_file_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "x.wav"
    path.write_bytes(content)
    with pytest.raises(BadFile, match=says):
        load_sound(path)


def test_missing_file_and_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"gone\.ogg: the file does not exist"):
        load_sound(tmp_path / "gone.ogg")
    with pytest.raises(BadFile, match="cannot be opened"):
        load_sound(tmp_path)


def test_nan_samples_are_refused(tmp_path: Path) -> None:
    samples = tone()
    samples[22_050, 0] = np.nan
    path = write(tmp_path / "n.wav", samples, subtype="FLOAT")
    with pytest.raises(BadFile, match="finite"):
        load_sound(path)


def test_a_header_of_absurd_length_is_refused_without_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "long.wav"
    head = b"RIFF" + b"\xff" * 4 + b"WAVEfmt " + (16).to_bytes(4, "little")
    head += b"\x01\0\x02\0" + (8000).to_bytes(4, "little") + (16_000).to_bytes(4, "little") + b"\x02\0\x08\0data"
    with path.open("wb") as file:
        file.write(head + b"\xff\xff\xff\x7f")
        file.seek((1 << 31) + 40)
        file.write(b"\0")
    with pytest.raises(BadFile, match="more than the program can hold"):
        load_sound(path)


def test_a_sound_is_checked_at_birth() -> None:
    with pytest.raises(ValueError, match="sample rate"):
        sound_of(0, np.zeros(4))
    with pytest.raises(ValueError, match="finite"):
        sound_of(8000, np.array([0.0, np.inf]))
    with pytest.raises(ValueError, match="read-only"):
        Sound(8000, np.zeros((4, 1), dtype=np.float32))


def noise(frames: int, channels: int = 1) -> Sound:
    return sound_of(1000, np.random.default_rng(frames).uniform(-1, 1, (frames, channels)))


@pytest.mark.parametrize("frames", [1, 255, 256, 257, 5000, 40_000])
def test_every_level_holds_the_true_extremes(frames: int) -> None:
    sound = noise(frames, 2)
    pyramid = pyramid_of(sound)
    assert len(pyramid.levels[-1]) == 1
    for k, level in enumerate(pyramid.levels):
        span = BASE << k
        for i in range(len(level)):
            part = sound.samples[i * span : (i + 1) * span]
            assert level[i, 0] == part.min()
            assert level[i, 1] == part.max()
    whole = np.sqrt(np.mean(sound.samples.astype(float) ** 2))
    if frames % BASE == 0 or frames < BASE:
        assert pyramid.query(0, sound.duration_us, 1)[0, 2] == pytest.approx(whole, rel=1e-3)


@settings(max_examples=60, deadline=None)
@given(
    start=st.integers(-5_000_000, 45_000_000),
    length=st.integers(1, 60_000_000),
    columns=st.integers(1, 700),
)
def test_a_query_never_misses_an_extreme(start: int, length: int, columns: int) -> None:
    sound = noise(40_000)
    out = pyramid_of(sound).query(start, start + length, columns)
    assert out.shape == (columns, 3)
    edges = np.floor((np.arange(columns + 1) * (length / columns) + start) * 1e-3).astype(int)
    for i in range(columns):
        low, high = max(0, edges[i]), min(40_000, max(edges[i + 1], edges[i] + 1))
        if high <= low:
            assert not out[i].any()
            continue
        part = sound.samples[low:high]
        assert out[i, 0] <= part.min()
        assert out[i, 1] >= part.max()
        width = max(edges[i + 1] - edges[i], 1)
        around = sound.samples[max(0, low - width) : high + width]
        assert out[i, 0] >= around.min()
        assert out[i, 1] <= around.max()
        assert out[i, 2] <= max(-out[i, 0], out[i, 1]) + 1e-6


def test_a_query_refuses_an_empty_span() -> None:
    with pytest.raises(ValueError, match="span"):
        pyramid_of(noise(300)).query(5, 5, 10)


def test_the_description_of_a_sound(tmp_path: Path) -> None:
    said = describe(write(tmp_path / "t.flac", tone()))
    assert (said["kind"], said["duration_s"], said["rate_hz"], said["channels"]) == ("audio", 1.5, 22_050, 2)
    assert said["peak_db"] == pytest.approx(-6.02, abs=0.05)
    assert said["rms_db"] == pytest.approx(-9.03, abs=0.05)
    silent = describe(write(tmp_path / "s.wav", np.zeros((100, 1), dtype=np.float32)))
    assert silent["peak_db"] == -120.0
