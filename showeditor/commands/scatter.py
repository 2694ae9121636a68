"""`showeditor scatter`: where duds, debris and drones without power come down, by Monte-Carlo."""

import argparse
from pathlib import Path
from typing import Any

from showeditor.commands.command import CLEAR, Command, json_flag
from showeditor.commands.saying import progress, say, say_json
from showeditor.commands.sources import plan_of
from showeditor.model.errors import BadInput
from showeditor.model.plan import Plan

KINDS = (("duds", "duds"), ("debris", "debris of breaks"), ("drones", "drones without power"))


def run(options: argparse.Namespace) -> int:
    """Let every shell and drone come down many times, and say where: contours of 50, 95 and 99.9 percent."""
    from showeditor.safety.scatter import LEVELS, scatter

    for name, value in (("--runs", options.runs), ("--workers", options.workers)):
        if value < 1:
            raise BadInput(f"{name} must be at least 1, got {value}")
    plan, _ = plan_of(options.show)
    seed = options.seed if options.seed is not None else _seed_of(options.show)
    try:
        found = scatter(
            plan,
            seed=seed,
            trials=options.runs,
            cell_m=options.cell,
            workers=options.workers,
            cluster=options.cluster,
            progress=progress("falling"),
        )
    except ValueError as error:
        raise BadInput(f"{options.show}: {error}") from None
    wind = plan.venue.wind
    rows = {kind: _described(getattr(found, kind), plan, LEVELS) for kind, _ in KINDS}
    if options.json:
        stated = {"speed_mps": wind.speed_mps, "from_deg": wind.from_deg}
        say_json({"trials": found.trials, "seed": seed, "cell_m": options.cell, "wind": stated, **rows})
        return CLEAR
    say(f"{found.trials} trials, seed {seed}, wind {wind.speed_mps:g} m/s from {wind.from_deg:g} degrees")
    for kind, title in KINDS:
        row = rows[kind]
        if not row["landings"]:
            say(f"{title}: none")
            continue
        areas = ", ".join(f"{100 * c['share']:g} % on {c['area_m2']:.0f} m2" for c in row["contours"])
        say(f"{title}: {row['landings']} landings; {areas}; {100 * row['in_audience']:.3g} % at the audience")
    return CLEAR


def _seed_of(name: str) -> int:
    """The seed that the show carries; 1 for a foreign file."""
    if Path(name).suffix != ".show":
        return 1
    from showeditor.storage.files import load_show

    return load_show(Path(name)).seed


def _described(density: Any, plan: Plan, levels: tuple[float, ...]) -> dict[str, Any]:
    from shapely import union_all
    from shapely.geometry import Polygon

    areas = [Polygon(zone.ring) for zone in plan.venue.zones if zone.kind == "audience"]
    contours = []
    for share in levels:
        parts = density.contour(share)
        # the corners of the outer edge, then of the holes
        rings = [[list(ring.coords) for ring in (part.exterior, *part.interiors)] for part in parts]
        contours.append({"share": share, "area_m2": union_all(parts).area if parts else 0.0, "polygons": rings})
    inside = density.share_in([area for area in areas if area.is_valid])
    return {"landings": density.landings, "in_audience": inside, "contours": contours}


def arguments(parser: argparse.ArgumentParser) -> None:
    """State what scatter takes."""
    parser.add_argument("show", help="a .show, or any file that can be checked")
    json_flag(parser)
    parser.add_argument("--runs", type=int, default=200, help="trials (default 200)")
    parser.add_argument("--seed", type=int, help="seed (default: the show's own)")
    parser.add_argument("--cell", type=float, default=5.0, help="size of a cell in metres (default 5)")
    place = parser.add_mutually_exclusive_group()
    place.add_argument("--workers", type=int, default=1, help="threads on this machine (default 1)")
    place.add_argument("--cluster", default="", metavar="ADDRESS", help="a Dask scheduler, as tcp://host:8786")


COMMAND = Command("scatter", run, arguments)
