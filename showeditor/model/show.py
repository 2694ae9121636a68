"""Show: what the designer means, whole and immutable."""

from collections.abc import Iterator

import msgspec

from showeditor.model.births import ascending, calendar_day, named, positive, within
from showeditor.model.control import Licence
from showeditor.model.cue import Controller, Cue, Track
from showeditor.model.figure import Figure
from showeditor.model.limits import Limits
from showeditor.model.music import LONGEST_US, Music, When
from showeditor.model.recording import RecordedFlight
from showeditor.model.stage import Caption, StageTrack
from showeditor.model.swarm import Fleet, Flight, Formation
from showeditor.model.timecode import Timecode
from showeditor.model.venue import Venue
from showeditor.model.waiver import Waiver


class Act(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A named part of the night (篇章), from `start_us` up to `end_us`.

    `max_wind_mps`: above this wind the act is not given (None: the rule pack's limit alone holds).
    """

    id: str
    name: str
    start_us: int
    end_us: int
    colour: str = "#6a8caf"
    note: str = ""
    max_wind_mps: float | None = None

    def __post_init__(self) -> None:
        named("act id", self.id)
        within("act start", self.start_us, 0, LONGEST_US)
        within("act end", self.end_us, 0, LONGEST_US)
        positive(f"length of act {self.id!r}", self.end_us - self.start_us)
        if self.max_wind_mps is not None:
            positive(f"wind limit of act {self.id!r}", self.max_wind_mps)
        if len(self.colour) != 7 or self.colour[0] != "#" or not set(self.colour[1:]) <= set("0123456789abcdefABCDEF"):
            raise ValueError(f"colour of act {self.id!r} must be written #rrggbb, got {self.colour!r}")


class Feeling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One point of the emotion curve: 0 (still) to 10 (climax)."""

    t_us: int
    level: float

    def __post_init__(self) -> None:
        within("time of an emotion point", self.t_us, 0, LONGEST_US)
        within("emotion level", self.level, 0.0, 10.0)


class Marker(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A named moment on the timeline."""

    id: str
    name: str
    when: When

    def __post_init__(self) -> None:
        named("marker id", self.id)


class Show(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole document.

    `limits` can only tighten those of the drone model. `rules` names the rule pack in assets/rules. `date` is the day
    of the show as YYYY-MM-DD (empty: not yet known); rule packs hold on some days and not on others.
    References between parts (a cue's position, a scene's formation) are checked when the Plan is compiled and
    become Findings: a show may be incomplete while it is being designed. `licences` are those it cannot be given
    without.
    """

    title: str
    duration_us: int
    venue: Venue = Venue()
    acts: tuple[Act, ...] = ()
    emotion: tuple[Feeling, ...] = ()
    markers: tuple[Marker, ...] = ()
    music: Music | None = None
    tracks: tuple[Track, ...] = ()
    controllers: tuple[Controller, ...] = ()
    fleets: tuple[Fleet, ...] = ()
    formations: tuple[Formation, ...] = ()
    flights: tuple[Flight, ...] = ()
    limits: Limits | None = None
    rules: str = "design-envelope"
    seed: int = 0
    author: str = ""
    note: str = ""
    date: str = ""
    waivers: tuple[Waiver, ...] = ()
    licences: tuple[Licence, ...] = ()
    figures: tuple[Figure, ...] = ()
    timecode: Timecode = Timecode()
    stage: tuple[StageTrack, ...] = ()
    captions: tuple[Caption, ...] = ()
    recorded: tuple[RecordedFlight, ...] = ()

    def __post_init__(self) -> None:
        named("title", self.title)
        within("duration_us", self.duration_us, 1, LONGEST_US)
        within("seed", self.seed, 0, 2**31 - 1)
        calendar_day("date of the show", self.date)
        ascending("emotion points", (p.t_us for p in self.emotion))

    def cues(self) -> Iterator[Cue]:
        """Every cue, track after track."""
        for track in self.tracks:
            yield from track.cues
