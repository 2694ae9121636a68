"""The formats that are installed, found by the entry point group `showeditor.formats`."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from types import MappingProxyType

from showeditor.export.format import Format, Tunable, options_of
from showeditor.export.profiles import PREFIX, SHELF
from showeditor.model.errors import BadInput

GROUP = "showeditor.formats"

BUILT_IN = tuple(
    "cobra-3 cobra-4 cobra-5 cobra-6 cobra-7 firetek firectrl finale-csv finale-fin jingduan merlin starfire ignite "
    "skyc skyb vviz vviz-finale skybrush-csv dss-path drotek poly7 qgc-plan qgc-wpl litchi table "
    "ltc-wav ltc-music-wav mtc-midi stage-csv stage-midi osc-cues msc-cues subtitles-srt subtitles-vtt".split()
)
"""Ids that only this program's own package may claim, in the order they are listed."""


def collect(points: Iterable[EntryPoint]) -> Mapping[str, Format]:
    """The formats of these entry points by id, built-in ones first, then by id.

    Raises BadInput when an id is claimed twice, when a stranger claims a built-in id, when an entry point cannot be
    loaded or is not a Format, or when its name differs from the format's id.
    """
    claimed: dict[str, tuple[str, str]] = {}
    kept: dict[str, EntryPoint] = {}
    for point in sorted(points, key=lambda p: (p.name, p.value)):
        owner = point.dist.name if point.dist is not None else point.value
        if point.name in claimed:
            first, value = claimed[point.name]
            if (first, value) == (owner, point.value):
                continue
            raise BadInput(f"format {point.name!r} is claimed twice, by {first} and by {owner}: remove one of them")
        if point.name in BUILT_IN and not point.value.startswith("exporters."):
            raise BadInput(f"{owner} claims the built-in format id {point.name!r}: remove that package")
        if point.name.startswith(PREFIX):
            raise BadInput(f"{owner} claims {point.name!r}: names that begin with {PREFIX} are those of profiles")
        claimed[point.name] = (owner, point.value)
        kept[point.name] = point
    found = {name: _load(point, claimed[name][0]) for name, point in kept.items()}
    order = {name: i for i, name in enumerate(BUILT_IN)}
    return MappingProxyType(dict(sorted(found.items(), key=lambda item: (order.get(item[0], len(order)), item[0]))))


def _load(point: EntryPoint, owner: str) -> Format:
    try:
        offered = point.load()
    except (ImportError, AttributeError) as error:
        raise BadInput(f"format {point.name!r} of {owner} cannot be loaded: {error}") from error
    if not isinstance(offered, Format):
        raise BadInput(f"format {point.name!r} of {owner} does not offer what a format must (see Format)")
    if offered.id != point.name:
        raise BadInput(f"format {point.name!r} of {owner} calls itself {offered.id!r}: both names must agree")
    return offered


@cache
def installed() -> Mapping[str, Format]:
    """Every installed format by id; read once per process. Raises BadInput as `collect` does."""
    return collect(entry_points(group=GROUP))


def formats() -> Mapping[str, Format]:
    """Every installed format by id, then those that profiles describe; no profile can take an installed format's id."""
    described = SHELF.formats()
    if not described:
        return installed()
    return MappingProxyType({**installed(), **{k: v for k, v in described.items() if k not in installed()}})


def format_named(text: str) -> Format:
    """The format of an id, or of `ID:option=value` (`:option=value` for more); raises BadInput listing what is known.

    Example: `vviz:frames=since`.
    """
    known = formats()
    if text in known:
        return known[text]
    format_id, *parts = text.split(":")
    if format_id not in known:
        raise BadInput(f"unknown format {format_id!r}; known formats: {', '.join(known) or 'none'}")
    return tuned(known[format_id], parts)


def tuned(one: Format, parts: Iterable[str]) -> Format:
    """`one` with options given as `name=value`; raises BadInput listing the options or values that there are."""
    choices: dict[str, str] = {}
    offered = options_of(one)
    for part in parts:
        name, _, value = part.partition("=")
        if name not in offered:
            raise BadInput(f"format {one.id!r} has no option {name!r}; it has {', '.join(offered) or 'none'}")
        if value not in offered[name]:
            raise BadInput(f"option {name} of format {one.id!r}: one of {', '.join(offered[name])} was expected")
        if name in choices:
            raise BadInput(f"option {name} of format {one.id!r} is given twice")
        choices[name] = value
    if not choices or not isinstance(one, Tunable):
        return one
    other = one.tuned(choices)
    if not isinstance(other, Format) or other.id != one.id:
        raise BadInput(f"format {one.id!r} gives another format for its options; report it to its author")
    return other


def formats_json() -> list[dict[str, object]]:
    """Every format as `showeditor formats --json` lists it."""
    return [
        {
            "id": f.id,
            "title": f.title,
            "reads": f.reads,
            "writes": f.writes,
            "status": f.status,
            "limits": dict(f.limits),
            "options": {name: list(values) for name, values in options_of(f).items()},
        }
        for f in formats().values()
    ]
