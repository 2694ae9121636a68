"""Fans, sequences, mirrors, addresses and the clipboard."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from showeditor.model.cue import Address, Cue, Track
from showeditor.model.errors import BadInput
from showeditor.model.music import AtBeat, AtTime, moment_us
from showeditor.model.show import Show
from showeditor.model.venue import Position, Venue
from showeditor.timeline import addressing, clipboard, fan
from showeditor.timeline.edits import cues_of
from showeditor.timeline.parts import change_venue
from small_shows import ALL, shows_with_ids, small_show


def row_show(headings: tuple[float, ...] = (0.0,) * 5, view_deg: float = 0.0) -> Show:
    """Five cues at one moment on five positions from left to right as the audience sees it."""
    turn = math.radians(view_deg)
    places = tuple(
        Position(f"p{k}", "", (20.0 * (k - 2) * math.cos(turn), -20.0 * (k - 2) * math.sin(turn), 0.0), heading)
        for k, heading in enumerate(headings)
    )
    cues = tuple(Cue(f"c{k}", "comet", f"p{k}", AtTime(10_000_000)) for k in range(len(headings)))
    return Show(
        "t", 60_000_000, venue=Venue(heading_deg=view_deg, positions=places), tracks=(Track("t", "", cues),)
    )  # fmt: skip


IDS = ("c0", "c1", "c2", "c3", "c4")


def times(show: Show) -> list[int]:
    return [moment_us(cue.when, show.music) for cue in show.cues()]


@pytest.mark.parametrize("view_deg", [0.0, 90.0, 217.0])
@pytest.mark.parametrize(
    ("order", "steps"),
    [
        ("left-right", [0, 1, 2, 3, 4]),
        ("right-left", [4, 3, 2, 1, 0]),
        ("centre-out", [2, 1, 0, 1, 2]),
        ("outside-in", [0, 1, 2, 1, 0]),
    ],
)
def test_sequences_run_across_the_audiences_view(view_deg: float, order: fan.Order, steps: list[int]) -> None:
    show = fan.sequence(row_show(view_deg=view_deg), IDS, 100_000, order)
    assert times(show) == [10_000_000 + 100_000 * k for k in steps]


def test_sequences_in_given_order_from_a_start_and_over_a_span() -> None:
    show = fan.sequence(row_show(), ("c3", "c1"), 50_000, "given", start_us=2_000_000)
    assert times(show) == [10_000_000, 2_050_000, 10_000_000, 2_000_000, 10_000_000]
    show = fan.sequence_over(row_show(), IDS, 1_000_000)
    assert times(show) == [10_000_000, 10_250_000, 10_500_000, 10_750_000, 11_000_000]
    assert times(fan.sequence(row_show(), IDS, -6_000_000)) == [10_000_000, 4_000_000, 0, 0, 0]


def rightward(show: Show, cue: Cue) -> float:
    """The shot's component towards the audience's right, from the conventions alone."""
    heading = next(p.heading_deg for p in show.venue.positions if p.id == cue.position)
    azimuth = math.radians(heading + cue.pan_deg - show.venue.heading_deg)
    return math.sin(math.radians(cue.tilt_deg)) * math.sin(azimuth)


@pytest.mark.parametrize("headings", [(0.0,) * 5, (180.0,) * 5, (0.0, 180.0, 0.0, 180.0, 0.0)])
def test_a_fan_opens_to_the_audiences_right_whichever_way_the_racks_face(headings: tuple[float, ...]) -> None:
    show = fan.fan(row_show(headings), IDS, -40, 40)
    leans = [rightward(show, cue) for cue in show.cues()]
    assert leans == pytest.approx([math.sin(math.radians(a)) for a in (-40, -20, 0, 20, 40)])
    show = fan.alternate_lean(row_show(headings), IDS, 10)
    assert [math.copysign(1, rightward(show, cue)) for cue in show.cues()] == [1, -1, 1, -1, 1]


def test_a_fan_of_copies() -> None:
    base = small_show()
    show, names = fan.fan_of_copies(base, "c0002", 3, -30, 30, 100_000)
    assert names == ("c0002", "c0007", "c0008")
    made = cues_of(show, names)
    assert [c.tilt_deg for c in made] == [-30.0, 0.0, 30.0]
    assert [c.address for c in made] == [Address("A", 0, 1), None, None]
    assert all(isinstance(c.when, AtBeat) for c in made)
    assert [c.id for c in show.tracks[0].cues] == ["c0001", "c0002", "c0003", "c0007", "c0008"]
    with pytest.raises(BadInput, match="1 shot or more"):
        fan.fan_of_copies(base, "c0002", 0, -30, 30)


def test_alternating_positions() -> None:
    show = fan.alternate(small_show(), ALL, ["p1", "p5"])
    in_time = sorted(show.cues(), key=lambda c: (moment_us(c.when, show.music), c.id))
    assert [c.position for c in in_time] == ["p1", "p5"] * 3
    with pytest.raises(BadInput, match="p9"):
        fan.alternate(small_show(), ALL, ["p1", "p9"])


@pytest.mark.parametrize(
    "headings", [(0.0,) * 5, (180.0,) * 5, (20.0, 10.0, 0.0, -10.0, -20.0), (0.0, 45.0, 90.0, 200.0, 300.0)]
)
@pytest.mark.parametrize("view_deg", [0.0, 33.0])
def test_mirroring_turns_left_into_right(headings: tuple[float, ...], view_deg: float) -> None:
    base = fan.fan(row_show(tuple(h + view_deg for h in headings), view_deg), IDS, -40, 25)
    base = fan.put_cues(base, [Cue("c1", "comet", "p1", AtTime(10_000_000), pan_deg=37.0, tilt_deg=20.0)])
    show = fan.mirror(base, IDS)
    for old, new in zip(base.cues(), show.cues(), strict=True):
        assert new.position == f"p{4 - int(old.position[1])}"
        assert rightward(show, new) == pytest.approx(-rightward(base, old), abs=1e-6)
    twice = fan.mirror(show, IDS)
    for old, new in zip(base.cues(), twice.cues(), strict=True):
        assert new.position == old.position
        assert rightward(twice, new) == pytest.approx(rightward(base, old), abs=1e-6)


def test_mirrored_copies_leave_out_what_is_its_own_image() -> None:
    base = row_show()
    show, names = fan.mirrored_copies(base, ["c0", "c2"])
    assert names == ("c0005",)
    assert cues_of(show, names)[0].position == "p4"
    lonely = change_venue(base, positions=base.venue.positions[:4])
    assert fan.mirrored_positions(lonely) == {"p0": "p3", "p1": "p2", "p2": "p1", "p3": "p0"}
    uneven = change_venue(base, positions=(*base.venue.positions[:4], Position("p4", "", (47.0, 0.0, 0.0))))
    assert fan.mirrored_positions(uneven)["p2"] == "p2"


# -- addresses -----------------------------------------------------------------------------------------------------


def address_of(show: Show) -> dict[str, tuple[int, int] | None]:
    return {c.id: (c.address.module, c.address.pin) if c.address else None for c in show.cues()}


def test_addresses_run_by_position_and_time_on_modules_of_their_own() -> None:
    show = addressing.auto_address(small_show(), "A", range(0, 10), range(1, 4))
    assert address_of(show) == {
        "c0001": (1, 1), "c0006": (1, 2), "c0002": (0, 1), "c0003": (2, 1), "c0004": (3, 1), "c0005": (4, 1),
    }  # fmt: skip


def test_shared_modules_are_the_fewest() -> None:
    show = addressing.auto_address(small_show(), "A", range(0, 10), range(1, 4), shared=True)
    used = [address for address in address_of(show).values() if address]
    assert len(used) == len(set(used)) == 6
    assert {module for module, _ in used} == {0, 1}


def test_locked_addresses_stay_unless_afresh() -> None:
    base = addressing.auto_address(small_show(), "A", range(5, 10), range(1, 4))
    assert address_of(base)["c0002"] == (0, 1)
    assert addressing.auto_address(base, "A", range(5, 10), range(1, 4)) is base
    show = addressing.auto_address(base, "A", range(5, 10), range(1, 4), afresh=True)
    assert address_of(show)["c0002"] == (6, 1)
    assert addressing.pin_use(show, "A")[6] == {1: ("c0002",)}
    cleared = addressing.clear_addresses(show, ["c0002"])
    assert address_of(cleared)["c0002"] is None


def test_too_few_pins_are_told() -> None:
    with pytest.raises(
        BadInput, match=r"controller A: 2 of 5 cues find no free pin on modules 1 to 3 with pins 1 to 1"
    ):
        addressing.auto_address(small_show(), "A", range(1, 4), range(1, 2), shared=True)
    with pytest.raises(BadInput, match="no modules or no pins"):
        addressing.auto_address(small_show(), "A", range(0), range(1, 2))


@given(shows_with_ids(), st.integers(1, 6), st.booleans(), st.booleans())
def test_no_pin_is_ever_used_twice(case: tuple[Show, frozenset[str]], pins: int, afresh: bool, shared: bool) -> None:
    base, ids = case
    show = base
    for some in (ids, None):
        show = addressing.auto_address(
            show, "A", range(20), range(pins), some, afresh=afresh, shared=shared
        )  # fmt: skip
    used = [address for address in address_of(show).values() if address]
    assert len(used) == len(set(used)) == len(list(show.cues()))
    if not shared:
        for module in {module for module, _ in used}:
            places = {c.position for c in show.cues() if c.address and c.address.module == module}
            assert len(places) == 1


# -- clipboard -----------------------------------------------------------------------------------------------------


def test_rows_are_readable_by_a_spreadsheet() -> None:
    text = clipboard.text_of_cues(small_show(), ["c0002", "c0001"])
    rows = [line.split("\t") for line in text.splitlines()]
    assert rows[0] == list(clipboard.HEADER)
    assert rows[1][:7] == ["1", "", "75mm red peony", "p1", "bloom", "0.0", "0.0"]
    assert rows[2][:2] == ["1.025", "960"]
    assert rows[2][7:10] == ["A", "0", "1"]


def test_what_was_copied_is_pasted() -> None:
    base = small_show()
    text = clipboard.text_of_cues(base, ALL)
    emptied, names = clipboard.paste_cues(Show("other", 1, music=base.music), text)
    assert len(names) == 6

    def bare(show: Show) -> list[tuple[object, ...]]:
        rows = [
            (c.effect, c.position, c.when, c.holds, c.pan_deg, c.tilt_deg, c.address, c.note, c.group, track.name)
            for track in show.tracks
            for c in track.cues
        ]
        return sorted(rows, key=repr)

    assert bare(emptied) == bare(base)


def test_pasting_at_a_time_keeps_the_shape_and_drops_addresses() -> None:
    base = small_show()
    show, names = clipboard.paste_cues(base, clipboard.text_of_cues(base, ["c0001", "c0002"]), 30_000_000)
    first, second = cues_of(show, names)
    assert first.when == AtTime(30_000_000)
    assert isinstance(second.when, AtBeat)
    assert abs(moment_us(second.when, show.music) - 30_025_000) < 1_000
    assert second.address is None
    assert [t.name for t in show.tracks] == [t.name for t in base.tracks]


def test_chinese_headers_any_order_and_missing_cells() -> None:
    text = "\ufeff效果\t时间\t点位\t轨道\t倾角\r\n75mm 红牡丹\t1:02.5\tp1\t礼花\t-12.5°\r\ncomet\t3\r\n\r\n"
    (first, track), (second, none) = clipboard.cues_of_text(text)
    assert (first.when, first.tilt_deg, track) == (AtTime(62_500_000), -12.5, "礼花")
    assert (second.effect, second.position, none) == ("comet", "", "")
    show, names = clipboard.paste_cues(Show("t", 1), text)
    assert [t.name for t in show.tracks] == ["礼花"]
    assert len(names) == 2


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "holds no rows"),
        ("Price\tEffect\n1\tx", "row 1: 'Price' is not a column"),
        ("Time\tTime\tEffect\n", "stands there twice"),
        ("Effect\nx", "Time .* needed"),
        ("Time\tEffect\n1\tx\n-1\ty", "row 3: time must lie between"),
        ("Time\tEffect\nsoon\tx", "row 2, column Time: 'soon' cannot be read"),
        ("Time\tEffect\tPan\n1\tx\tnan", "row 2: angles of cue 'row 2' must be a finite"),
        ("Time\tEffect\tPan\n1\tx\tleft", "row 2, column Pan: 'left' cannot be read"),
        ("Time\tEffect\tHolds\n1\tx\tlift", "row 2, column Holds: expected bloom or ignition"),
        ("Time\tEffect\n1\t", "row 2, column Effect"),
        ("Time\tEffect\n\tx", "row 2, column Time"),
        ("Time\tEffect\n1\tx\t9", "more cells than columns"),
        ("Time\tEffect\tModule\tPin\n1\tx\t-3\t1", "row 2: module must"),
        ("just words", "not a column of cues"),
    ],
)
def test_what_cannot_be_pasted_is_told_by_row_and_column(text: str, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        clipboard.paste_cues(small_show(), text)
