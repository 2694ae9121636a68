"""Rows of single devices, as interchange files hold them, and ignitions: a chain of N is N rows and one ignition."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from exporters.entries import Entry
from exporters.texts import joined
from showeditor.model.errors import BadInput
from showeditor.model.plan import Plan, ShotKind

_ANGLE = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,3})?")


@dataclass(frozen=True, slots=True)
class Device:
    """One device of an ignition: what it is, how long after the ignition it is lit, its own prefire and duration."""

    text: str
    delay_us: int
    prefire_us: int
    lasts_us: int


def devices_of(plan: Plan, row: int) -> tuple[Device, ...]:
    """The shells of a chain, or the one device that a row of the firing table is."""
    firing = plan.firing
    text, prefire = firing.effect[row], int(firing.bloom_us[row] - firing.ignition_us[row])
    whole = (Device(text, 0, prefire, max(0, int(firing.end_us[row] - firing.bloom_us[row]))),)
    shots = np.flatnonzero(plan.shots.cue == row)
    if len(shots) < 2 or "chain" not in text.lower():
        return whole
    # the effect language brings numba along, which a list of formats need not wait for
    from showeditor.effects.description import write
    from showeditor.effects.grammar import parse

    try:
        chain = parse(text)
    except BadInput:
        return whole
    if chain.device != "Chain" or chain.unknown or not chain.ingredients:
        return whole
    out: list[Device] = []
    for k, shot in enumerate(shots):
        kind = replace(chain.ingredients[k % len(chain.ingredients)], label="", gap_us=None)
        single = replace(chain, device="", shots=None, duration_us=None, pattern="", ingredients=(kind,))
        lit = int(plan.shots.ignition_us[shot])
        shell = plan.shots.kind[shot] == ShotKind.SHELL
        bloom = int((plan.shots.break_us if shell else plan.shots.lift_us)[shot])
        lasts = max(0, int(plan.shots.end_us[shot]) - bloom)
        out.append(Device(write(single), lit - int(firing.ignition_us[row]), bloom - lit, lasts))
    return tuple(out)


def first_lean(cell: str) -> float | None:
    """The first angle of a list of angles; None where there is none."""
    found = _ANGLE.search(cell)
    return float(found[0]) if found else None


def ignitions_of(rows: Sequence[tuple[str, Entry]]) -> list[Entry]:
    """The rows with those of one chain on one pin put together; a chain's name of "" means no chain."""
    groups: dict[tuple[str, str, int, int] | int, list[Entry]] = {}
    for k, (chain, entry) in enumerate(rows):
        key = (chain, entry.controller, entry.module, entry.pin) if chain else k
        groups.setdefault(key, []).append(entry)
    return [_together(group) for group in groups.values()]


def _together(group: list[Entry]) -> Entry:
    first = min(group, key=lambda e: e.ignition_us)
    if len(group) == 1:
        return first
    return replace(
        first,
        effect=_chain_text(e.effect for e in group),
        bloom_us=min(e.ignition_us if e.bloom_us is None else e.bloom_us for e in group),
        end_us=max(e.ignition_us if e.end_us is None else e.end_us for e in group),
    )


def _chain_text(texts: Iterable[str]) -> str:
    kept = list(texts)
    return f"{kept[0]} Chain Of {len(kept)}" if len(set(kept)) == 1 else joined(kept)
