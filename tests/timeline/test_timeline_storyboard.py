"""Another order of scenes, and scenes turned to the seats."""

import numpy as np
import pytest
from showeditor.formations.legibility import seen_from
from showeditor.model.errors import BadInput
from showeditor.model.music import AtBeat, AtTime, Music, TempoMap, TempoMark, moment_us
from showeditor.model.points import Points
from showeditor.model.show import Show
from showeditor.model.swarm import Fleet, Flight, Formation, Grid, Placement, Scene
from showeditor.model.venue import Seat, Venue
from showeditor.planning.placing import world_places
from showeditor.timeline.storyboard import face_seats, middle_eye, reorder_scene

S = 1_000_000


def show_of(*, musical: bool = False) -> Show:
    def when(t_us: int) -> AtTime | AtBeat:
        return AtBeat(t_us // 500_000 * 960) if musical else AtTime(t_us)

    scenes = tuple(
        Scene(name, "f1", when(at), hold, Placement((0.0, 50.0, 60.0)))
        for name, at, hold in (("a", 10 * S, 4 * S), ("b", 24 * S, 6 * S), ("c", 50 * S, 2 * S))
    )
    return Show(
        title="t",
        duration_us=120 * S,
        venue=Venue(seats=(Seat("l", "", (-60.0, -150.0, 4.0)), Seat("r", "", (100.0, -150.0, 4.0)))),
        music=Music(tempo=TempoMap((TempoMark(0, 500_000),))),
        formations=(Formation("f1", "x", Points([[0, 0, 0], [10, 0, 0], [0, 0, 20]])),),
        fleets=(Fleet("fleet", "drotek-recommended", 3, Grid((0, 0, 0), 3, 2.0)),),
        flights=(Flight("fl", "fleet", AtTime(0), scenes),),
    )


def times(show: Show) -> dict[str, tuple[int, int]]:
    return {s.id: (moment_us(s.arrive, show.music) // S, s.hold_us // S) for s in show.flights[0].scenes}


def test_holds_go_with_the_scenes_and_pauses_stay() -> None:
    show = show_of()
    after, off = reorder_scene(show, "c", 0)
    assert off == ()
    # c holds 2 s, then 10 s of flight, a holds 4, then 20 s, b holds 6 and ends when c ended before
    assert times(after) == {"c": (10, 2), "a": (22, 4), "b": (46, 6)}
    assert [s.id for s in after.flights[0].scenes] == ["c", "a", "b"]
    assert reorder_scene(after, "c", 2)[0] == show


def test_only_scenes_between_move_and_the_ends_are_kept() -> None:
    show = show_of()
    after, _ = reorder_scene(show, "a", 1)
    assert times(after) == {"b": (10, 6), "a": (26, 4), "c": (50, 2)}
    assert after.flights[0].scenes[2] is show.flights[0].scenes[2]


def test_the_same_place_changes_nothing() -> None:
    show = show_of()
    assert reorder_scene(show, "b", 1) == (show, ())
    assert reorder_scene(show, "c", 99) == (show, ())
    with pytest.raises(BadInput, match="scene"):
        reorder_scene(show, "nobody", 0)


def test_scenes_on_the_score_are_told() -> None:
    after, off = reorder_scene(show_of(musical=True), "c", 0)
    assert set(off) == {"a", "b", "c"}
    assert all(isinstance(s.arrive, AtBeat) for s in after.flights[0].scenes)


@pytest.mark.parametrize("lean", [False, True])
def test_a_scene_faces_its_seats(lean: bool) -> None:
    show = show_of()
    after = face_seats(show, ["a"], ["l"], lean=lean)
    place = after.flights[0].scenes[0].place
    origin, right, top = world_places(np.array([[0, 0, 0], [1.0, 0, 0], [0, 0, 1.0]]), place)
    normal = np.cross(top - origin, right - origin)
    seen = seen_from((-60.0, -150.0, 4.0), np.stack([origin, right, top]), normal, 1.0, 40.0)
    assert seen.width_share == pytest.approx(1.0 if lean else 0.966, abs=2e-3)
    assert after.flights[0].scenes[1] is show.flights[0].scenes[1]


def test_no_seat_no_facing() -> None:
    show = show_of()
    assert middle_eye(show) == (20.0, -150.0, 4.0)
    with pytest.raises(BadInput, match="seat"):
        face_seats(show, ["a"], ["balcony"])
