"""Subtitles in Chinese and English: SubRip and WebVTT, one file for each language."""

import html
import re
from collections.abc import Iterable

from exporters.control import not_before_zero
from exporters.texts import clock_text, head_lines, lines_of, one_line, time_of
from showeditor.export.format import Carried, Files
from showeditor.export.names import file_stem
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.plan import Plan
from showeditor.model.stage import CaptionSpan
from showeditor.model.times import round_half_up

LANGUAGES = ("zh", "en")
_TIMES = re.compile(r"^\s*([0-9:]+[.,][0-9]{3})\s+-->\s+([0-9:]+[.,][0-9]{3})(?:\s.*)?$")
_VOICE = re.compile(r"^<v(?:\.[^ >]*)? ([^>]*)>(.*)$", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_SRT_TAG = re.compile(r"</?(?:b|i|u|font)(?: [^<>]*)?>|\{\\an?[0-9]+\}", re.IGNORECASE)


def with_words(plan: Plan) -> Carried:
    """The captions that have words in either language."""
    return Carried(captions=tuple(i for i, c in enumerate(plan.captions) if c.zh or c.en))


def _span(format_id: str, caption: CaptionSpan, comma: str) -> str:
    not_before_zero(format_id, f"caption {caption.id}", caption.t0_us)
    t0, t1 = round_half_up(caption.t0_us, 1000), round_half_up(caption.t1_us, 1000)
    if t1 <= t0:
        raise Unfit(format_id, f"caption {caption.id}", "is shorter than a millisecond")
    return " --> ".join(clock_text(t, 1000).replace(".", comma) for t in (t0, t1))


def _by_language(plan: Plan, carried: Carried) -> Iterable[tuple[str, list[tuple[CaptionSpan, str]]]]:
    for language in LANGUAGES:
        rows = [(plan.captions[i], str(getattr(plan.captions[i], language))) for i in carried.captions]
        rows = [(caption, "\n".join(one_line(part) for part in text.split("\n"))) for caption, text in rows if text]
        for caption, text in rows:
            if any(not part for part in text.split("\n")):
                raise Unfit("subtitles", f"caption {caption.id}", "has a line without words")
        if rows:
            yield language, rows


def write_srt(plan: Plan, carried: Carried) -> dict[str, bytes]:
    """`NAME.zh.srt` and `NAME.en.srt`, those of them that have words."""
    out = {}
    for language, rows in _by_language(plan, carried):
        blocks = [
            f"{number}\n{_span('subtitles-srt', caption, ',')}\n{text}\n\n"
            for number, (caption, text) in enumerate(rows, 1)
        ]
        out[f".{language}.srt"] = "".join(blocks).replace("\n", "\r\n").encode("utf-8", "replace")
    return out


def write_vtt(plan: Plan, carried: Carried) -> dict[str, bytes]:
    """`NAME.zh.vtt` and `NAME.en.vtt`, with the speakers as voices."""
    out = {}
    for language, rows in _by_language(plan, carried):
        blocks = [f"WEBVTT\nLanguage: {language}\n\n"]
        for number, (caption, text) in enumerate(rows, 1):
            words = html.escape(text, quote=False)
            speaker = html.escape(one_line(caption.speaker), quote=False)
            voice = f"<v {speaker}>" if speaker else ""
            blocks.append(f"{number}\n{_span('subtitles-vtt', caption, '.')}\n{voice}{words}\n\n")
        blocks.append("NOTE end\n")
        out[f".{language}.vtt"] = "".join(blocks).encode("utf-8", "replace")
    return out


def _blocks(lines: list[str]) -> Iterable[tuple[int, list[str]]]:
    """Runs of lines between empty ones, and the number of the first line of each."""
    begin, block = 1, list[str]()
    for number, line in enumerate([*lines, ""], 1):
        if line.strip():
            begin = begin if block else number
            block.append(line)
        elif block:
            yield begin, block
            block = []


def _caption(number: int, block: list[str], file: str) -> tuple[int, int, str]:
    if "-->" not in block[0]:
        block, number = block[1:], number + 1
    found = _TIMES.match(block[0]) if block else None
    if found is None:
        raise BadFile(file, f"line {number}", "the times of a caption were expected")
    t0, t1 = (time_of(part.replace(",", ".")) for part in found.groups())
    if t0 is None or t1 is None or not 0 <= t0 < t1:
        raise BadFile(file, f"line {number}", "a caption that ends after it begins was expected")
    return t0, t1, "\n".join(block[1:])


def read_srt(files: Files, name: str) -> Plan:
    """The captions of SubRip files; raises BadFile with the line."""
    parts = []
    for file in sorted(files):
        shown = file if len(files) > 1 else name
        if not files[file].endswith(b"\n"):
            raise BadFile(shown, "", "a line end was expected after the last caption (torn file?)")
        parts += [
            (_language(file, text), t0, t1, "", _SRT_TAG.sub("", text))
            for t0, t1, text in (_caption(at, block, shown) for at, block in _blocks(lines_of(files[file], shown)))
        ]
    return _merged(parts, name, ".srt")


def read_vtt(files: Files, name: str) -> Plan:
    """The captions of WebVTT files with their voices; raises BadFile with the line."""
    parts = []
    for file in sorted(files):
        shown = file if len(files) > 1 else name
        lines = lines_of(files[file], shown)
        if not lines or not lines[0].startswith("WEBVTT"):
            raise BadFile(shown, "line 1", "WEBVTT was expected")
        for at, block in list(_blocks(lines))[1:]:
            if block[0].startswith(("NOTE", "STYLE", "REGION")):
                continue
            t0, t1, text = _caption(at, block, shown)
            voice = _VOICE.match(text)
            speaker, text = (voice[1], voice[2]) if voice else ("", text)
            parts.append((_language(file, text), t0, t1, html.unescape(speaker), html.unescape(_TAG.sub("", text))))
    return _merged(parts, name, ".vtt")


def _language(file: str, text: str) -> str:
    tag = file.lower().rsplit(".", 2)
    if len(tag) == 3 and tag[1][:2] in LANGUAGES:
        return tag[1][:2]
    return "zh" if any("\u4e00" <= c <= "\u9fff" for c in text) else "en"


def _merged(parts: list[tuple[str, int, int, str, str]], name: str, ending: str) -> Plan:
    """Captions of both languages that begin and end together are one."""
    made: dict[tuple[int, int, int], dict[str, str]] = {}
    seen: dict[tuple[str, int, int], int] = {}
    for language, t0, t1, speaker, text in parts:
        turn = seen.get((language, t0, t1), 0)
        seen[(language, t0, t1)] = turn + 1
        one = made.setdefault((t0, t1, turn), {"speaker": ""})
        one[language] = text
        one["speaker"] = one["speaker"] or speaker
    if not made:
        raise BadFile(name, "", "captions were expected")
    spans = [
        CaptionSpan(f"caption {n}", t0, t1, words.get("zh", ""), words.get("en", ""), words["speaker"])
        for n, ((t0, t1, _), words) in enumerate(sorted(made.items()), 1)
    ]
    title = name.replace("\\", "/").rpartition("/")[2].removesuffix(ending)
    for language in LANGUAGES:
        title = title.removesuffix(f".{language}")
    return Plan(file_stem(title), max(s.t1_us for s in spans), captions=tuple(spans))


def tells_srt(name: str, head: bytes) -> bool:
    """Whether a file begins with a numbered caption."""
    lines = head_lines(head)
    return name.lower().endswith(".srt") and len(lines) > 1 and any("-->" in line for line in lines[:3])


def tells_vtt(name: str, head: bytes) -> bool:
    """Whether a file calls itself WebVTT."""
    return name.lower().endswith(".vtt") and head.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT")
