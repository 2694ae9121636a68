"""What commands read: the Plan of a file, and limits and waivers given on the command line."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from showeditor.model.errors import BadFile, BadInput
from showeditor.model.limits import Limits
from showeditor.model.plan import Plan
from showeditor.model.waiver import Waiver


def plan_of(name: str, as_format: str = "") -> tuple[Plan, str]:
    """The Plan of a .show or of any file that a Format reads, and the show's fingerprint (empty for foreign files).

    `as_format` (`ID` or `ID:option=value`) says how a foreign file is to be read.
    """
    path = Path(name)
    if path.suffix == ".show" and not as_format:
        from showeditor.export.profiles import SHELF
        from showeditor.planning.compile import compile_show
        from showeditor.storage.files import load_show
        from showeditor.storage.media import missing_media
        from showeditor.storage.text import fingerprint_of_show

        SHELF.open_beside(path.parent)
        show = load_show(path)
        plan = compile_show(show)
        missing = missing_media(show, path.parent)
        return replace(plan, problems=plan.problems + missing) if missing else plan, fingerprint_of_show(show)
    from showeditor.export.foreign import read_foreign

    return read_foreign(path, as_format), ""


def limits_given(text: str, base: Limits) -> Limits:
    """`base` with the values of a TOML file or of `name=value,...`; raises BadInput for an unknown or bad one."""
    import tomllib

    known = set(Limits.__struct_fields__)
    values: dict[str, float] = {}
    if "=" not in text:
        try:
            loaded = tomllib.loads(Path(text).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise BadInput(f"limits file {text}: {error}") from None
        pairs: Iterable[tuple[str, Any]] = loaded.items()
    else:
        pairs = [(name.strip(), value) for name, _, value in (part.partition("=") for part in text.split(","))]
    for name, value in pairs:
        if name not in known:
            raise BadInput(f"limits: {name!r} is not a limit; known are {', '.join(sorted(known))}")
        try:
            values[name] = float(value)
        except (TypeError, ValueError):
            raise BadInput(f"limits: {name} must be a number, got {value!r}") from None
    try:
        return Limits(**{name: values.get(name, getattr(base, name)) for name in known})
    except ValueError as error:
        raise BadInput(f"limits: {error}") from None


class _WaiverFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    waivers: tuple[Waiver, ...]


def waivers_given(name: str | None) -> tuple[Waiver, ...]:
    """The waivers of a JSON file, `{"waivers": [{"code", "who", "why", "when", "ids"}]}`; raises BadFile."""
    if name is None:
        return ()
    try:
        return msgspec.json.decode(Path(name).read_bytes(), type=_WaiverFile).waivers
    except OSError as error:
        raise BadFile(name, "", f"cannot be read ({error.strerror})") from None
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        reason, _, place = str(error).partition(" - at ")
        raise BadFile(name, place.strip("`"), reason) from None
