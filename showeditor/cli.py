"""The command line and composition root: the only place that prints, and that knows every room.

Exit codes: 0 clear, 1 the safety check blocks (nothing written), 2 bad input (one line), 3 a bug in the program.
Rooms are imported where they are used, so that `showeditor formats` does not wait for numba or OpenGL.
"""

import argparse
import json
import logging
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from showeditor import __version__
from showeditor.model.errors import BadInput, ShowEditorError
from showeditor.model.finding import Finding, blocks
from showeditor.model.limits import Limits
from showeditor.model.plan import Plan

CLEAR, BLOCKED, BAD_INPUT, BUG = 0, 1, 2, 3


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise BadInput(f"{message} (see {self.prog} --help)")


def say(text: str = "") -> None:
    """Write one line to standard output."""
    sys.stdout.write(f"{text}\n")


def say_json(value: object) -> None:
    """Write JSON and nothing else."""
    say(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False))


def progress(what: str) -> Callable[[float], None] | None:
    """A progress line on a terminal; None where nobody watches."""
    if not sys.stderr.isatty():
        return None

    def show(share: float) -> None:
        sys.stderr.write(f"\r{what} {min(1.0, share):4.0%}" + ("\n" if share >= 1.0 else ""))
        sys.stderr.flush()

    return show


def plan_of(name: str) -> tuple[Plan, str]:
    """The Plan of a .show or of any file that a Format reads, and the show's fingerprint (empty for foreign files)."""
    path = Path(name)
    if path.suffix == ".show":
        from showeditor.planning.compile import compile_show
        from showeditor.storage.files import load_show
        from showeditor.storage.media import missing_media
        from showeditor.storage.text import fingerprint_of_show

        show = load_show(path)
        plan = compile_show(show)
        missing = missing_media(show, path.parent)
        return replace(plan, problems=plan.problems + missing) if missing else plan, fingerprint_of_show(show)
    from showeditor.export.foreign import read_foreign

    return read_foreign(path), ""


def limits_given(text: str, base: Limits) -> Limits:
    """`base` with the values of a TOML file or of `name=value,...`; raises BadInput for an unknown or bad one."""
    import tomllib

    known = set(Limits.__struct_fields__)
    values: dict[str, float] = {}
    if "=" not in text:
        try:
            loaded = tomllib.loads(Path(text).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise BadInput(f"limits file {text}: {error}") from None
        pairs: Iterable[tuple[str, Any]] = loaded.items()
    else:
        pairs = [(name.strip(), value) for name, _, value in (part.partition("=") for part in text.split(","))]
    for name, value in pairs:
        if name not in known:
            raise BadInput(f"limits: {name!r} is not a limit; known are {', '.join(sorted(known))}")
        try:
            values[name] = float(value)
        except (TypeError, ValueError):
            raise BadInput(f"limits: {name} must be a number, got {value!r}") from None
    try:
        return Limits(**{name: values.get(name, getattr(base, name)) for name in known})
    except ValueError as error:
        raise BadInput(f"limits: {error}") from None


def say_findings(findings: Iterable[Finding]) -> None:
    """One line a finding, as a person reads it."""
    from showeditor.model.times import clock

    for f in findings:
        span = clock(f.t0_us) if f.t1_us <= f.t0_us else f"{clock(f.t0_us)}-{clock(f.t1_us)}"
        say(f"{f.severity:5} {f.code:8} {span:>15}  {f.message}")


def finding_json(f: Finding) -> dict[str, Any]:
    """A finding in the shape that `check --json` promises."""
    return {
        "code": f.code,
        "severity": f.severity,
        "t0_s": f.t0_us / 1e6,
        "t1_s": f.t1_us / 1e6,
        "ids": list(f.ids),
        "measured": f.measured,
        "limit": f.limit,
        "unit": f.unit,
        "message": f.message,
        "message_zh": f.message_zh,
    }


def counts_of(plan: Plan, findings: Iterable[Finding]) -> dict[str, int]:
    """How much was checked and what came of it."""
    rows = list(findings)
    return {
        "drones": len(plan.drones),
        "cues": len(plan.firing),
        "shots": len(plan.shots),
        **{severity: sum(f.severity == severity for f in rows) for severity in ("block", "warn", "note")},
    }


def do_check(options: argparse.Namespace) -> int:
    """Check a show or a foreign file and say what was found."""
    from showeditor.model.fingerprint import fingerprint
    from showeditor.safety.check import check

    plan, _ = plan_of(options.file)
    if options.rules:
        plan = replace(plan, rules=options.rules)
    if options.limits:
        plan = replace(plan, limits=limits_given(options.limits, plan.limits), limits_source="given with --limits")
    findings = check(plan, progress=progress("checking"))
    clear = not blocks(findings)
    if options.json:
        say_json(
            {
                "clear": clear,
                "fingerprint": fingerprint(plan),
                "limits_source": plan.limits_source,
                "findings": [finding_json(f) for f in findings],
                "counts": counts_of(plan, findings),
            }
        )
    else:
        say_findings(findings)
        counts = counts_of(plan, findings)
        say(
            f"{'clear' if clear else 'BLOCKED'}: {counts['drones']} drones, {counts['cues']} cues; "
            f"{counts['block']} block, {counts['warn']} warn, {counts['note']} note (limits: {plan.limits_source})"
        )
    return CLEAR if clear else BLOCKED


def publish_plan(plan: Plan, show_fingerprint: str, format_ids: str, out: str) -> int:
    """Publish through the gate and tell the outcome."""
    from showeditor.export.gate import Refused, publish

    ids = [name.strip() for name in format_ids.split(",") if name.strip()]
    try:
        receipt = publish(plan, ids, Path(out), show_fingerprint=show_fingerprint, progress=progress("publishing"))
    except Refused as refused:
        say_findings(f for f in refused.findings if f.severity == "block")
        say("BLOCKED: nothing was written")
        return BLOCKED
    for file in receipt.files[:12]:
        say(f"{file.sha256[:12]}  {file.bytes:>9}  {file.name}")
    if len(receipt.files) > 12:
        say(f"... and {len(receipt.files) - 12} more")
    say(f"published {len(receipt.files)} files to {out}; receipt.json names what was checked")
    return CLEAR


def do_export(options: argparse.Namespace) -> int:
    """Publish a show through the gate."""
    if Path(options.show).suffix != ".show":
        raise BadInput(f"{options.show}: export takes a .show; use convert for other files")
    plan, mark = plan_of(options.show)
    return publish_plan(plan, mark, options.format, options.out)


def do_convert(options: argparse.Namespace) -> int:
    """Read a foreign file and publish it through the same gate."""
    plan, mark = plan_of(options.file)
    return publish_plan(plan, mark, options.to, options.out)


def do_verify(options: argparse.Namespace) -> int:
    """Hold a published folder against its receipt."""
    from showeditor.export.gate import verify

    findings = verify(Path(options.folder))
    say_findings(findings)
    if blocks(findings):
        say(f"{options.folder}: NOT what was published")
        return BLOCKED
    say(f"{options.folder}: every byte is as published")
    return CLEAR


def do_render(options: argparse.Namespace) -> int:
    """Draw one picture of a show, or a numbered picture for every frame of a stretch of it."""
    from showeditor.model.times import us_of_text
    from showeditor.render.picture import render_picture, write_png
    from showeditor.render.sequence import write_sequence

    stretch = options.start is not None or options.to is not None or "%" in options.out
    size = options.size or {"equirect": "2048x1024", "dome": "1024x1024"}.get(options.projection, "1280x720")
    try:
        width, height = (int(v) for v in size.lower().split("x"))
        if stretch and (options.start is None or options.to is None):
            raise ValueError("a stretch needs --from, --to and numbered pictures, as --out folder/%05d.png")
        moments = [us_of_text(t) for t in ((options.start, options.to) if stretch else (options.at,))]
    except ValueError as error:
        raise BadInput(f"render: {error}") from None
    if not (16 <= width <= 8192 and 16 <= height <= 8192):
        raise BadInput(f"--size must lie between 16x16 and 8192x8192, got {size}")
    out = Path(options.out)
    if out.suffix.lower() != ".png":
        raise BadInput(f"{options.out}: pictures are written as .png (a stretch as folder/%05d.png)")
    plan, _ = plan_of(options.show)
    if stretch:
        files = write_sequence(
            plan,
            out,
            moments[0],
            moments[1],
            size=(width, height),
            quality=options.quality,
            seat=options.seat,
            projection=options.projection,
            progress=progress("drawing"),
        )
        say(f"{len(files)} pictures, 25 a second, {width}x{height}: {files[0]} to {files[-1]}")
        return CLEAR
    picture = render_picture(
        plan,
        moments[0],
        size=(width, height),
        quality=options.quality,
        seat=options.seat,
        projection=options.projection,
    )
    write_png(out, picture)
    say(f"{options.out}: {width}x{height} at {options.at}")
    return CLEAR


def do_plan(options: argparse.Namespace) -> int:
    """Plan one transition between two formations and publish it."""
    from showeditor.planning.transition import plan_csv

    texts = []
    for name in (options.start, options.to):
        try:
            texts.append(Path(name).read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError) as error:
            raise BadInput(f"{name}: {error}") from None
    limits = limits_given(options.limits, Limits()) if options.limits else Limits()
    plan = plan_csv(texts[0], texts[1], limits)
    from showeditor.export.gate import Refused, publish_file

    try:
        written = publish_file(plan, Path(options.out), progress=progress("publishing"))
    except Refused as refused:
        say_findings(f for f in refused.findings if f.severity == "block")
        say("BLOCKED: nothing was written")
        return BLOCKED
    say(f"{written}: {len(plan.drones)} drones, {plan.duration_us / 1e6:.2f} s")
    return CLEAR


def do_formation(options: argparse.Namespace) -> int:
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


def do_vdl(options: argparse.Namespace) -> int:
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


def do_music(options: argparse.Namespace) -> int:
    """Say what a sound or MIDI file holds."""
    from showeditor.audio.reading import describe

    facts = describe(Path(options.file))
    if options.json:
        say_json(facts)
    else:
        for name, value in facts.items():
            say(f"{name}: {len(value)} entries" if isinstance(value, list) and len(value) > 8 else f"{name}: {value}")
    return CLEAR


def do_formats(options: argparse.Namespace) -> int:
    """List every file format, its direction, status and limits."""
    from showeditor.export.registry import formats_json

    rows = formats_json()
    if options.json:
        say_json(rows)
        return CLEAR
    for row in rows:
        ways = "/".join(way for way, has in (("read", row["reads"]), ("write", row["writes"])) if has)
        say(f"{row['id']:14} {ways:11} {row['status']:15} {row['title']}")
    return CLEAR


def do_bench(options: argparse.Namespace) -> int:
    """Run the project's own benchmarks and print ratios against the named peers."""
    from showeditor.bench.runs import BENCHES, run_bench

    names = [options.name] if options.name else list(BENCHES)
    if options.name and options.name not in BENCHES:
        raise BadInput(f"no benchmark named {options.name!r}; known are {', '.join(BENCHES)}")
    results = []
    for name in names:
        result = run_bench(name)
        results.append(result)
        if not options.json:
            say(f"{name}: {result['summary']}")
    if options.json:
        say_json(results)
    return CLEAR


def do_edit(arguments: list[str]) -> int:
    """Open the desktop editor."""
    from showeditor.ui.app import run

    parser = _Parser(prog="showeditor")
    parser.add_argument("show", nargs="?")
    parser.add_argument("--language", choices=("en", "zh_CN"))
    options = parser.parse_args(arguments)
    path = Path(options.show) if options.show else None
    if path is not None and not path.exists():
        raise BadInput(f"{path}: there is no such file")
    return run(path, language=options.language)


def commands() -> _Parser:
    """The parser of every command but the editor."""
    parser = _Parser(
        prog="showeditor",
        description="Fireworks, drones, music and stage on one timeline. "
        "Without a command, showeditor [SHOW] opens the desktop editor.",
    )
    parser.add_argument("--version", action="version", version=f"showeditor {__version__}")
    sub = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=_Parser)

    def add(name: str, run: Callable[[argparse.Namespace], int], *arguments: str, as_json: bool = False) -> _Parser:
        one: _Parser = sub.add_parser(name, help=run.__doc__, description=run.__doc__)
        for argument in arguments:
            one.add_argument(argument)
        if as_json:
            one.add_argument("--json", action="store_true", help="print JSON and nothing else")
        one.set_defaults(run=run)
        return one

    one = add("check", do_check, "file", as_json=True)
    one.add_argument("--limits", help="a TOML file, or name=value,...")
    one.add_argument("--rules", help="a rule pack of assets/rules")
    one = add("export", do_export, "show")
    one.add_argument("--format", required=True, help="format ids, separated by commas")
    one.add_argument("--out", required=True)
    one = add("convert", do_convert, "file")
    one.add_argument("--to", required=True, help="a format id")
    one.add_argument("--out", required=True)
    add("verify", do_verify, "folder")
    one = add("render", do_render, "show")
    one.add_argument("--out", required=True)
    one.add_argument("--at", default="0", help="seconds or m:ss")
    one.add_argument("--from", dest="start", help="begin of a stretch; --out is then folder/%%05d.png")
    one.add_argument("--to", help="end of a stretch")
    one.add_argument("--size", help="WxH (default 1280x720; 2048x1024 for equirect, 1024x1024 for dome)")
    one.add_argument("--projection", default="flat", choices=("flat", "equirect", "dome"))
    one.add_argument("--quality", default="standard", choices=("draft", "standard", "film"))
    one.add_argument("--seat", help="id of a seat to look from")
    one = add("plan", do_plan)
    one.add_argument("--from", dest="start", required=True, help="CSV: Name,x_m,y_m,z_m")
    one.add_argument("--to", required=True)
    one.add_argument("--limits")
    one.add_argument("--out", required=True, help="a .skyc file")
    one = add("formation", do_formation, "source", as_json=True)
    one.add_argument("-n", type=int, help="number of drones (default: as many as the spacing gives)")
    one.add_argument("--spacing", type=float, default=3.0, help="metres between drones")
    one.add_argument("--height", type=float, help="metres (default: what the number of drones allows)")
    one.add_argument("--style", default="centreline", choices=("centreline", "outline", "fill"))
    one.add_argument("--out", help="a CSV file: Name,x_m,y_m,z_m,Red,Green,Blue")
    add("vdl", do_vdl, "text", as_json=True)
    add("music", do_music, "file", as_json=True)
    add("formats", do_formats, as_json=True)
    one = add("bench", do_bench, as_json=True)
    one.add_argument("name", nargs="?")
    return parser


NAMES = ("check", "export", "convert", "verify", "render", "plan", "formation", "vdl", "music", "formats", "bench")


def main(arguments: list[str]) -> int:
    """Run one command line and give back its exit code; the outer edge of the program."""
    try:
        if arguments and (arguments[0] in NAMES or arguments[0] in ("-h", "--help", "--version")):
            options = commands().parse_args(arguments)
            code: int = options.run(options)
            return code
        return do_edit(arguments)
    except ShowEditorError as error:
        sys.stderr.write(f"showeditor: {error}\n")
        return BAD_INPUT
    except BrokenPipeError:
        return CLEAR
    except KeyboardInterrupt:
        return 130
    except Exception:  # the outer edge: whatever escapes is a bug, and says so with its trace
        logging.getLogger("showeditor").exception("this is a bug in the program; please report it")
        return BUG


def entry() -> None:
    """The console script."""
    sys.exit(main(sys.argv[1:]))
