"""`showeditor formation`, `vdl`, `music` and `formats`: what the program understands."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from showeditor.commands.command import CLEAR, Command, json_flag, profile_flag
from showeditor.commands.saying import say, say_json


def formation(options: argparse.Namespace) -> int:
    """Turn text, an SVG or a CSV into formation points."""
    from showeditor.formations.drawing import as_csv, as_json
    from showeditor.formations.source import draw_source

    drawing = draw_source(
        options.source, count=options.n, spacing_m=options.spacing, height_m=options.height, style=options.style
    )
    if options.out:
        from showeditor.storage.files import write_atomic

        write_atomic(Path(options.out), as_csv(drawing).encode())
        say(f"{options.out}: {len(drawing.points)} points")
    elif options.json:
        say_json(as_json(drawing))
    else:
        say(as_csv(drawing).rstrip("\n"))
    return CLEAR


def formation_arguments(parser: argparse.ArgumentParser) -> None:
    """State what formation takes."""
    parser.add_argument("source")
    json_flag(parser)
    parser.add_argument("-n", type=int, help="number of drones (default: as many as the spacing gives)")
    parser.add_argument("--spacing", type=float, default=3.0, help="metres between drones")
    parser.add_argument("--height", type=float, help="metres (default: what the number of drones allows)")
    parser.add_argument("--style", default="centreline", choices=("centreline", "outline", "fill"))
    parser.add_argument("--out", help="a CSV file: Name,x_m,y_m,z_m,Red,Green,Blue")


FORMATION = Command("formation", formation, formation_arguments)


def vdl(options: argparse.Namespace) -> int:
    """Say how an effect description is understood."""
    from showeditor.effects.reading import as_json, read

    device: Any = as_json(read(options.text))
    if options.json:
        say_json(device)
        return CLEAR
    say(f"{device['normalised']}   ({device['duration_s']:.2f} s)")
    if device["unknown"]:
        say(f"not understood: {', '.join(device['unknown'])}")
    for shot in device["shots"]:
        layers = "; ".join(f"{layer['effect']} {' to '.join(layer['colours'])}".strip() for layer in shot["layers"])
        say(
            f"  {shot['ignition_s']:7.3f} s -> {shot['break_s']:7.3f} s  {shot['angle_deg']:6.1f} deg  "
            f"{shot['calibre_mm']:.0f} mm  {layers}"
        )
    return CLEAR


def vdl_arguments(parser: argparse.ArgumentParser) -> None:
    """State what vdl takes."""
    parser.add_argument("text")
    json_flag(parser)


VDL = Command("vdl", vdl, vdl_arguments)


def music(options: argparse.Namespace) -> int:
    """Say what a sound or MIDI file holds."""
    from showeditor.audio.reading import describe

    facts = describe(Path(options.file))
    if options.json:
        say_json(facts)
    else:
        for name, value in facts.items():
            say(f"{name}: {len(value)} entries" if isinstance(value, list) and len(value) > 8 else f"{name}: {value}")
    return CLEAR


def music_arguments(parser: argparse.ArgumentParser) -> None:
    """State what music takes."""
    parser.add_argument("file")
    json_flag(parser)


MUSIC = Command("music", music, music_arguments)


def formats(options: argparse.Namespace) -> int:
    """List every file format, its direction, status and limits."""
    from showeditor.export.profiles import SHELF
    from showeditor.export.registry import formats_json

    if options.page:
        from showeditor.export.manual import formats_page

        say(formats_page().rstrip("\n"))
        return CLEAR
    rows = formats_json()
    for problem in SHELF.problems():
        sys.stderr.write(f"showeditor: {problem.message}\n")
    if options.json:
        say_json(rows)
        return CLEAR
    for row in rows:
        ways = "/".join(way for way, has in (("read", row["reads"]), ("write", row["writes"])) if has)
        say(f"{row['id']:14} {ways:11} {row['status']:15} {row['title']}")
        limits = row["limits"]
        if isinstance(limits, Mapping) and limits.get("not_proven"):
            say(f"{'':43}open: {limits['not_proven']}")
    return CLEAR


def formats_arguments(parser: argparse.ArgumentParser) -> None:
    """State what formats takes."""
    json_flag(parser)
    parser.add_argument("--page", action="store_true", help="the manual page of all formats (docs/formats.md)")
    profile_flag(parser)


FORMATS = Command("formats", formats, formats_arguments)
