"""Version 0 to 1: times of the prototype were decimal seconds, and cues named their moment `time`.

Version 0: the show's fields stood beside `format` and `version`; `duration_s`, acts with `start_s` and `end_s`, cues
with `time` in seconds, and no musical moments.
"""

from typing import Any

from showeditor.model.times import us


def step(file: dict[str, Any]) -> dict[str, Any]:
    """The version 1 object of a version 0 object."""
    show = {name: value for name, value in file.items() if name not in ("format", "version")}
    _seconds(show, "duration_s", "duration_us", "the show")
    for number, act in enumerate(_objects(show, "acts")):
        _seconds(act, "start_s", "start_us", f"act {number + 1}")
        _seconds(act, "end_s", "end_us", f"act {number + 1}")
    for track in _objects(show, "tracks"):
        for number, cue in enumerate(_objects(track, "cues")):
            _seconds(cue, "time", "t_us", f"cue {number + 1} of track {track.get('id')!r}")
            if "t_us" in cue:
                cue["when"] = {"by": "time", "t_us": cue.pop("t_us")}
    return {"format": "showeditor", "version": 1, "show": show}


def _objects(holder: dict[str, Any], name: str) -> list[dict[str, Any]]:
    items = holder.get(name, [])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise ValueError(f"{name} must be a list of objects")
    return items


def _seconds(holder: dict[str, Any], old: str, new: str, whose: str) -> None:
    if old not in holder:
        return
    value = holder.pop(old)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(f"{old} of {whose} must be a number of seconds")
    holder[new] = us(value)
