"""The show that New begins with: a venue one can fire from at once, so that the first cue needs no preparation."""

from showeditor.model.cue import Controller, Track
from showeditor.model.music import Music, TempoMap, TempoMark
from showeditor.model.show import Show
from showeditor.model.swarm import Fleet, Grid
from showeditor.model.times import US
from showeditor.model.venue import Geofence, Position, Seat, Venue, Zone
from showeditor.ui.language import word

DRONE_MODEL = "drotek-recommended"
"""The drone model that new fleets have, a row of assets/drones."""


CONTROLLER_MODEL = "cobra-6"
"""The firing controller of a new show, a row of assets/controllers."""


def new_show(title: str) -> Show:
    """Two minutes, five positions on the far bank, one track each, 100 drones, the audience looking north."""
    xs = (-80.0, -40.0, 0.0, 40.0, 80.0)
    positions = tuple(
        Position(f"P{i}", word("Position {n}").format(n=i), (x, 60.0, 0.0)) for i, x in enumerate(xs, start=1)
    )
    venue = Venue(
        name=word("River bend"),
        positions=positions,
        zones=(
            Zone(
                "seats", "audience", ((-90.0, -230.0), (90.0, -230.0), (90.0, -180.0), (-90.0, -180.0)), word("Seats")
            ),
        ),
        seats=(
            Seat("middle", word("Middle"), (0.0, -200.0, 6.0), (0.0, 60.0, 80.0)),
            Seat("left", word("Left"), (-80.0, -195.0, 4.0), (0.0, 60.0, 80.0)),
            Seat("right", word("Right"), (80.0, -195.0, 4.0), (0.0, 60.0, 80.0)),
        ),
        geofence=Geofence(((-150.0, -110.0), (150.0, -110.0), (150.0, 160.0), (-150.0, 160.0)), 0.0, 120.0),
        water_level_m=-1.5,
    )
    tracks = tuple(Track(f"t{i:02d}", p.name) for i, p in enumerate(positions, start=1))
    fleet = Fleet("fleet1", DRONE_MODEL, 100, Grid((-9.0, -80.0, 0.0), 10, 2.0), word("Drones"))
    return Show(
        title=title,
        duration_us=120 * US,
        venue=venue,
        music=Music(tempo=TempoMap((TempoMark(0, 500_000),))),
        tracks=tracks,
        controllers=(Controller("C1", CONTROLLER_MODEL, word("Firing system")),),
        fleets=(fleet,),
    )
