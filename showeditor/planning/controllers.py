"""Firing controllers of a show with what their makers state (assets/controllers) and what the crew read off the box.

assets/controllers/controllers.csv holds ranges and ticks, figures.csv one further figure a row, each with a source and
a confidence. A figure without a row is not known; empty ranges are not known either, and block until somebody states
them.
"""

from collections.abc import Mapping
from dataclasses import fields, replace
from functools import cache
from typing import Any

from showeditor.effects.tables import Row, number, read_table
from showeditor.model.control import Figures
from showeditor.model.cue import Controller
from showeditor.model.errors import BadFile
from showeditor.model.plan import ControllerSpec
from showeditor.model.show import Show

_TABLE, _FIGURES = "controllers.csv", "figures.csv"
_RANGES = ("module_lo", "module_hi", "pin_lo", "pin_hi")
_WIDEST = (0, 9999, 0, 9999)
_COUNTS = frozenset(
    "slat_pins rails hosts igniters_per_pin refire_gap_us module_gap_us most_cues most_cues_per_module hazard_groups"
    " idle_off_us".split()
)
_LOWEST = frozenset(("module_lo", "pin_lo", "refire_gap_us", "module_gap_us", "tick_us"))
"""Figures of which the larger is the stricter."""


@cache
def controller_models() -> dict[str, ControllerSpec]:
    """Every known controller model by its name; `id` is the model's own. Raises BadFile for a bad row."""
    more = figures_by_model(read_table("controllers", _FIGURES))
    models = {}
    for row in read_table("controllers", _TABLE):
        model = row["model"]
        known = all(row[name].strip() for name in _RANGES)
        low, high, first, last = (int(number(row, name, _TABLE)) for name in _RANGES) if known else _WIDEST
        models[model] = ControllerSpec(
            id=model,
            model=model,
            title=row["title"],
            module_lo=low,
            module_hi=high,
            pin_lo=first,
            pin_hi=last,
            tick_us=int(number(row, "tick_us", _TABLE)),
            source=row["source"],
            ranges_known=known,
            **more.pop(model, {}),
        )
    if more:
        raise BadFile(_FIGURES, f"model {next(iter(more))}", f"expected a model that {_TABLE} has")
    return models


def figures_by_model(rows: tuple[Row, ...]) -> dict[str, dict[str, Any]]:
    """The further figures of each model; raises BadFile for a figure that is unknown, stated twice or no number."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        model, figure = row["model"], row["figure"]
        place = f"{model} {figure}"
        mine = found.setdefault(model, {})
        if figure in mine:
            raise BadFile(_FIGURES, place, "expected one row for a figure of a model")
        if figure == "timecode":
            mine[figure] = tuple(row["value"].split())
        elif figure == "refires":
            mine[figure] = number(row, "value", _FIGURES) != 0
        elif figure in _COUNTS:
            mine[figure] = int(number(row, "value", _FIGURES))
        else:
            raise BadFile(_FIGURES, place, "expected a figure of a controller")
    return found


def compile_controllers(show: Show) -> tuple[ControllerSpec, ...]:
    """The show's controllers whose model is known or fully stated, under the show's ids; others become Findings."""
    return tuple(spec for spec in map(spec_of, show.controllers) if spec is not None)


def spec_of(controller: Controller) -> ControllerSpec | None:
    """What is known of a controller on site; None for an unknown model whose ranges and tick nobody states."""
    stated = controller.figures
    spec = controller_models().get(controller.model)
    if spec is None:
        if stated is None or any(getattr(stated, name) is None for name in (*_RANGES, "tick_us")):
            return None
        low, high, first, last = (int(getattr(stated, name)) for name in _RANGES)
        tick = max(1, stated.tick_us or 1)
        spec = ControllerSpec(controller.id, controller.model, "", low, high, first, last, tick, stated.source)
    title = controller.name or spec.title or controller.model
    return replace(spec, id=controller.id, title=title, site=controller, **_stricter(spec, stated))


def _stricter(spec: ControllerSpec, stated: Figures | None) -> Mapping[str, Any]:
    """The stated figures that are not known, or known and less strict."""
    if stated is None:
        return {}
    out: dict[str, Any] = {}
    own = {f.name for f in fields(spec)}
    for name in stated.__struct_fields__[1:]:
        value = getattr(stated, name)
        if value is None or name not in own or (name == "tick_us" and value == 0):
            continue
        known = getattr(spec, name)
        out[name] = value if known is None else max(known, value) if name in _LOWEST else min(known, value)
    if not spec.ranges_known and all(getattr(stated, name) is not None for name in _RANGES):
        out |= {name: getattr(stated, name) for name in _RANGES}
        out["ranges_known"] = True
    if out:
        out["source"] = f"{spec.source}; {stated.source}" if spec.source != stated.source else spec.source
    return out
