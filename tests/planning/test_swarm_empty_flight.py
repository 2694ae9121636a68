"""A flight whose scenes were all deleted still makes a plan: up, wait, down."""

from showeditor.kernels.bernstein import states
from showeditor.model.music import AtTime
from showeditor.model.show import Show
from showeditor.model.swarm import Fleet, Flight, Grid
from showeditor.model.times import US
from showeditor.planning.compile import compile_show


def test_a_flight_without_scenes_goes_up_and_lands() -> None:
    fleet = Fleet("f", "rtk-dense", 4, Grid((0.0, 0.0, 0.0), 2, 3.0))
    show = Show("x", 120 * US, fleets=(fleet,), flights=(Flight("n", "f", AtTime(5 * US)),))
    plan = compile_show(show)
    drones = plan.drones
    assert len(drones) == 4
    assert (drones.on_us > drones.off_us).all()
    last = int(drones.on_us.max())
    paths = (drones.piece_start, drones.piece_t0_us, drones.piece_t1_us, drones.ctrl_start, drones.ctrl, drones.home_m)
    assert (abs(states(*paths, last)[0][:, 2]) < 1e-9).all()
    middle = int((drones.off_us.min() + last) // 2)
    assert (states(*paths, middle)[0][:, 2] > 1.0).all()
