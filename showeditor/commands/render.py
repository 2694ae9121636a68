"""`showeditor render`: pictures of a show."""

import argparse
from pathlib import Path

from showeditor.commands.command import CLEAR, Command
from showeditor.commands.saying import progress, say
from showeditor.commands.sources import plan_of
from showeditor.model.errors import BadInput


def run(options: argparse.Namespace) -> int:
    """Draw one picture of a show, or a numbered picture for every frame of a stretch of it."""
    from showeditor.model.times import us_of_text
    from showeditor.render.picture import render_picture, write_png
    from showeditor.render.sequence import write_sequence
    from showeditor.stage.backdrop import backdrop_of
    from showeditor.storage.media import backdrop_files

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
    backdrop = backdrop_of(plan.venue, backdrop_files(plan.venue, Path(options.show).parent))
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
            backdrop=backdrop,
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
        backdrop=backdrop,
        supersample=options.supersample,
    )
    write_png(out, picture)
    say(f"{options.out}: {width}x{height} at {options.at}")
    return CLEAR


def arguments(parser: argparse.ArgumentParser) -> None:
    """State what render takes."""
    parser.add_argument("show")
    parser.add_argument("--out", required=True)
    parser.add_argument("--at", default="0", help="seconds or m:ss")
    parser.add_argument("--from", dest="start", help="begin of a stretch; --out is then folder/%%05d.png")
    parser.add_argument("--to", help="end of a stretch")
    parser.add_argument("--size", help="WxH (default 1280x720; 2048x1024 for equirect, 1024x1024 for dome)")
    parser.add_argument("--projection", default="flat", choices=("flat", "equirect", "dome"))
    parser.add_argument("--quality", default="standard", choices=("draft", "standard", "film"))
    parser.add_argument(
        "--supersample", type=int, default=1, choices=(1, 2), help="2: drawn twice as large, for posters"
    )
    parser.add_argument("--seat", help="id of a seat to look from")


COMMAND = Command("render", run, arguments)
