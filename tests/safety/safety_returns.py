"""Minimal plans of drones that carry return plans."""

from dataclasses import replace

from safety_plans import S, quiet
from showeditor.model.plan import Plan
from showeditor.model.returns import Homing, Return, with_return_plans


def returning(*plans: list[Return]) -> Plan:
    """The quiet plan, its drones (pads at x = 0 and 5, 30 m up from 30 s on) with these return plans."""
    plan = quiet()
    return replace(plan, drones=with_return_plans(plan.drones, plans))


def straight(x: float, *, at_s: float = 30.0, arrival: float = 20.0, way_s: float = 10.0, **more: float) -> Return:
    """Straight to a place at this height in this time, then down on it."""
    waits = {name: round(value * S) for name, value in more.items() if name.endswith("_us")}
    rest = {name: value for name, value in more.items() if not name.endswith("_us")}
    t_us = round(at_s * S)
    return Return(t_us, Homing.STRAIGHT, (x, 0.0, 0.0), arrival, way_us=round(way_s * S), **waits, **rest)


RETURNS = {
    "DRN-042": lambda: returning([straight(5.0)], [straight(0.0)]),
    "DRN-043": lambda: returning([straight(0.0), straight(0.0, at_s=40)], [straight(5.0)]),
}
