"""Firing controllers of a show with what their data sheets state (assets/controllers)."""

from functools import cache

from showeditor.effects.tables import number, read_table
from showeditor.model.plan import ControllerSpec
from showeditor.model.show import Show


@cache
def controller_models() -> dict[str, ControllerSpec]:
    """Every known controller model by its name; `id` is the model's own."""
    file = "controllers.csv"
    return {
        row["model"]: ControllerSpec(
            id=row["model"],
            model=row["model"],
            title=row["title"],
            module_lo=int(number(row, "module_lo", file)),
            module_hi=int(number(row, "module_hi", file)),
            pin_lo=int(number(row, "pin_lo", file)),
            pin_hi=int(number(row, "pin_hi", file)),
            tick_us=int(number(row, "tick_us", file)),
            source=row["source"],
        )
        for row in read_table("controllers", file)
    }


def compile_controllers(show: Show) -> tuple[ControllerSpec, ...]:
    """The show's controllers whose model is known, under the show's ids; others become Findings elsewhere."""
    models = controller_models()
    found = ((c, models[c.model]) for c in show.controllers if c.model in models)
    return tuple(
        ControllerSpec(
            id=c.id,
            model=spec.model,
            title=c.name or spec.title,
            module_lo=spec.module_lo,
            module_hi=spec.module_hi,
            pin_lo=spec.pin_lo,
            pin_hi=spec.pin_hi,
            tick_us=spec.tick_us,
            source=spec.source,
        )
        for c, spec in found
    )
