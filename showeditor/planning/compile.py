"""compile_show: Show -> Plan, the one entrance to planning."""

from dataclasses import dataclass
from threading import Lock
from weakref import ref

from showeditor.model.finding import Finding
from showeditor.model.look import Look
from showeditor.model.music import moment_us
from showeditor.model.plan import Bursts, Calm, ControllerSpec, Mark, Plan
from showeditor.model.show import Show
from showeditor.planning.controllers import compile_controllers
from showeditor.planning.fireworks import Fireworks, compile_fireworks
from showeditor.planning.flight import Leg
from showeditor.planning.payload import Payload, compile_payload
from showeditor.planning.recorded import Flown, with_recordings
from showeditor.planning.stage import compile_captions, compile_stage
from showeditor.planning.swarm import compile_swarm


@dataclass(frozen=True, slots=True)
class _Making:
    """How a plan came to be: its show and the compiled parts that the next plan may share."""

    show: Show
    fireworks: Fireworks
    flown: Flown
    controllers: tuple[ControllerSpec, ...]
    marks: tuple[Mark, ...]
    payload: Payload
    payload_bursts: Bursts
    looks: tuple[Look, ...]


class _Memory:
    """The makings of living plans, by the identity of the plan.

    A plan changed by hand (`dataclasses.replace`) is another object and so has no making: it is never mistaken for
    what the planner made. Entries go when their plan goes.
    """

    def __init__(self) -> None:
        self._known: dict[int, tuple[ref[Plan], _Making]] = {}
        self._lock = Lock()

    def recall(self, plan: Plan | None) -> _Making | None:
        with self._lock:
            entry = self._known.get(id(plan))
        return entry[1] if entry is not None and entry[0]() is plan else None

    def keep(self, plan: Plan, making: _Making) -> None:
        key = id(plan)

        def forget(gone: "ref[Plan]") -> None:
            entry = self._known.get(key)
            if entry is not None and entry[0] is gone:
                self._known.pop(key, None)

        with self._lock:
            self._known[key] = (ref(plan, forget), making)


_MEMORY = _Memory()


def compile_show(show: Show, previous: Plan | None = None) -> Plan:
    """The Plan of a Show; never raises for what a show holds: what cannot be planned becomes a Finding that blocks.

    `previous`: any plan that this function made (of an earlier state of the show); parts whose sources are still the
    same objects are shared with it. The result equals that of a compilation from scratch.
    """
    before = _MEMORY.recall(previous)
    fireworks = compile_fireworks(show, before.fireworks if before else None)
    planned = compile_swarm(show, before.flown.planned if before else None)
    flown = with_recordings(show, planned, before.flown if before else None)
    swarm = flown.swarm
    old = before.payload if before else None
    payload = compile_payload(
        planned.drones, planned.rest_deg, planned.carried, planned.lit, show.venue.wind, show.seed, old
    )
    same_looks = (
        before is not None
        and payload.bursts is before.payload.bursts
        and len(fireworks.looks) == len(before.fireworks.looks)
    )
    payload_bursts = before.payload_bursts if before and same_looks else payload.numbered(len(fireworks.looks))
    looks = fireworks.looks + payload.looks if payload.looks else fireworks.looks
    if before is not None and before.looks == looks:
        looks = before.looks
    same_site = before is not None and show.controllers is before.show.controllers
    controllers = before.controllers if before is not None and same_site else compile_controllers(show)
    same_marks = (
        before is not None
        and show.acts is before.show.acts
        and show.markers is before.show.markers
        and show.music is before.show.music
    )
    plan = Plan(
        title=show.title,
        duration_us=show.duration_us,
        venue=show.venue,
        firing=fireworks.firing,
        shots=fireworks.shots,
        bursts=fireworks.bursts,
        looks=looks,
        drones=swarm.drones,
        limits=swarm.limits,
        limits_source=swarm.limits_source,
        rules=show.rules,
        controllers=controllers,
        music=show.music,
        marks=before.marks if before is not None and same_marks else _marks(show),
        problems=fireworks.problems + swarm.problems + payload.problems,
        waivers=show.waivers,
        licences=show.licences,
        calms=tuple(
            Calm(act.name, act.start_us, act.end_us, act.max_wind_mps)
            for act in show.acts
            if act.max_wind_mps is not None
        ),
        date=show.date,
        timecode=show.timecode,
        stage=compile_stage(show),
        captions=compile_captions(show),
        carriers=planned.carriers,
        ignitions=payload.ignitions,
        payload_bursts=payload_bursts,
    )
    _MEMORY.keep(plan, _Making(show, fireworks, flown, controllers, plan.marks, payload, payload_bursts, looks))
    return plan


def ways_of(plan: Plan) -> tuple[Leg, ...]:
    """The ways between scenes of a plan that `compile_show` made, with their shortest safe durations; else nothing."""
    making = _MEMORY.recall(plan)
    return making.flown.planned.legs if making is not None else ()


def proofs_of(plan: Plan) -> tuple[Finding, ...]:
    """Why the ways of a plan that `compile_show` made keep their distance (PLAN-PROOF, a note); else nothing."""
    making = _MEMORY.recall(plan)
    return making.flown.planned.proofs if making is not None else ()


def _marks(show: Show) -> tuple[Mark, ...]:
    marks = [Mark(act.name, act.start_us, act=True) for act in show.acts]
    marks += [Mark(marker.name, moment_us(marker.when, show.music)) for marker in show.markers]
    return tuple(sorted(marks, key=lambda mark: (mark.t_us, mark.name)))
