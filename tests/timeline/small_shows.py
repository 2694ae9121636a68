"""A small show with everything in it, and hypothesis strategies of shows for edits."""

from hypothesis import strategies as st
from showeditor.model.cue import Address, Controller, Cue, Track
from showeditor.model.music import AtBeat, AtTime, Music, Signature, TempoMap, TempoMark, When
from showeditor.model.points import Points
from showeditor.model.show import Act, Feeling, Marker, Show
from showeditor.model.swarm import Fleet, Flight, Formation, Grid, LightKey, Placement, Scene
from showeditor.model.venue import Position, Venue

MUSIC = Music(
    downbeat_us=400_000,
    tempo=TempoMap(
        (TempoMark(0, 625_000), TempoMark(7_680, 454_545)), (Signature(0, 4, 4), Signature(7_680, 3, 4))
    ),
)  # fmt: skip

POSITIONS = tuple(Position(f"p{k}", f"P{k}", (20.0 * (k - 3), 0.0, 0.0)) for k in range(1, 6))


def small_show() -> Show:
    """Six cues in two tracks, two scenes, music with a tempo and a metre change."""
    cues = (
        Cue("c0001", "75mm red peony", "p1", AtTime(1_000_000)),
        Cue("c0002", "75mm red peony", "p2", AtBeat(960), address=Address("A", 0, 1)),
        Cue("c0003", "comet", "p3", AtTime(5_000_000), "ignition", 90.0, 20.0),
        Cue("c0004", "mine", "p4", AtBeat(9_600), note="低\t音\n鼓", group="g"),
        Cue("c0005", "mine", "p5", AtTime(2_500_000)),
        Cue("c0006", "mine", "p1", AtTime(2_500_001)),
    )
    place = Placement((0.0, 60.0, 40.0))
    return Show(
        "test",
        60_000_000,
        venue=Venue(positions=POSITIONS),
        acts=(Act("a01", "起", 0, 20_000_000), Act("a02", "承", 20_000_000, 50_000_000)),
        emotion=(Feeling(0, 1.0), Feeling(10_000_000, 8.0)),
        markers=(Marker("m01", "鼓", AtBeat(3_840)), Marker("m02", "end", AtTime(50_000_000))),
        music=MUSIC,
        tracks=(Track("t01", "shells", cues[:3]), Track("t02", "mines", cues[3:]), Track("t03", "empty")),
        controllers=(Controller("A", "cobra"),),
        fleets=(Fleet("fleet01", "generic", 4, Grid((0.0, 20.0, 0.0), 2, 3.0)),),
        formations=(
            Formation("f01", "square", Points([[0, 0, 0], [2, 0, 0], [0, 0, 2], [2, 0, 2]])),
            Formation("f02", "unused", Points([[0, 0, 0]])),
        ),
        flights=(
            Flight(
                "flight01",
                "fleet01",
                AtTime(5_000_000),
                (
                    Scene("s01", "f01", AtTime(15_000_000), 5_000_000, place, (LightKey(0, (255, 255, 255)),)),
                    Scene("s02", "f01", AtBeat(38_400), 4_000_000, place),
                ),
            ),
        ),
    )


ALL = ("c0001", "c0002", "c0003", "c0004", "c0005", "c0006")

whens: st.SearchStrategy[When] = st.builds(AtTime, st.integers(0, 10**8)) | st.builds(AtBeat, st.integers(-600, 10**5))

tempo_maps = st.builds(
    lambda marks, bars: TempoMap(
        tuple(TempoMark(tick, us) for tick, us in sorted({0: 500_000, **dict(marks)}.items())),
        tuple(Signature(tick, *bar) for tick, bar in sorted({0: (4, 4), **dict(bars)}.items())),
    ),
    st.lists(st.tuples(st.integers(0, 50_000), st.integers(100_000, 2_000_000)), max_size=4),
    st.lists(
        st.tuples(st.integers(0, 50_000), st.tuples(st.integers(1, 9), st.sampled_from([2, 4, 8, 16]))), max_size=4
    ),
)
musics = st.none() | st.builds(
    lambda downbeat, tempo: Music(downbeat_us=downbeat, tempo=tempo), st.integers(-(10**6), 10**7), tempo_maps
)


@st.composite
def shows(draw: st.DrawFn) -> Show:
    """Shows with up to nine cues in three tracks."""
    moments = draw(st.lists(whens, min_size=1, max_size=9))
    cues = [
        Cue(f"c{k:04d}", "x", draw(st.sampled_from(["p1", "p2", "p5", "nowhere"])), when)
        for k, when in enumerate(moments, 1)
    ]
    cut = sorted((draw(st.integers(0, len(cues))), draw(st.integers(0, len(cues)))))
    rows = (cues[: cut[0]], cues[cut[0] : cut[1]], cues[cut[1] :])
    return Show(
        "test",
        200_000_000,
        venue=Venue(positions=POSITIONS),
        music=draw(musics),
        tracks=tuple(Track(f"t0{k}", f"row {k}", tuple(row)) for k, row in enumerate(rows, 1)),
    )


@st.composite
def shows_with_ids(draw: st.DrawFn) -> tuple[Show, frozenset[str]]:
    """A show and some of its cues."""
    show = draw(shows())
    ids = [cue.id for cue in show.cues()]
    return show, frozenset(draw(st.lists(st.sampled_from(ids), unique=True)))
