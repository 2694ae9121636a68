"""Stage cues and captions as rows of text that people fill in, and back.

A message is written `osc /eos/cue/1/fire 1 0.5 "some words" true`, `msc lighting go 12.5 1 @3` (kind, command, cue
number, cue list, device) or `dmx 1/10 255 0 128 in 2` (universe/first channel, levels, fade in seconds); nothing is a
call.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from showeditor.model.errors import BadInput
from showeditor.model.music import When
from showeditor.model.show import Show
from showeditor.model.stage import Action, Call, Caption, Dmx, Msc, Osc, StageCue, StageTrack, Value
from showeditor.model.times import US, us_of_text
from showeditor.timeline.ids import fresh_ids

Shown = Callable[[When], str]
Read = Callable[[str], When]

_WORD = re.compile(r'"(?:[^"\\]|\\.)*"|\S+', re.DOTALL)


def text_of_action(action: Action) -> str:
    """A message as people write it."""
    match action:
        case Osc(address, values):
            return " ".join(["osc", address, *(_written(value) for value in values)])
        case Msc(command, number, cue_list, device, kind):
            parts = ["msc", kind, command, number, cue_list, f"@{device}" if device != 127 else ""]
            return " ".join(part for part in parts if part)
        case Dmx(universe, channel, levels, fade_us):
            fade = f" in {fade_us / US:.6f}".rstrip("0").rstrip(".") if fade_us else ""
            return f"dmx {universe}/{channel} {' '.join(str(level) for level in levels)}{fade}"
    return ""


def _written(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        plain = bool(value) and not any(c.isspace() or c in "\"'\\" for c in value) and _value(value) == value
        return value if plain else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return repr(value)


def _value(word: str) -> Value:
    if word in ("true", "false"):
        return word == "true"
    for kind in (int, float):
        try:
            return kind(word)
        except ValueError:
            continue
    return word


def action_of_text(text: str) -> Action:
    """The message that a text means; raises ValueError with a sentence."""
    words = _WORD.findall(text)
    if not words:
        return Call()
    kind, rest = words[0].lower(), words[1:]
    if kind == "osc" and rest:
        return Osc(rest[0], tuple(_unquoted(word) for word in rest[1:]))
    if kind == "msc" and len(rest) >= 2:
        device = [word for word in rest[2:] if word.startswith("@")]
        numbers = [word for word in rest[2:] if not word.startswith("@")]
        if len(device) > 1 or len(numbers) > 2 or not all(word[1:].isdigit() for word in device):
            raise ValueError("write msc KIND COMMAND NUMBER LIST @DEVICE")
        fields: dict[str, Any] = {"by": "msc", "kind": rest[0], "command": rest[1]}
        fields |= dict(zip(("number", "cue_list"), numbers, strict=False))
        if device:
            fields["device"] = int(device[0][1:])
        return msgspec.convert(fields, Msc)
    if kind == "dmx" and len(rest) >= 2:
        fade = 0
        if len(rest) >= 4 and rest[-2] == "in":
            fade, rest = us_of_text(rest[-1]), rest[:-2]
        universe, slash, channel = rest[0].partition("/")
        if not slash or not all(word.isdigit() for word in (universe, channel, *rest[1:])):
            raise ValueError("write dmx UNIVERSE/CHANNEL LEVEL LEVEL ... in SECONDS")
        return Dmx(int(universe), int(channel), tuple(int(word) for word in rest[1:]), fade)
    raise ValueError("a message begins with osc, msc or dmx and says what to send")


def _unquoted(word: str) -> Value:
    if len(word) >= 2 and word[0] == word[-1] == '"':
        return re.sub(r"\\(.)", r"\1", word[1:-1], flags=re.DOTALL)
    return _value(word)


def rows_of_stage(show: Show, shown: Shown) -> list[list[str]]:
    """Id, moment, department, name, message and note of every stage cue."""
    return [
        [cue.id, shown(cue.when), track.name, cue.name, text_of_action(cue.action), cue.note]
        for track in show.stage
        for cue in track.cues
    ]


def rows_of_captions(show: Show, shown: Shown) -> list[list[str]]:
    """Id, moment, length in seconds, Chinese, English and speaker of every caption."""
    return [
        [
            c.id,
            shown(c.when),
            f"{c.duration_us / US:g}",
            c.zh.replace("\n", " / "),
            c.en.replace("\n", " / "),
            c.speaker,
        ]
        for c in show.captions
    ]


def _moment(text: str, before: When | None, shown: Shown, read: Read) -> When:
    # a moment that was not touched stays what it was: a beat stays a beat, a microsecond is not rounded away
    return before if before is not None and shown(before) == text else read(text)


def stage_of_rows(show: Show, rows: Sequence[Sequence[str]], shown: Shown, read: Read) -> tuple[StageTrack, ...]:
    """The stage tracks of rows as `rows_of_stage` gives them; a row without an id is a new cue.

    A track for each department; tracks that exist keep their id and whether they are muted. Raises BadInput naming the
    row and what is wrong.
    """
    known = {cue.id: cue for track in show.stage for cue in track.cues}
    fresh = iter(fresh_ids([*known, *(row[0] for row in rows)], "q", len(rows)))
    held: dict[str, list[StageCue]] = {track.name: [] for track in show.stage}
    for number, row in enumerate(rows, 1):
        name_of_cue, moment, department, name, message, note = (cell.strip() for cell in row)
        before = known.get(name_of_cue)
        try:
            when = _moment(moment, before.when if before is not None else None, shown, read)
            same = before is not None and text_of_action(before.action) == message
            action = before.action if same and before is not None else action_of_text(message)
            cue = StageCue(name_of_cue or next(fresh), name, when, action, note)
        except (ValueError, BadInput) as error:
            raise BadInput(f"stage cue in row {number}: {error}") from None
        held.setdefault(department, []).append(cue)
    _refuse_twice("stage cue", [cue.id for cues in held.values() for cue in cues])
    tracks = {track.name: track for track in show.stage}
    ids = iter(fresh_ids([track.id for track in show.stage], "s", len(held)))
    out = []
    for department, cues in held.items():
        track = tracks.get(department) or StageTrack(next(ids), department)
        if cues:
            out.append(msgspec.structs.replace(track, cues=tuple(cues)))
    return tuple(out)


def captions_of_rows(show: Show, rows: Sequence[Sequence[str]], shown: Shown, read: Read) -> tuple[Caption, ...]:
    """The captions of rows as `rows_of_captions` gives them; raises BadInput naming the row."""
    known = {caption.id: caption for caption in show.captions}
    fresh = iter(fresh_ids([*known, *(row[0] for row in rows)], "n", len(rows)))
    out = []
    for number, row in enumerate(rows, 1):
        name, moment, length, zh, en, speaker = (cell.strip() for cell in row)
        before = known.get(name)
        try:
            when = _moment(moment, before.when if before is not None else None, shown, read)
            lasts = before.duration_us if before and f"{before.duration_us / US:g}" == length else us_of_text(length)
            zh, en = ("\n".join(part.strip() for part in text.split(" / ")) for text in (zh, en))
            out.append(Caption(name or next(fresh), when, lasts, zh, en, speaker))
        except (ValueError, BadInput) as error:
            raise BadInput(f"caption in row {number}: {error}") from None
    _refuse_twice("caption", [caption.id for caption in out])
    return tuple(out)


def _refuse_twice(kind: str, ids: Sequence[str]) -> None:
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise BadInput(f"the {kind} id {twice[0]!r} is used twice")
