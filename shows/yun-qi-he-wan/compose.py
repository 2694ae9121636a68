"""Writes the tutorial show 《云起河湾》: score, sound and show file, from nothing but code and a seed.

    python shows/yun-qi-he-wan/compose.py [--out FOLDER] [--no-sound]

Show and score come out byte for byte the same each time; the sound may differ in its last bits between processors.
"""

import argparse
from pathlib import Path

import fire
import pictures
import site_plan
import soundfile
import tune

from showeditor.audio.score import read_midi
from showeditor.audio.sound import Sound
from showeditor.audio.synth import render
from showeditor.model.cue import Controller
from showeditor.model.music import Music
from showeditor.model.show import Act, Feeling, Marker, Show
from showeditor.model.times import us
from showeditor.storage.text import show_to_text

NAME = "yun-qi-he-wan"
HERE = Path(__file__).resolve().parent
RATE = 32_000
SEED = 960

ACT_COLOURS = ("#33507a", "#5b86b8", "#8a8f9c", "#c79a3c")
FEELINGS = (
    (0.0, 1.0), (26.0, 1.5), (35.0, 4.0), (39.0, 5.0), (40.0, 6.5), (50.0, 5.0),
    (78.0, 6.5), (87.0, 7.0), (89.0, 4.0), (90.0, 8.0), (117.0, 9.0), (118.5, 3.0),
    (120.0, 9.0), (130.0, 6.0), (138.0, 4.0), (140.0, 10.0), (152.5, 9.0), (160.0, 1.0),
)  # fmt: skip
"""The emotion curve: seconds and level."""


def build(score_bytes: bytes) -> Show:
    """The whole show; its musical time is read back from the score that is shipped with it."""
    score = read_midi(score_bytes, f"{NAME}.mid")
    ends = [score.tempo.us_of_tick(mark.tick) for mark in score.markers] + [score.duration_us]
    acts = tuple(
        Act(f"act{k + 1}", mark.text, ends[k], ends[k + 1], ACT_COLOURS[k]) for k, mark in enumerate(score.markers)
    )
    return Show(
        title="云起河湾 Clouds over the Bend",
        duration_us=score.duration_us,
        venue=site_plan.venue(),
        acts=acts,
        emotion=tuple(Feeling(us(t), level) for t, level in FEELINGS),
        markers=(
            Marker("reveal", "云线 cloud is drawn", site_plan.at(12)),
            Marker("part", "云分 clouds part", site_plan.at(21)),
            Marker("still", "静 silence", site_plan.at(48, 3)),
            Marker("burn", "火 fire", site_plan.at(57)),
            Marker("fall", "金柳 gold willows", site_plan.at(61)),
        ),
        music=Music(file=f"{NAME}.ogg", score=f"{NAME}.mid", tempo=score.tempo),
        tracks=fire.tracks(),
        controllers=(Controller("cobra", "cobra-6", "COBRA 18R2 far bank"),),
        fleets=(site_plan.fleet(),),
        formations=pictures.formations(),
        flights=(site_plan.flight(),),
        rules="design-envelope",
        seed=SEED,
        author="showeditor",
        note="Tutorial: ink-wash morning clouds grow over a river bend. Blue, white and gold only. "
        "Own music in D gong at 96 BPM, own pictures; written by compose.py in this folder.",
    )


def write_sound(sound: Sound, path: Path) -> None:
    """An OGG Vorbis file, written in small blocks: libsndfile's encoder overflows its stack on long ones."""
    with soundfile.SoundFile(path, "w", sound.rate, sound.channels, format="OGG", subtype="VORBIS") as file:
        for first in range(0, sound.frames, 4096):
            file.write(sound.samples[first : first + 4096])


def main() -> None:
    """Write the three files."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--out", type=Path, default=HERE, help="folder to write to (default: beside this script)")
    options.add_argument("--no-sound", action="store_true", help="leave the sound file alone")
    chosen = options.parse_args()
    score_bytes = tune.midi_of(tune.compose(SEED))
    show = build(score_bytes)
    chosen.out.mkdir(parents=True, exist_ok=True)
    (chosen.out / f"{NAME}.mid").write_bytes(score_bytes)
    (chosen.out / f"{NAME}.show").write_bytes(show_to_text(show).encode())
    if not chosen.no_sound:
        score = read_midi(score_bytes, f"{NAME}.mid")
        write_sound(render(score, RATE, SEED, tail_s=2.0), chosen.out / f"{NAME}.ogg")


if __name__ == "__main__":
    main()
