"""Music brought into a show: checked, copied beside the show's file, and taken over as one step."""

from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from showeditor.audio.score import Score, load_midi
from showeditor.audio.sound import Sound, load_sound
from showeditor.model.errors import BadFile, BadInput
from showeditor.model.music import AtBeat, Music, moment_us
from showeditor.model.show import Show
from showeditor.model.times import US
from showeditor.storage.files import read_bytes, write_atomic
from showeditor.timeline import parts

MIDI = (".mid", ".midi")
SOUND = (".wav", ".flac", ".ogg", ".mp3")
ACT_COLOURS = ("#6a8caf", "#b0803a", "#8a5a9f", "#b04a4a", "#4f8f6f", "#7a7f9a")


@dataclass(frozen=True, slots=True)
class Brought:
    """A music file that was read and lies beside the show: its name there, and what it holds."""

    name: str
    score: Score | None
    sound: Sound | None


def bring(path: Path, folder: Path) -> Brought:
    """Reads a music file and copies it into a folder; raises BadFile when it is no music, BadInput when it cannot be.

    A file of that name with other content is left alone: the copy gets a number.
    """
    suffix = path.suffix.lower()
    if suffix not in (*MIDI, *SOUND):
        raise BadFile(path.name, "", "WAV, FLAC, OGG, MP3 or MIDI is expected")
    score = load_midi(path) if suffix in MIDI else None
    sound = load_sound(path) if score is None else None
    data = read_bytes(path)
    name, number = path.name, 1
    while (folder / name).exists() and read_bytes(folder / name) != data:
        number += 1
        name = f"{path.stem}-{number}{path.suffix}"
    if not (folder / name).exists():
        write_atomic(folder / name, data)
    return Brought(name, score, sound)


def with_music(show: Show, brought: Brought) -> Show:
    """The show with the music; the show is made as long as its music when that is longer, or the show is empty.

    A score brings its tempo map and keeps a sound file that is there already; a sound keeps the tempo map.
    """
    old = show.music or Music()
    if brought.score is not None:
        music = replace(old, score=brought.name, tempo=brought.score.tempo)
        end = music.downbeat_us + brought.score.duration_us
    else:
        music = replace(old, file=brought.name, sha256="")
        end = music.start_us + (brought.sound.duration_us if brought.sound else 0)
    after = parts.replace_music(show, music)
    empty = not any(True for _ in show.cues()) and not any(f.scenes for f in show.flights)
    whole = -(-end // US) * US
    if whole > after.duration_us or (empty and whole > US):
        after = parts.change_show(after, duration_us=whole)
    return after


def with_markers(show: Show, score: Score) -> Show:
    """The show with the score's markers as markers on their beats."""
    for text in score.markers:
        show, _ = parts.add_marker(show, text.text, AtBeat(text.tick))
    return show


def with_acts(show: Show, score: Score) -> Show:
    """The show with an act from each of the score's markers to the next; raises BadInput when there is none."""
    music = show.music or Music()
    starts = [(max(0, moment_us(AtBeat(t.tick), music)), t.text) for t in score.markers]
    starts = [(t, name) for t, name in starts if t < show.duration_us]
    if not starts:
        raise BadInput("the score has no markers within the show")
    ends = [t for t, _ in starts[1:]] + [show.duration_us]
    for i, ((start, name), end) in enumerate(zip(starts, ends, strict=True)):
        if end > start:
            show, _ = parts.add_act(show, name, start, end, colour=ACT_COLOURS[i % len(ACT_COLOURS)])
    return show
