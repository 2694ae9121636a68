"""Addresses given automatically: fewest modules, kinds kept apart, cable reach, locks, spare pins, several makes."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from showeditor.model.control import Module
from showeditor.model.cue import Address, Controller, Cue, Track
from showeditor.model.errors import BadInput
from showeditor.model.music import AtTime
from showeditor.model.show import Act, Show
from showeditor.model.venue import Position, Venue
from showeditor.timeline import edits, parts
from showeditor.timeline.addressing import (
    Wishes,
    address_cues,
    address_site,
    clear_addresses,
    lock_addresses,
)
from showeditor.timeline.addressing_fewest import fewest_modules, least_modules

EFFECTS = ("75mm red peony", "100mm gold willow", "30mm silver comet")
S = 1_000_000


def site(
    counts: dict[str, int], step_m: float = 20.0, controllers: tuple[Controller, ...] = (Controller("A", "cobra-6"),)
) -> Show:
    """Positions in a row, each with so many cues a second apart, effects and acts in turn."""
    places = tuple(Position(name, "", (step_m * k, 0.0, 0.0)) for k, name in enumerate(counts))
    cues = tuple(
        Cue(f"{name}-{k}", EFFECTS[k % 3], name, AtTime((10 + k) * S), hazard="wind" if k % 2 else "")
        for name, n in counts.items()
        for k in range(n)
    )
    acts = (Act("a", "起", 0, 15 * S), Act("b", "承", 15 * S, 60 * S))
    return Show(
        "x", 100 * S, venue=Venue(positions=places), acts=acts, tracks=(Track("t", "t", cues),), controllers=controllers
    )


def places(show: Show) -> dict[str, tuple[int, int]]:
    return {c.id: (c.address.module, c.address.pin) for c in show.cues() if c.address}


def on_modules(show: Show) -> dict[int, list[Cue]]:
    out: dict[int, list[Cue]] = {}
    for cue in show.cues():
        assert cue.address is not None
        out.setdefault(cue.address.module, []).append(cue)
    return out


def brute(need: tuple[int, ...], near: np.ndarray, size: int) -> int:
    """The least number of modules by trying all: any set of places whose subsets of positions all find room (Hall)."""
    n = len(need)
    for total in range(sum(need) + 1):
        for counts in product(range(total + 1), repeat=n):
            if sum(counts) != total:
                continue
            if all(
                sum(need[p] for p in range(n) if subset >> p & 1)
                <= size * sum(counts[q] for q in range(n) if any(subset >> p & 1 and near[q, p] for p in range(n)))
                for subset in range(1 << n)
            ):
                return total
    raise AssertionError("one module for each cue always suffices")


@settings(max_examples=60)
@given(st.data())
def test_the_number_of_modules_is_the_least_or_the_bound_says_how_near(data: st.DataObject) -> None:
    n = data.draw(st.integers(1, 4))
    need = tuple(data.draw(st.lists(st.integers(0, 4), min_size=n, max_size=n)))
    at = np.array(data.draw(st.lists(st.tuples(*[st.integers(0, 3)] * 2), min_size=n, max_size=n)), dtype=float)
    near = np.linalg.norm(at[:, None] - at[None, :], axis=2) <= data.draw(st.sampled_from([0.0, 1.0, 1.5, 9.0]))
    size = data.draw(st.integers(1, 4))
    placing = fewest_modules(np.array(need, dtype=np.int64), near, at[:, 0] + 1e-3 * at[:, 1], size)
    least = brute(need, near, size)
    assert placing.bound <= least <= len(placing.modules)
    assert least_modules(np.array(need, dtype=np.int64), near, size) <= least
    served = np.zeros(n, dtype=int)
    for place, serves in placing.modules:
        assert 0 < sum(serves.values()) <= size
        for p, count in serves.items():
            assert near[place, p]
            served[p] += count
    assert tuple(served) == need


@settings(max_examples=40)
@given(st.lists(st.integers(0, 5), min_size=1, max_size=4), st.integers(1, 4), st.sampled_from([0, 1, 2, 3]))
def test_along_a_row_of_positions_the_number_is_the_least(counts: list[int], size: int, reach: int) -> None:
    at = np.arange(len(counts), dtype=float)
    near = np.abs(at[:, None] - at[None, :]) <= reach
    placing = fewest_modules(np.array(counts, dtype=np.int64), near, at, size)
    assert len(placing.modules) == placing.bound == brute(tuple(counts), near, size)


def test_remainders_share_a_module_within_reach() -> None:
    show = site({"p1": 9, "p2": 18, "p3": 9})
    alone = address_cues(show, "A", range(1, 50), range(1, 19))
    assert (alone.modules, alone.least, alone.proven) == (3, 3, True)
    near = address_cues(show, "A", range(1, 50), range(1, 19), None, Wishes(frozenset(), reach_m=20.0))
    assert (near.modules, near.least) == (2, 2)
    stands = {m.number: m.position for m in near.show.controllers[0].modules}
    at = {p.id: p.at_m[0] for p in show.venue.positions}
    for module, cues in on_modules(near.show).items():
        assert all(abs(at[cue.position] - at[stands[module]]) <= 20.0 for cue in cues)


@pytest.mark.parametrize("apart", ["act", "calibre", "hazard"])
def test_what_is_to_be_kept_apart_never_shares_a_module(apart: str) -> None:
    show = site({"p1": 8, "p2": 7})
    done = address_cues(show, "A", range(1, 50), range(1, 6), None, Wishes(frozenset((apart,))))
    kinds = {
        "act": lambda c: c.when.t_us >= 15 * S,
        "calibre": lambda c: c.effect,
        "hazard": lambda c: c.hazard,
    }
    for cues in on_modules(done.show).values():
        assert len({kinds[apart](cue) for cue in cues}) == 1
    assert done.proven


def test_spare_pins_stay_free_and_may_leave_none() -> None:
    done = address_cues(site({"p1": 20}), "A", range(1, 9), range(1, 19), None, Wishes(spare_pins=2))
    assert {pin for _, pin in places(done.show).values()} == set(range(1, 17))
    with pytest.raises(BadInput, match="18 of the 18 pins of a module are to stay free"):
        address_cues(site({"p1": 1}), "A", range(1, 9), range(1, 19), None, Wishes(spare_pins=18))


def test_the_refusal_says_how_many_modules_are_missing() -> None:
    with pytest.raises(BadInput, match=r"controller A: 22 of 40 cues find no free pin .*; 2 more modules are needed"):
        address_cues(site({"p1": 40}), "A", range(1, 2), range(1, 19))


def test_locked_addresses_stay_when_all_others_are_given_anew() -> None:
    show = address_cues(site({"p1": 3}), "A", range(1, 9), range(1, 19)).show
    moved = edits.set_address(show, ["p1-2"], Address("A", 7, 9))
    locked = lock_addresses(moved, ["p1-2"])
    again = address_cues(locked, "A", range(1, 9), range(1, 19), None, Wishes(afresh=True))
    assert places(again.show)["p1-2"] == (7, 9)
    assert places(again.show)["p1-0"] == (7, 1)  # the module in use is filled before another is begun
    assert places(clear_addresses(locked, ["p1-0", "p1-2"])) == {"p1-1": (1, 2), "p1-2": (7, 9)}
    assert lock_addresses(locked, ["p1-2"]) is locked
    assert places(address_cues(lock_addresses(locked, ["p1-2"], False), "A", range(1, 9), range(1, 19), None,
                               Wishes(afresh=True)).show)["p1-2"] == (1, 3)  # fmt: skip


def test_modules_stated_to_stand_at_a_position_serve_it_first() -> None:
    box = Controller("A", "cobra-6", modules=(Module(5, "p2"), Module(1, "p2")))
    done = address_cues(site({"p1": 2, "p2": 20}, controllers=(box,)), "A", range(1, 9), range(1, 19))
    assert {m for m, cues in on_modules(done.show).items() if cues[0].position == "p2"} == {1, 5}


def test_two_makes_in_one_show() -> None:
    pair = (Controller("A", "cobra-6"), Controller("B", "jingduan"))
    show = site({"p1": 4, "p2": 4, "p3": 4}, controllers=pair)
    show = parts.change_parts(show, Position, ["p2"], controller="B")
    ranges = {"A": (range(1, 99), range(1, 19)), "B": (range(1, 99), range(1, 33))}
    one, two = address_site(show, ranges, "A")
    assert (one.modules, two.modules) == (2, 1)
    owners = {c.position: c.address.controller for c in two.show.cues() if c.address}
    assert owners == {"p1": "A", "p2": "B", "p3": "A"}
    with pytest.raises(BadInput, match=r"controller B is still used by .*position p2"):
        parts.delete_parts(show, Controller, ["B"])
    with pytest.raises(BadInput, match="position p2 is fired by controller 'B'"):
        address_site(show, {"A": ranges["A"]}, "A")


@settings(max_examples=40)
@given(
    st.lists(st.integers(0, 7), min_size=2, max_size=4),
    st.frozensets(st.sampled_from(["position", "act", "calibre", "hazard"])),
    st.sampled_from([None, 10.0, 25.0]),
    st.integers(0, 2),
    st.data(),
)
def test_an_edit_leaves_the_addresses_of_untouched_cues(
    counts: list[int], apart: frozenset, reach: float | None, spare: int, data: st.DataObject
) -> None:
    wishes = Wishes(apart, reach, spare_pins=spare)
    show = site({f"p{k}": n for k, n in enumerate(counts)})
    before = address_cues(show, "A", range(1, 99), range(1, 6), None, wishes).show
    ids = [cue.id for cue in before.cues()]
    gone = data.draw(st.frozensets(st.sampled_from(ids))) if ids else frozenset()
    moved = data.draw(st.frozensets(st.sampled_from(ids))) if ids else frozenset()
    edited = edits.move_cues(before, moved, 3 * S) if moved else before
    edited = edits.delete_cues(edited, gone) if gone else edited
    extra = Cue("new", EFFECTS[0], "p1", AtTime(30 * S))
    edited = edits.add_cues(edited, [extra], "t")
    after = address_cues(edited, "A", range(1, 99), range(1, 6), None, wishes).show
    old, new = places(before), places(after)
    assert all(new[name] == old[name] for name in ids if name not in gone)
    assert len(set(new.values())) == len(new) == len(list(after.cues()))


def test_cues_of_one_ignition_share_pins_in_series() -> None:
    effects = ("75mm red peony", "75mm blue peony", "100mm gold willow")
    cues = tuple(Cue(f"c{k}", effects[k % 3], "p1", AtTime(10 * S)) for k in range(9))
    other = Cue("far", effects[0], "p2", AtTime(10 * S))
    venue = Venue(positions=(Position("p1", "", (0.0, 0.0, 0.0)), Position("p2", "", (9.0, 0.0, 0.0))))
    show = Show(
        "x", 60 * S, venue=venue, tracks=(Track("t", "t", (*cues, other)),), controllers=(Controller("A", "c"),)
    )
    done = address_cues(show, "A", range(1, 9), range(1, 19), None, Wishes(frozenset(), series=4))
    by_pin: dict[tuple[int, int], list[str]] = {}
    for name, pin in places(done.show).items():
        by_pin.setdefault(pin, []).append(name)
    # six 75 mm shells ignite together (4 + 2), three 100 mm shells earlier, the other position for itself
    assert sorted(map(len, by_pin.values())) == [1, 2, 3, 4]
    assert all(len({n == "far" for n in names}) == 1 for names in by_pin.values())
    plain = address_cues(show, "A", range(1, 9), range(1, 19))
    assert len(set(places(plain.show).values())) == 10
