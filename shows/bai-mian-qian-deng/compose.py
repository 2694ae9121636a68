"""Writes the grand show 《百面千灯》: score and show file, from nothing but code and a seed.

    python shows/bai-mian-qian-deng/compose.py [--out FOLDER] [--sound]

Score and show come out byte for byte the same each time; the sound may differ in its last bits between processors, so
the show names the fingerprint of the one that is shipped, and --sound is only for a new piece.
"""

import argparse
import hashlib
from pathlib import Path

import beats
import faces
import fire
import numpy as np
import site_plan
import soundfile
from msgspec.structs import replace

from showeditor.audio.score import read_midi
from showeditor.audio.synth import render
from showeditor.kernels.paths import Paths
from showeditor.kernels.whereabouts import places
from showeditor.model.control import Licence, Sound
from showeditor.model.music import Music, moment_us
from showeditor.model.show import Act, Feeling, Marker, Show
from showeditor.model.timecode import Timecode
from showeditor.model.times import us
from showeditor.model.waiver import Waiver
from showeditor.planning.compile import compile_show
from showeditor.storage.text import show_to_text

NAME = "bai-mian-qian-deng"
HERE = Path(__file__).resolve().parent
SEED = 1000
RATE = 24_000

ACT_COLOURS = ("#3d7f76", "#a8352c", "#c79a3c", "#9aa3ad", "#4a3f6b")
FEELINGS = (
    (0.0, 2.0), (70.0, 4.0), (98.0, 6.0), (134.0, 5.0), (170.0, 7.0), (210.0, 5.0), (232.0, 7.0), (300.0, 8.0),
    (340.0, 5.0), (372.0, 6.0), (410.0, 7.0), (450.0, 8.0), (500.0, 6.0), (510.0, 9.5), (530.0, 10.0), (540.0, 2.0),
)  # fmt: skip


def build(score_bytes: bytes, sound_sha256: str) -> Show:
    """The whole show; its musical time is read back from the score that is shipped with it."""
    score = read_midi(score_bytes, f"{NAME}.mid")
    ends = [score.tempo.us_of_tick(mark.tick) for mark in score.markers] + [score.duration_us]
    acts = tuple(
        Act(f"act{k + 1}", mark.text, ends[k], ends[k + 1], ACT_COLOURS[k]) for k, mark in enumerate(score.markers)
    )
    mask, face = faces.mask()
    show = Show(
        title="百面千灯 Hundred Masks, Thousand Lanterns",
        duration_us=score.duration_us,
        venue=site_plan.venue(),
        acts=acts,
        emotion=tuple(Feeling(us(t), level) for t, level in FEELINGS),
        markers=(
            Marker("faces", "变脸 the faces change", site_plan.at(117)),
            Marker("finale", "压轴 finale", site_plan.at(fire.FINALE_BAR)),
        ),
        music=Music(file=f"{NAME}.ogg", score=f"{NAME}.mid", tempo=score.tempo, sha256=sound_sha256),
        tracks=fire.tracks(SEED),
        controllers=fire.controllers(Sound(f"{NAME}.ogg", 0, sound_sha256)),
        fleets=(site_plan.fleet(),),
        formations=(faces.lanterns(), faces.dragon(), mask, faces.seal(), faces.theatre()),
        flights=(site_plan.flight(face),),
        rules="design-envelope",
        timecode=Timecode(rate="25", zero="01:00:00:00"),
        date="2027-02-20",
        licences=(
            Licence("display", "大型焰火燃放许可 display permit (example)", "河湾剧场", "HW-2027-018", "2027-02-28"),
            Licence("airspace", "空域 airspace (example)", "河湾剧场", "KY-2027-004", "2027-02-21"),
        ),
        waivers=(
            Waiver(
                "CTL-024",
                "林舞台 (example)",
                "the crew ran the whole score against LTC on the bench twice",
                "2027-02-12",
                ("front", "spare"),
            ),
        ),
        seed=SEED,
        author="showeditor",
        note="Grand show: masks that change their colour role by light alone, a dragon among lanterns, fret and seal, "
        "the characters of the theatre. Own rhythm patterns, own pictures; written by compose.py in this folder.",
    )
    return replace(show, fleets=(site_plan.fleet(_at_the_feet(show)),))


def _at_the_feet(show: Show) -> tuple[int, ...]:
    """The numbers of the drones that come to stand where the tassels hang; who that is the planner decides."""
    scene = next(s for s in show.flights[0].scenes if s.id == "theatre")
    formation = next(f for f in show.formations if f.id == "theatre")
    drones = compile_show(show).drones
    paths = Paths(
        drones.piece_start, drones.piece_t0_us, drones.piece_t1_us, drones.ctrl_start, drones.ctrl, drones.home_m
    )
    moment = moment_us(scene.arrive, show.music) + scene.hold_us // 2
    there = places(paths, np.arange(len(drones)), np.full(len(drones), moment))
    wanted = formation.points.metres[list(site_plan.TASSELS)] + np.array(scene.place.at_m)
    return tuple(sorted(int(np.linalg.norm(there - spot, axis=1).argmin()) + 1 for spot in wanted))


def write_sound(score_bytes: bytes, path: Path) -> None:
    """A small OGG Opus file, one channel, about 14 kbit/s, written in small blocks."""
    sound = render(read_midi(score_bytes, f"{NAME}.mid"), RATE, SEED, tail_s=1.0)
    samples = sound.samples.mean(axis=1)
    with soundfile.SoundFile(path, "w", RATE, 1, format="OGG", subtype="OPUS", compression_level=0.97) as file:
        for first in range(0, len(samples), 4800):
            file.write(samples[first : first + 4800])


def main() -> None:
    """Write the files."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--out", type=Path, default=HERE, help="folder to write to (default: beside this script)")
    options.add_argument("--sound", action="store_true", help="render the sound anew, beside this script")
    chosen = options.parse_args()
    score_bytes = beats.midi_of(SEED)
    sound = HERE / f"{NAME}.ogg"
    if chosen.sound:
        write_sound(score_bytes, sound)
    show = build(score_bytes, hashlib.sha256(sound.read_bytes()).hexdigest())
    chosen.out.mkdir(parents=True, exist_ok=True)
    (chosen.out / f"{NAME}.mid").write_bytes(score_bytes)
    (chosen.out / f"{NAME}.show").write_bytes(show_to_text(show).encode())


if __name__ == "__main__":
    main()
