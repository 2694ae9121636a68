"""`showeditor live`: timecode and stage cues of a published folder, sent or followed."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from showeditor.commands.command import BLOCKED, CLEAR, Command
from showeditor.commands.saying import say, say_findings
from showeditor.model.errors import BadInput
from showeditor.model.times import US, clock, us_of_text

if TYPE_CHECKING:
    from showeditor.live.programme import Programme
    from showeditor.live.sending import Output
    from showeditor.live.sources import Source


def run(options: argparse.Namespace) -> int:
    """Send timecode and stage cues of a published folder, or follow timecode; never talks to firing systems."""
    from showeditor.export.signatures import trusted
    from showeditor.live.programme import Changed, open_published
    from showeditor.live.running import Runner
    from showeditor.live.running import run as follow

    folder = Path(options.folder)
    try:
        programme = open_published(folder, trusted(options.trust or ""))
    except Changed as changed:
        say_findings(changed.findings)
        say(f"{folder}: NOT what was published; nothing was sent")
        return BLOCKED
    start_us = _start(options.start, programme)
    _tell(programme)
    if options.list:
        for event in programme.stage:
            say(f"{clock(event.t_us):>10}  {event.department}: {event.name}")
        return CLEAR
    outputs: list[Output] = []
    source: Source | None = None
    try:
        outputs += _outputs(options)
        source = _source(options, programme, start_us)
        runner = Runner(programme, outputs, say, mtc=options.timecode == "mtc")
        if options.chase is None:
            runner.advance(start_us)
        follow(source, runner, programme.duration_us, say)
    finally:
        for output in outputs:
            output.close()
        if source is not None:
            source.close()
    say("end of the show")
    return CLEAR


def _tell(programme: Programme) -> None:
    timecode = programme.timecode
    code = f"{timecode.rate} frames a second, show zero at {timecode.label_at(0)}" if timecode else "no timecode"
    say(f"{programme.title}: every byte is as published; {code}; {len(programme.stage)} stage cues")


def _start(text: str | None, programme: Programme) -> int:
    if text is None:
        return -programme.timecode.pre_roll_us if programme.timecode is not None else 0
    try:
        start_us = us_of_text(text)
    except ValueError as error:
        raise BadInput(f"--from: {error}") from None
    if start_us >= programme.duration_us:
        raise BadInput(f"--from: the show ends at {clock(programme.duration_us)}")
    return start_us


def _outputs(options: argparse.Namespace) -> list[Output]:
    from showeditor.live.sending import ArtNetOutput, MidiOutput, OscOutput, SacnOutput, host_and_port, midi_port

    out: list[Output] = []
    if options.midi is not None:
        out.append(MidiOutput(*midi_port(options.midi, output=True)))
    elif options.timecode == "mtc":
        raise BadInput("--timecode mtc needs --midi PORT to send to")
    out += [OscOutput(*host_and_port(text)) for text in options.osc]
    out += [ArtNetOutput(*host_and_port(text, 6454)) for text in options.artnet]
    out += [SacnOutput("" if text == "multicast" else text) for text in options.sacn]
    return out


def _source(options: argparse.Namespace, programme: Programme, start_us: int) -> Source:
    from showeditor.audio.ltc import sample_of
    from showeditor.live.sources import FreeSource, SoundSource, open_ltc_input, open_mtc_input, published_sound

    timecode = programme.timecode
    if options.timecode is not None and timecode is None:
        raise BadInput("the folder holds no timecode; publish ltc-wav, mtc-midi or stage-csv")
    if options.chase is not None:
        if options.timecode == "ltc":
            raise BadInput("--timecode ltc plays its own sound and cannot follow other code at the same time")
        if options.start is not None:
            raise BadInput("--from and --chase contradict each other: the code that comes in says where the show is")
        if timecode is None:
            raise BadInput("the folder holds no timecode to compare with; publish ltc-wav, mtc-midi or stage-csv")
        flywheel_us = round(options.flywheel * US)
        if options.chase == "mtc":
            return open_mtc_input(timecode, options.input, flywheel_us)
        return open_ltc_input(timecode, flywheel_us)
    if options.timecode != "ltc":
        return FreeSource(start_us)
    if programme.sound is None or timecode is None:
        raise BadInput("--timecode ltc plays the published sound; publish ltc-wav or ltc-music-wav")
    sound = published_sound(programme.sound)
    zero = sample_of(timecode.clock, sound.rate, timecode.pre_roll_frames)
    source = SoundSource(sound, zero, start_us)
    if not source.audible:
        say("no sound card: the timecode is counted, not heard")
    return source


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 60:
        raise ValueError
    return value


def arguments(parser: argparse.ArgumentParser) -> None:
    """State what live takes."""
    parser.add_argument("folder", help="a published folder; refused when a byte differs from its receipt")
    parser.add_argument("--timecode", choices=("mtc", "ltc"), help="send MIDI timecode, or play the published LTC")
    parser.add_argument("--chase", choices=("mtc", "ltc"), help="follow timecode instead of the own clock")
    parser.add_argument("--midi", metavar="PORT", help="MIDI output, by a part of its name")
    parser.add_argument("--input", metavar="PORT", default="", help="MIDI input to follow (default: the first)")
    parser.add_argument("--osc", metavar="HOST:PORT", action="append", default=[])
    parser.add_argument("--artnet", metavar="HOST", action="append", default=[], help="an address or a broadcast one")
    parser.add_argument("--sacn", metavar="HOST", action="append", default=[], help="an address, or multicast")
    parser.add_argument("--from", dest="start", metavar="T", help="show time to begin at (default: the pre-roll)")
    parser.add_argument(
        "--flywheel", type=_seconds, default=1.0, metavar="S", help="run on so long without code, 0 to 60 s (default 1)"
    )
    parser.add_argument("--list", action="store_true", help="say what would be sent, and send nothing")
    parser.add_argument("--trust", help="the file of persons whose signatures count (default: $SHOWEDITOR_TRUST)")


COMMAND = Command("live", run, arguments)
