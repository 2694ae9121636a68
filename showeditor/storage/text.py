"""The text of a `.show`: canonical JSON, the same show always the same bytes.

{"format": "showeditor", "version": 1, "show": {...}} with every field written, in the order of the model (fields that
came after version 1 only where they differ from what older files mean), UTF-8 unescaped, one cue, act, scene or zone
per line so that differences are readable, a newline at the end.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

import msgspec

from showeditor.model.cue import Controller, Cue, Track
from showeditor.model.errors import BadFile, BadInput
from showeditor.model.light_effects import Gradient, Pulse, Twinkle, Wave, Wipe
from showeditor.model.limits import OPTIONAL, Limits
from showeditor.model.music import Music, TempoMap
from showeditor.model.passage import Passage
from showeditor.model.points import Points
from showeditor.model.recording import RecordedFlight, Recording
from showeditor.model.show import Act, Show
from showeditor.model.stage import StageTrack
from showeditor.model.swarm import Fleet, Flight, Formation, Grid, Scene
from showeditor.model.timecode import Timecode
from showeditor.model.venue import Position, Venue, Wind, Zone
from showeditor.storage.migrations import STEPS

FORMAT = "showeditor"
VERSION = 1

_TALL = (Show, Venue, Music, TempoMap, Track, Flight, Formation, RecordedFlight, StageTrack)
"""Kinds whose fields stand on lines of their own; everything else is one line."""

_ADDED: dict[type, dict[str, object]] = {
    Cue: {"rack": "", "hazard": ""},
    Music: {"sha256": ""},
    Position: {"controller": ""},
    Controller: {
        "follows": "",
        "modules": (),
        "cable_m": None,
        "spare_pins": 0,
        "one_calibre": False,
        "sound": None,
        "figures": None,
    },
    Venue: {
        "sky": "night",
        "firework_ceiling_m": None,
        "least_lit_m": None,
        "plan_image": None,
        "terrain": None,
        "panorama": None,
    },
    Act: {"max_wind_mps": None},
    Limits: dict.fromkeys(OPTIONAL),
    Zone: {"height_m": None, "floor_m": None},
    Wind: {"exponent": 0.0},
    Scene: {"effects": (), "triggers": (), "facing": None, "motion": None, "way": Passage()},
    Fleet: {"loads": (), "white": False, "groups": ()},
    Flight: {"leaving": None, "landing": None},
    Formation: {"marks": ()},
    Grid: {
        "rows": 0,
        "layers": 0,
        "layer_m": 0.0,
        "box_columns": 0,
        "box_rows": 0,
        "aisle_m": 0.0,
        "slots": 1,
        "slot_m": 0.0,
    },
    **{kind: {"opacity": 1.0, "mask": None} for kind in (Gradient, Twinkle, Wave, Wipe)},
    Pulse: {"opacity": 1.0, "mask": None, "beats": 0.0},
    Show: {
        "recorded": (),
        "waivers": (),
        "date": "",
        "figures": (),
        "timecode": Timecode(),
        "stage": (),
        "captions": (),
        "licences": (),
    },
}
"""Fields that files of version 1 may lack, and what their absence means: left out then, so old files stay canonical."""

_TOO_DEEP = "not a show: values nested too deeply"


class _Head(msgspec.Struct, frozen=True):
    format: str
    version: int


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: str
    version: int
    show: Show


def _encode_points(value: object) -> object:
    if isinstance(value, Points):
        return value.millimetres()
    if isinstance(value, Recording):
        return value.text()
    raise NotImplementedError(f"a show cannot hold a {type(value).__name__}")


def _decode_points(kind: type, value: object) -> object:
    if kind is Points and isinstance(value, list):
        return Points.of_millimetres(value)
    if kind is Recording and isinstance(value, str):
        return Recording.of_text(value)
    wanted = "the text of a recording" if kind is Recording else "a flat list of whole millimetres"
    raise ValueError(f"expected {wanted}, got {type(value).__name__}")


_ENCODER = msgspec.json.Encoder(enc_hook=_encode_points)
_HEAD = msgspec.json.Decoder(_Head)
_FILE = msgspec.json.Decoder(_File, dec_hook=_decode_points)


def show_to_text(show: Show) -> str:
    """The canonical text of a show.

    What was written has been read back and found equal. Raises BadInput naming the place when the show holds
    something that no file can: two parts with one id, a number that is not finite, a text that is not Unicode.
    """
    text = _text_of(show)
    try:
        back = show_of_text(text, "this show")
    except BadFile as error:
        raise BadInput(f"{error.file} cannot be written: {error.place}: {error.expected}") from None
    if back != show:
        raise BadInput("this show cannot be written: it would not read back the same")
    # values given as 3 where 3.0 is meant are written as they read back, so that the text is canonical
    return _text_of(back)


def show_of_text(text: str | bytes, name: str) -> Show:
    """The show that a text holds, older versions brought up to date; `name` is the file as the user knows it.

    Raises BadFile with the line and column, or the path of the field, and what was expected.
    """
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    data = data.removeprefix(b"\xef\xbb\xbf")
    version = _version(data, name)
    try:
        if version == VERSION:
            file = _FILE.decode(data)
        else:
            tree: Any = msgspec.json.decode(data)
            for older in range(version, VERSION):
                tree = STEPS[older](tree)
            file = msgspec.convert(tree, _File, dec_hook=_decode_points)
    except msgspec.ValidationError as error:
        reason, _, path = str(error).partition(" - at ")
        raise BadFile(name, path.strip("`") or "$", reason) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _malformed(data, name, error) from None
    except RecursionError:
        raise BadFile(name, "", _TOO_DEEP) from None
    except ValueError as error:
        raise BadFile(name, f"version {version}", str(error)) from None
    for path, kind, twice in _duplicates(file.show):
        raise BadFile(name, path, f"the {kind} id {twice!r} is used twice")
    return file.show


def fingerprint_of_show(show: Show) -> str:
    """SHA-256 (hex) of the canonical text of a show; what a receipt names."""
    return hashlib.sha256(show_to_text(show).encode()).hexdigest()


def _version(data: bytes, name: str) -> int:
    try:
        head = _HEAD.decode(data)
    except msgspec.ValidationError:
        raise BadFile(name, "", f'not a show: expected JSON that says "format": "{FORMAT}" and "version"') from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _malformed(data, name, error) from None
    except RecursionError:
        raise BadFile(name, "", _TOO_DEEP) from None
    if head.format != FORMAT:
        raise BadFile(name, "$.format", f"expected {FORMAT!r}, got {head.format!r}")
    if head.version > VERSION:
        reason = f"written by a newer version of this program (file version {head.version}, this one reads {VERSION})"
        raise BadFile(name, "$.version", reason)
    if head.version != VERSION and head.version not in STEPS:
        raise BadFile(name, "$.version", f"expected a version from 0 to {VERSION}, got {head.version}")
    return head.version


def _malformed(data: bytes, name: str, error: Exception) -> BadFile:
    if isinstance(error, UnicodeDecodeError):
        return BadFile(name, "", "not a show: the text is not UTF-8")
    reason, _, rest = str(error).partition(" (byte ")
    offset = int(rest.rstrip(")")) if rest else len(data)
    if not data.strip():
        return BadFile(name, "", "the file is empty, expected a show")
    before = data[:offset]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    what = "the JSON ends too early" if "truncated" in reason else reason
    return BadFile(name, f"line {line}, column {column}", f"{what}")


def _text_of(show: Show) -> str:
    out = [f'{{\n"format":"{FORMAT}",\n"version":{VERSION},\n"show":']
    try:
        out.extend(_lay(show))
        out.append("\n}\n")
        text = "".join(out)
        text.encode()
    except (UnicodeEncodeError, OverflowError, NotImplementedError) as error:
        raise BadInput(f"this show cannot be written: {error}") from None
    return text


def _lay(value: object) -> Iterator[str]:
    if isinstance(value, _TALL):
        separator = "{\n"
        for field in _written(value):
            yield f'{separator}"{field}":'
            yield from _lay(getattr(value, field))
            separator = ",\n"
        yield "}"
    elif isinstance(value, tuple) and value and isinstance(value[0], _TALL):
        separator = "[\n"
        for item in value:
            yield separator
            yield from _lay(item)
            separator = ",\n"
        yield "]"
    elif isinstance(value, msgspec.Struct) and type(value) in _ADDED:
        yield _ENCODER.encode(_row(value)).decode()
    elif isinstance(value, tuple) and value and type(value[0]) in _ADDED:
        yield "[\n" + ",\n".join(_ENCODER.encode(_row(item)).decode() for item in value) + "]"
    elif isinstance(value, tuple) and value and isinstance(value[0], msgspec.Struct):
        # one call for all lines: the encoder is many times quicker than a call for each
        yield "[\n" + _ENCODER.encode_lines(value).decode().rstrip("\n").replace("\n", ",\n") + "]"
    else:
        yield _ENCODER.encode(value).decode()


def _row(value: msgspec.Struct) -> dict[str, object]:
    """The fields of a part that are written, its kind first; so also for the parts that it holds."""
    config = value.__struct_config__
    row: dict[str, object] = {config.tag_field: config.tag} if config.tag_field is not None else {}
    for field in _written(value):
        held = getattr(value, field)
        if isinstance(held, tuple) and held and isinstance(held[0], msgspec.Struct):
            held = [_row(part) if type(part) in _ADDED else part for part in held]
        elif isinstance(held, msgspec.Struct) and type(held) in _ADDED:
            held = _row(held)
        row[field] = held
    return row


def _written(value: msgspec.Struct) -> Iterator[str]:
    added = _ADDED.get(type(value), {})
    for field in value.__struct_fields__:
        if field not in added or getattr(value, field) != added[field]:
            yield field


def _duplicates(show: Show) -> Iterator[tuple[str, str, str]]:
    """Path, kind and id of each part whose id an earlier part of its kind has."""
    lists: list[tuple[str, str, Any]] = [
        ("track", "$.show.tracks", show.tracks),
        ("act", "$.show.acts", show.acts),
        ("marker", "$.show.markers", show.markers),
        ("controller", "$.show.controllers", show.controllers),
        ("fleet", "$.show.fleets", show.fleets),
        ("formation", "$.show.formations", show.formations),
        ("flight", "$.show.flights", show.flights),
        ("recorded flight", "$.show.recorded", show.recorded),
        ("position", "$.show.venue.positions", show.venue.positions),
        ("zone", "$.show.venue.zones", show.venue.zones),
        ("seat", "$.show.venue.seats", show.venue.seats),
        ("stage track", "$.show.stage", show.stage),
        ("caption", "$.show.captions", show.captions),
        ("figure", "$.show.figures", show.figures),
    ]
    lists += [("cue", f"$.show.tracks[{i}].cues", track.cues) for i, track in enumerate(show.tracks)]
    lists += [("stage cue", f"$.show.stage[{i}].cues", track.cues) for i, track in enumerate(show.stage)]
    lists += [("scene", f"$.show.flights[{i}].scenes", flight.scenes) for i, flight in enumerate(show.flights)]
    seen: dict[str, set[str]] = {}
    for kind, path, parts in lists:
        known = seen.setdefault(kind, set())
        for row, part in enumerate(parts):
            if part.id in known:
                yield f"{path}[{row}].id", kind, part.id
            known.add(part.id)
