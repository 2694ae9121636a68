"""Fireworks heard from a seat: as late as sound needs, weaker with distance, from the side they are on."""

from pathlib import Path

import numpy as np
import pytest
from showeditor.audio.reports import SOUND_MPS, Noise, Reports, heard, mixed, reports_of
from showeditor.audio.sound import sound_of
from showeditor.planning.compile import compile_show
from showeditor.storage.files import load_show

RATE = 48_000


def one(place: tuple[float, float, float], t_us: int = 0, calibre: float = 150.0) -> Reports:
    noise = np.array([Noise.BREAK], dtype=np.uint8)
    return Reports(np.array([t_us]), np.array([place]), np.array([calibre]), noise, np.array([2.0]))


def first(samples: np.ndarray) -> int:
    return int(np.flatnonzero(np.abs(samples).max(axis=1) > 0)[0])


@pytest.mark.parametrize("metres", [SOUND_MPS, 100.0, 812.5])
def test_a_break_is_heard_when_its_sound_has_come(metres: float) -> None:
    samples = heard(one((0.0, metres, 0.0), t_us=500_000), (0.0, 0.0, 0.0), 0.0, 5_000_000)
    assert abs(first(samples) - (0.5 + metres / SOUND_MPS) * RATE) <= 1


def test_twice_as_far_is_half_as_loud_and_twice_the_calibre_twice() -> None:
    def peak(place: float, calibre: float) -> float:
        return float(np.abs(heard(one((0.0, place, 0.0), calibre=calibre), (0.0, 0.0, 0.0), 0.0, 6_000_000)).max())

    assert peak(400.0, 130.0) == pytest.approx(peak(200.0, 130.0) / 2, rel=1e-5)
    assert peak(200.0, 300.0) == pytest.approx(2 * peak(200.0, 150.0), rel=1e-5)


def test_a_source_on_the_left_is_louder_on_the_left_whichever_way_one_looks() -> None:
    east = one((200.0, 0.0, 0.0))
    north = np.abs(heard(east, (0.0, 0.0, 0.0), 0.0, 3_000_000)).max(axis=0)
    south = np.abs(heard(east, (0.0, 0.0, 0.0), 180.0, 3_000_000)).max(axis=0)
    ahead = np.abs(heard(east, (0.0, 0.0, 0.0), 90.0, 3_000_000)).max(axis=0)
    assert north[1] > 2 * north[0]
    assert south[0] > 2 * south[1]
    assert ahead[0] == pytest.approx(ahead[1], rel=1e-5)


def test_far_thunder_is_dull() -> None:
    def bright(metres: float) -> float:
        spectrum = np.abs(np.fft.rfft(heard(one((0.0, metres, 0.0)), (0.0, 0.0, 0.0), 0.0, 9_000_000)[:, 0])) ** 2
        hz = np.fft.rfftfreq(9 * RATE, 1 / RATE)
        return float(spectrum[hz > 2_000].sum() / spectrum.sum())

    assert bright(60.0) > 4 * bright(1_600.0)


def test_what_would_be_heard_after_the_end_or_lies_before_zero_is_left_out() -> None:
    assert not heard(one((0.0, 900.0, 0.0), t_us=900_000), (0.0, 0.0, 0.0), 0.0, 1_000_000).any()
    assert not heard(one((0.0, 90.0, 0.0), t_us=-900_000), (0.0, 0.0, 0.0), 0.0, 1_000_000).any()


def test_the_tutorial_sounds_at_every_break_and_the_same_twice() -> None:
    plan = compile_show(load_show(Path("shows/yun-qi-he-wan/yun-qi-he-wan.show")))
    reports = reports_of(plan)
    assert np.count_nonzero(reports.noise == Noise.BREAK) == np.count_nonzero(plan.shots.kind == 0)
    once, again = (heard(reports, (0.0, -150.0, 4.0), 0.0, plan.duration_us) for _ in range(2))
    assert np.array_equal(once, again)
    assert np.isfinite(once).all()
    assert once.shape == (round(plan.duration_us * RATE / 1e6), 2)


def test_quiet_music_passes_unchanged_and_loud_peaks_are_rounded() -> None:
    rng = np.random.default_rng(3)
    music = sound_of(RATE, (0.5 * rng.uniform(-1, 1, (RATE, 2))).astype(np.float32))
    silence = np.zeros((2 * RATE, 2), dtype=np.float32)
    both = mixed(music, 250_000, 0.0, silence, RATE)
    assert np.array_equal(both.samples[12_000 : 12_000 + RATE], music.samples)
    assert not both.samples[:12_000].any()
    early = mixed(music, -250_000, 0.0, silence, RATE)
    assert np.array_equal(early.samples[: RATE - 12_000], music.samples[12_000:])
    loud = mixed(music, 0, 20.0, silence, RATE)
    assert np.abs(loud.samples).max() <= 1.0
    with pytest.raises(ValueError, match="samples a second"):
        mixed(sound_of(44_100, np.zeros((10, 1), np.float32)), 0, 0.0, silence, RATE)
