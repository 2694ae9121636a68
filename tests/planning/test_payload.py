"""Fireworks on drones: which carrier fires when, how it may fly, and the sparks that fall from it as it flies on."""

from dataclasses import replace as with_fields
from typing import Any

import msgspec
import numpy as np
import pytest
from showeditor.model.carried import UNKNOWN
from showeditor.model.finding import Finding
from showeditor.model.fingerprint import fingerprint
from showeditor.model.music import AtTime
from showeditor.model.payload import Charge, Handling, Load, Sheet, Trigger
from showeditor.model.plan import Plan
from showeditor.model.points import Points
from showeditor.model.show import Show
from showeditor.model.swarm import Fleet, Flight, Formation, Grid, Placement, Scene
from showeditor.model.yaw import Facing
from showeditor.planning.compile import compile_show
from showeditor.planning.payload_order import fired
from showeditor.planning.payload_rows import NotCarried, charge_rows, reach_of
from showeditor.storage.text import show_of_text, show_to_text

S = 1_000_000
GOLD = "8s Gold Fountain"
CALM = Handling(0.4, 4.0, 1.5, 1.5, 1.5, "crew of the test, flight log 7", max_wind_mps=6.0, endurance_s=700.0)


def carrying(*triggers: Trigger, load: Load | None = None, model: str = "carrier-400", **scene: Any) -> Show:
    """Five drones in a row 6 m apart at 60 m, there at 60 s for 30 s, each with two fountains of 150 g."""
    load = load or Load("gold", (Charge(1, GOLD, mass_kg=0.15), Charge(2, GOLD, mass_kg=0.15)), handling=(CALM,))
    row = Formation("row", "row", Points([[6.0 * k - 12.0, 0.0, 0.0] for k in range(5)]))
    first = Scene("a", "row", AtTime(60 * S), 30 * S, Placement((0.0, 80.0, 60.0)), triggers=triggers, **scene)
    then = Scene("b", "row", AtTime(150 * S), 5 * S, Placement((60.0, 80.0, 60.0)))
    fleet = Fleet("f", model, 5, Grid((-12.0, 0.0, 0.0), 5, 6.0), loads=(load,))
    flight = Flight("night", "f", AtTime(0), (first, then))
    return Show("carriers", 300 * S, fleets=(fleet,), formations=(row,), flights=(flight,))


def codes(plan: Plan) -> list[str]:
    return [finding.code for finding in plan.problems]


def found(plan: Plan, code: str) -> Finding:
    return next(finding for finding in plan.problems if finding.code == code)


def test_left_to_right_fires_each_carrier_where_it_stands_and_the_sparks_fall_below() -> None:
    plan = compile_show(carrying(Trigger("t", 2 * S, 1, "left-right", 4 * S)))
    assert codes(plan) == []
    lit = plan.ignitions
    assert lit.ignition_us.tolist() == [62 * S, 63 * S, 64 * S, 65 * S, 66 * S]
    assert np.allclose(lit.place_m[:, 0], [-12.0, -6.0, 0.0, 6.0, 12.0])
    assert np.allclose(lit.direction, [0.0, 0.0, -1.0])
    assert lit.trigger == ("a/t",) * 5
    assert (lit.recoil_ns == UNKNOWN).all()
    assert (lit.burnt_us - lit.ignition_us).tolist() == pytest.approx([8 * S] * 5, abs=0.2 * S)
    bursts = plan.payload_bursts
    assert set(bursts.shot.tolist()) == {0, 1, 2, 3, 4}
    mine = bursts.shot == 2
    assert np.allclose(bursts.origin_m[mine], [0.0, 80.0, 60.0], atol=1e-6)
    assert (bursts.axis[mine][:, 2] < -0.99).all()
    assert bursts.birth_us[mine].min() == 64 * S
    assert all(plan.looks[k].stars for k in set(bursts.look.tolist()))


def test_sparks_are_born_where_the_drone_is_by_then_and_keep_its_pace() -> None:
    plan = compile_show(carrying(Trigger("t", 40 * S, 1)))
    bursts, lit = plan.payload_bursts, plan.ignitions
    assert float(np.hypot(*lit.velocity_mps[0, :2])) > 0.2
    mine = np.flatnonzero(bursts.shot == 0)
    first, last = mine[np.argmin(bursts.birth_us[mine])], mine[np.argmax(bursts.birth_us[mine])]
    assert np.allclose(bursts.origin_m[first], lit.place_m[0])
    assert np.allclose(bursts.velocity_mps[first], lit.velocity_mps[0], atol=1e-6)
    gone = bursts.origin_m[last] - bursts.origin_m[first]
    mean = 0.5 * (bursts.velocity_mps[first] + bursts.velocity_mps[last])
    seconds = (bursts.birth_us[last] - bursts.birth_us[first]) * 1e-6
    assert gone[0] == pytest.approx(mean[0] * seconds, rel=0.2)


def test_carriers_say_what_they_carry_and_the_fleet_flies_as_its_slowest() -> None:
    plan = compile_show(carrying(Trigger("t", 0, 1)))
    assert len(plan.carriers) == 5
    assert plan.carriers.payload_kg.tolist() == pytest.approx([0.3] * 5)
    assert plan.carriers.max_payload_kg.tolist() == pytest.approx([0.4] * 5)
    assert plan.carriers.max_wind_mps.tolist() == [6.0] * 5
    assert plan.carriers.source[0] == CALM.source
    slow = msgspec.structs.replace(CALM, max_speed_xy_mps=0.5)
    load = Load("gold", (Charge(1, GOLD, mass_kg=0.15),), drones=(3,), handling=(slow,))
    late = compile_show(carrying(Trigger("t", 0, 1), load=load))
    assert late.carriers.drone.tolist() == [2]
    assert "PLAN-TIME" in codes(late)


@pytest.mark.parametrize(
    ("charges", "handling", "model", "code"),
    [
        ((Charge(1, GOLD),), (CALM,), "carrier-400", "PLAN-PAYLOAD-MASS"),
        ((Charge(1, GOLD, mass_kg=0.5),), (CALM,), "carrier-400", "PLAN-PAYLOAD-MASS"),
        ((Charge(1, GOLD, mass_kg=0.1),), (), "carrier-400", "PLAN-CARRIER-LIMITS"),
        ((Charge(1, GOLD, mass_kg=0.1),), (), "rtk-dense", "PLAN-CARRIER"),
        ((Charge(1, "75mm Red Peony", mass_kg=0.1),), (CALM,), "carrier-400", "PLAN-PAYLOAD-EFFECT"),
        ((Charge(1, "Gold Qwertz Fountain", mass_kg=0.1),), (CALM,), "carrier-400", "PLAN-PAYLOAD-EFFECT"),
        ((Charge(2, GOLD, mass_kg=0.1),), (CALM,), "carrier-400", "PLAN-PAYLOAD-CHANNEL"),
    ],
)
def test_what_nobody_states_or_no_drone_carries_blocks(
    charges: tuple[Charge, ...], handling: tuple[Handling, ...], model: str, code: str
) -> None:
    plan = compile_show(carrying(Trigger("t", 0, 1), load=Load("l", charges, handling=handling), model=model))
    finding = found(plan, code)
    assert finding.severity == "block"
    assert finding.message != finding.message_zh


def test_a_charge_burns_once() -> None:
    plan = compile_show(carrying(Trigger("t", 0, 1), Trigger("u", 5 * S, 1, points=(2,))))
    finding = found(plan, "PLAN-PAYLOAD-TWICE")
    assert "'a/u'" in finding.message
    assert "'a/t'" in finding.message
    assert len(plan.ignitions) == 5
    assert codes(compile_show(carrying(Trigger("t", 0, 1), Trigger("u", 5 * S, 2, points=(2,))))) == []


def test_noses_outwards_fire_outwards() -> None:
    load = Load("l", (Charge(1, GOLD, pitch_deg=0.0, mass_kg=0.1),), handling=(CALM,))
    plan = compile_show(carrying(Trigger("t", 0, 1), load=load, facing=Facing("out")))
    lit = plan.ignitions
    east = lit.place_m[:, 0] > 1.0
    west = lit.place_m[:, 0] < -1.0
    assert np.allclose(lit.direction[east], [1.0, 0.0, 0.0], atol=1e-6)
    assert np.allclose(lit.direction[west], [-1.0, 0.0, 0.0], atol=1e-6)
    north = compile_show(carrying(Trigger("t", 0, 1), load=load))
    assert np.allclose(north.ignitions.direction, [0.0, 1.0, 0.0], atol=1e-9)
    assert len(north.drones.yaw_t_us) == 0


def test_noses_turn_no_faster_than_their_model() -> None:
    calm = compile_show(carrying(facing=Facing("heading", 90.0, spin_deg=360.0)))
    assert codes(calm) == []
    drones = calm.drones
    mine = slice(int(drones.yaw_start[0]), int(drones.yaw_start[1]))
    assert drones.yaw_deg[mine].tolist() == [0.0, 90.0, 450.0]
    assert drones.yaw_t_us[mine].tolist()[1:] == [60 * S, 90 * S]
    fast = compile_show(carrying(facing=Facing("heading", 90.0, spin_deg=1800.0)))
    finding = found(fast, "PLAN-YAW")
    assert (finding.measured, finding.limit) == (pytest.approx(60.0), 30.0)
    assert "60.0 s would do" in finding.message
    unknown = compile_show(carrying(model="rtk-dense", facing=Facing("heading", 90.0)))
    assert "PLAN-YAW" in codes(unknown)


def test_orders() -> None:
    formation = Formation("f", "f", Points([[float(x), 0.0, float(z)] for z in (0, 10) for x in (0, 10, 20)]))
    point = np.arange(6)

    def times(**fields: Any) -> dict[int, int]:
        return dict(fired(Trigger("t", 0, 1, **fields), formation, point, point, 0))

    assert times(order="all", span_us=10) == dict.fromkeys(range(6), 0)
    assert times(order="right-left", span_us=10) == {2: 0, 5: 0, 1: 5, 4: 5, 0: 10, 3: 10}
    assert times(order="bottom-top", span_us=10) == {0: 0, 1: 0, 2: 0, 3: 10, 4: 10, 5: 10}
    inward = times(order="out-in", span_us=10)
    assert {inward[k] for k in (0, 2, 3, 5)} == {0}
    assert {inward[1], inward[4]} == {10}
    assert set(times(every=2, first=1)) == {1, 3, 5}
    drawn = times(order="random", span_us=10, seed=4)
    assert sorted(drawn.values()) == [0, 2, 4, 6, 8, 10]
    assert drawn == times(order="random", span_us=10, seed=4) != times(order="random", span_us=10, seed=5)


def test_how_far_sparks_are_lit_and_what_a_sheet_says_instead() -> None:
    down, up = reach_of(GOLD, -90.0), reach_of(GOLD, 90.0)
    assert 5.0 < down.fall_m < 30.0
    assert up.fall_m < down.fall_m
    assert down.reach_m >= down.fall_m
    assert 5.0 < down.cone_deg < 20.0
    sheet = Sheet("maker's sheet 12", cone_deg=15.0, fall_m=14.0, fall_s=3.0, recoil_ns=0.4)
    load = Load("l", (Charge(1, GOLD, mass_kg=0.1, sheet=sheet),), handling=(CALM,))
    lit = compile_show(carrying(Trigger("t", 0, 1), load=load)).ignitions
    assert (lit.fall_m[0], lit.fall_s[0], lit.cone_deg[0]) == (14.0, 3.0, 15.0)
    assert lit.recoil_ns[0] == pytest.approx(0.4)
    assert lit.reach_m[0] == pytest.approx(down.reach_m)
    with pytest.raises(NotCarried, match="mortar"):
        charge_rows("100mm Gold Willow")


def test_a_flare_stays_with_its_drone() -> None:
    load = Load("l", (Charge(1, "10s Red Flare", mass_kg=0.1),), handling=(CALM,))
    plan = compile_show(carrying(Trigger("t", 40 * S, 1), load=load))
    assert codes(plan) == []
    bursts = plan.payload_bursts
    assert not bursts.rides.any()
    assert len(np.unique(np.round(bursts.origin_m[bursts.shot == 0], 3), axis=0)) > 20
    assert reach_of("10s Red Flare", -90.0).fall_m < 1.0


def test_an_edit_elsewhere_shares_the_sparks_and_equals_a_fresh_compile() -> None:
    show = carrying(Trigger("t", 2 * S, 1, "random", 4 * S))
    plan = compile_show(show)
    flight = show.flights[0]
    later = msgspec.structs.replace(flight.scenes[1], hold_us=9 * S)
    edited = msgspec.structs.replace(show, flights=(msgspec.structs.replace(flight, scenes=(flight.scenes[0], later)),))
    again = compile_show(edited, plan)
    assert again.payload_bursts is plan.payload_bursts
    assert again.looks is plan.looks
    assert fingerprint(again) == fingerprint(compile_show(edited))
    assert show_of_text(show_to_text(show), "x") == show
    bare = with_fields(plan, drones=plan.drones)
    assert fingerprint(bare) == fingerprint(plan)
