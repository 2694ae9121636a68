"""What a published folder holds for the night, read only after every byte agrees with its receipt."""

from dataclasses import dataclass
from pathlib import Path

from showeditor.export.receipt import sha256
from showeditor.export.registry import format_named
from showeditor.export.signatures import Trust
from showeditor.export.verify import read_receipt, verify
from showeditor.model.errors import BadFile, BadInput
from showeditor.model.finding import Finding, blocks
from showeditor.model.plan import Plan
from showeditor.model.stage import CaptionSpan, StageEvent
from showeditor.model.timecode import Timecode

_SOUNDS = ("ltc-music-wav", "ltc-wav")
_TIMED = (*_SOUNDS, "mtc-midi", "stage-csv")
_CUES = ("osc-cues", "msc-cues")
_CAPTIONS = ("subtitles-vtt", "subtitles-srt")
READ = (*_TIMED, "stage-midi", *_CUES, *_CAPTIONS)
"""Formats that are read here; firing and flight files in the same folder are verified and left alone."""


class Changed(Exception):
    """The folder is not what was published: `findings` says what differs."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__(findings[0].message if findings else "changed")


@dataclass(frozen=True, slots=True)
class Programme:
    """A show as the clock runs it.

    `sound` is the published WAV file with timecode, `music_beside` says whether it holds the music too.
    """

    title: str
    duration_us: int
    timecode: Timecode | None
    stage: tuple[StageEvent, ...]
    captions: tuple[CaptionSpan, ...]
    sound: bytes | None = None
    music_beside: bool = False


def open_published(folder: Path, trust: Trust | None = None) -> Programme:
    """The programme of a published folder.

    Raises Changed when any byte differs from the receipt, BadInput when there is no receipt or nothing to run.
    """
    if not folder.is_dir():
        raise BadInput(f"{folder}: the folder of a published show was expected")
    found = verify(folder, trust)
    if blocks(found):
        raise Changed(tuple(f for f in found if f.severity == "block"))
    receipt = read_receipt(folder)
    ids = [one.id.partition(":")[0] for one in receipt.formats]
    plans: dict[str, Plan] = {}
    sounds: dict[str, bytes] = {}
    for name in ids:
        if name not in READ:
            continue
        prefix = "" if len(ids) == 1 else f"{name}/"
        files: dict[str, bytes] = {}
        for entry in receipt.files:
            if not entry.name.startswith(prefix):
                continue
            data = _bytes(folder / entry.name)
            if sha256(data) != entry.sha256:
                raise BadFile(entry.name, "", "the file was changed while it was read")
            files[entry.name.removeprefix(prefix)] = data
        plans[name] = format_named(name).read(files, next(iter(files)) if len(files) == 1 else name)
        if name in _SOUNDS:
            sounds[name] = next(iter(files.values()))
    if not plans:
        raise BadInput(f"{folder}: holds no timecode, stage cues or captions; publish one of {', '.join(READ)}")
    return _programme(receipt.title, plans, sounds)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadFile(str(path), "", f"cannot be read ({error.strerror})") from None


def _programme(title: str, plans: dict[str, Plan], sounds: dict[str, bytes]) -> Programme:
    timed = [plans[name] for name in _TIMED if name in plans]
    if "stage-csv" in plans:
        stage = plans["stage-csv"].stage
    elif any(name in plans for name in _CUES):
        stage = tuple(event for name in _CUES if name in plans for event in plans[name].stage)
    else:
        stage = plans["stage-midi"].stage if "stage-midi" in plans else ()
    captions = next((plans[name].captions for name in _CAPTIONS if name in plans), ())
    sound = next((name for name in _SOUNDS if name in sounds), None)
    # a sheet of cues knows the settings that the show had; code that runs is what counts where there is any
    timecode = timed[0].timecode if timed else None
    ends = [p.duration_us for p in timed] or [p.duration_us for p in plans.values()]
    return Programme(
        title,
        max(ends),
        timecode,
        tuple(sorted(stage, key=lambda event: (event.t_us, event.id))),
        captions,
        sounds[sound] if sound else None,
        sound == "ltc-music-wav",
    )
