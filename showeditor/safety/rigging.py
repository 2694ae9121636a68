"""Racks, modules, cables and hazard groups as the crew sets them up.

CTL-017 warn: one rack holds tubes of two calibres, so that a shell can be loaded into the wrong one. Remedy: part them.
CTL-018 warn: a module fires two calibres although the crew asked for one. Remedy: address the cues anew.
CTL-019 block: the cues of a controller are in more hazard groups than it can disable. Remedy: join groups.
CTL-022 block: a cue is farther from its module than the igniter cables reach. Remedy: place a module nearer to it.
CTL-023 warn: cues are in hazard groups, and nobody has stated how many the controller can disable. Remedy: ask its
    maker and state the figure, or have the crew unplug the group.
"""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from showeditor.model.finding import Finding
from showeditor.model.plan import ControllerSpec, Firing
from showeditor.safety.addresses import case_place
from showeditor.safety.case import Case
from showeditor.safety.wording import listed

MODULE_M = 0.01
"""Rounding of places."""


def judge_rigging(case: Case) -> Iterator[Finding]:
    """Findings rack by rack, then controller by controller."""
    firing = case.plan.firing
    racks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for k, rack in enumerate(firing.rack):
        if rack:
            racks[firing.position[k], rack].append(k)
    for (position, rack), rows in racks.items():
        sizes = _calibres(firing, rows)
        if len(sizes) > 1:
            yield Finding(
                "CTL-017",
                "warn",
                f"Rack {rack} at {position} holds {_sizes(sizes)} mm: {_names(firing, rows)}.",
                f"{position} 的炮架 {rack} 混装 {_sizes(sizes)} 毫米：{_names(firing, rows)}。",
                ids=tuple(firing.cue[k] for k in rows),
                measured=float(len(sizes)),
                limit=1.0,
                place_m=case_place(case, rows[0]),
            )
    modules: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for k, owner in enumerate(firing.controller):
        if firing.module[k] >= 0:
            modules[owner][int(firing.module[k])].append(k)
    for spec in case.plan.controllers:
        if spec.site is not None and spec.site.one_calibre:
            yield from _mixed(case, spec, modules[spec.id])
        yield from _groups(firing, spec, [k for rows in modules[spec.id].values() for k in rows])
        yield from _cables(case, spec, modules[spec.id])


def _mixed(case: Case, spec: ControllerSpec, modules: dict[int, list[int]]) -> Iterator[Finding]:
    firing = case.plan.firing
    for number, rows in modules.items():
        sizes = _calibres(firing, rows)
        if len(sizes) > 1:
            yield Finding(
                "CTL-018",
                "warn",
                f"Module {number} of {spec.id} fires {_sizes(sizes)} mm; one calibre was asked for.",
                f"{spec.id} 模块 {number} 混用 {_sizes(sizes)} 毫米，要求单一口径。",
                ids=tuple(firing.cue[k] for k in rows),
                measured=float(len(sizes)),
                limit=1.0,
                place_m=case_place(case, rows[0]),
            )


def _groups(firing: Firing, spec: ControllerSpec, rows: list[int]) -> Iterator[Finding]:
    groups = sorted({firing.hazard[k] for k in rows} - {""}) if firing.hazard else []
    if not groups:
        return
    names = listed(groups)
    if spec.hazard_groups is None:
        yield Finding(
            "CTL-023",
            "warn",
            f"{len(groups)} hazard groups are on {spec.id}; how many {spec.title} can disable is not stated: {names}.",
            f"{spec.id} 使用了 {len(groups)} 个危险分组，{spec.title} 可禁用的组数未知：{names}。",
            ids=(spec.id, *groups),
            measured=float(len(groups)),
        )
    elif len(groups) > spec.hazard_groups:
        yield Finding(
            "CTL-019",
            "block",
            f"{len(groups)} hazard groups are on {spec.id}; {spec.title} can disable {spec.hazard_groups}: {names}.",
            f"{spec.id} 使用了 {len(groups)} 个危险分组，{spec.title} 最多可禁用 {spec.hazard_groups} 个：{names}。",
            ids=(spec.id, *groups),
            measured=float(len(groups)),
            limit=float(spec.hazard_groups),
        )


def _cables(case: Case, spec: ControllerSpec, modules: dict[int, list[int]]) -> Iterator[Finding]:
    """Each cue from its module; a module whose place nobody states stands at the best position of its own cues."""
    site = spec.site
    if site is None or site.cable_m is None:
        return
    firing = case.plan.firing
    at = {p.id: p.at_m for p in case.plan.venue.positions}
    stands = {m.number: at.get(m.position) for m in site.modules}
    for number, rows in modules.items():
        places = firing.place_m[rows]
        here = stands.get(number)
        if here is None:
            spread = np.linalg.norm(places[:, None, :] - places[None, :, :], axis=2).max(axis=0)
            here = tuple(places[int(spread.argmin())])
        away = np.linalg.norm(places - np.array(here), axis=1)
        far = [(k, d) for k, d in zip(rows, away.tolist(), strict=True) if d > site.cable_m + MODULE_M]
        if far:
            k, most = max(far, key=lambda pair: pair[1])
            yield Finding(
                "CTL-022",
                "block",
                f"Cue {firing.cue[k]} at {firing.position[k]} is {most:.1f} m from module {number} of {spec.id}; "
                f"its cables reach {site.cable_m:g} m.",
                f"{firing.position[k]} 的点火 {firing.cue[k]} 距 {spec.id} 模块 {number} {most:.1f} 米，"
                f"点火线仅 {site.cable_m:g} 米。",
                ids=tuple(firing.cue[row] for row, _ in far),
                measured=most,
                limit=site.cable_m,
                unit="m",
                place_m=case_place(case, k),
            )


def _calibres(firing: Firing, rows: list[int]) -> list[float]:
    return sorted({round(float(firing.calibre_mm[k]), 1) for k in rows if firing.calibre_mm[k] > 0})


def _sizes(sizes: list[float]) -> str:
    return "/".join(f"{size:g}" for size in sizes)


def _names(firing: Firing, rows: list[int]) -> str:
    return listed([firing.cue[k] for k in rows])
