"""Text of an effect description -> lexemes: numbers with units, known words, groups, signs, and words kept verbatim."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from showeditor.effects.words import Word, is_han, vocabulary
from showeditor.model.errors import BadInput

LONGEST = 20_000

_UNITS = {
    "mm": "mm", "毫米": "mm", '"': "in", "in": "in", "inch": "in", "inches": "in", "寸": "in", "号": "in",
    "s": "s", "sec": "s", "seconds": "s", "second": "s", "秒": "s", "m": "m", "米": "m",
    "degrees": "deg", "degree": "deg", "deg": "deg", "°": "deg", "度": "deg",
    "shot": "shot", "shots": "shot", "发": "shot", "row": "row", "rows": "row", "排": "row",
    "pft": "PFT", "lft": "LFT", "dly": "DLY", "dur": "DUR", "cds": "CDS", "htm": "HTM",
}  # fmt: skip

_NUMBER = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)")
_RANGE = re.compile(r"(\d+)-(\d+)(?![\d.])")
_UNIT = re.compile(
    r"\s?(mm|毫米|inches|inch|in|\"|寸|号|degrees|degree|deg|°|度|shots|shot|发|rows|row|排"
    r"|(?:[sm]\s)?(?:pft|lft|dly|dur|cds|htm)|seconds|second|sec|s|秒|m|米)(?![a-z0-9/-])",
    re.IGNORECASE,
)
_LEAN = re.compile(r"([rl])(\d{1,3})(?![\w.])", re.IGNORECASE)
_PLAIN = re.compile(r"[^\s+&,;(){}\"]+")
_QUOTES = str.maketrans({"″": '"', "”": '"', "“": '"', "，": ",", "、": ",", "；": ";", "–": "-"})


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One unit of a description.

    `kind`: number (`value`, `text` its unit), range (`value`, `upto`), lean (`value` degrees to the right), group
    (`text` between round brackets), sign (`+ ,`), unknown (`text` verbatim), or the kind of a known word (`text` its
    canonical form; `value` 1 for an `And` that stands for `&`).
    """

    kind: str
    text: str = ""
    value: float = 0.0
    upto: float = 0.0


def lex(text: str) -> tuple[Lexeme, ...]:
    """The lexemes of a description; raises BadInput for control characters, huge texts and impossible numbers."""
    if len(text) > LONGEST:
        raise BadInput(f"an effect description may hold {LONGEST} characters at most, this one has {len(text)}")
    for letter in text:
        if unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\t\n\r":
            raise BadInput(f"an effect description must not hold the control character U+{ord(letter):04X}")
    plain = unicodedata.normalize("NFKC", text.translate(_QUOTES)).translate(_QUOTES)
    return tuple(_phrases(list(_raw(plain))))


def _raw(text: str) -> Iterator[Lexeme]:
    at = 0
    while at < len(text):
        letter = text[at]
        if letter.isspace() or letter in ';})"':
            at += 1
        elif letter in "+,&":
            yield Lexeme("join", "&") if letter == "&" else Lexeme("sign", letter)
            at += 1
        elif letter in "({":
            end = text.find(")" if letter == "(" else "}", at)
            if end < 0:
                at += 1
                continue
            inside = text[at + 1 : end].strip()
            if inside:
                yield Lexeme("group" if letter == "(" else "unknown", inside)
            at = end + 1
        elif found := _RANGE.match(text, at):
            yield Lexeme("range", "", _number(found[1]), _number(found[2]))
            at = found.end()
        elif found := _NUMBER.match(text, at):
            value = _number(found[0])
            at = found.end()
            unit = _UNIT.match(text, at)
            if unit:
                yield Lexeme("number", _UNITS[unit[1].lower().removeprefix("s ").removeprefix("m ")], value)
                at = unit.end()
            else:
                # a number that runs into letters (2nd, 3x) is a word
                tail = _PLAIN.match(text, at)
                if tail and not is_han(tail[0][0]) and tail[0][0] not in "/-*":
                    yield Lexeme("word", found[0] + tail[0])
                    at = tail.end()
                else:
                    yield Lexeme("number", "", value)
        elif found := _LEAN.match(text, at):
            degrees = _number(found[2])
            yield Lexeme("lean", "", degrees if found[1].lower() == "r" else -degrees)
            at = found.end()
        elif is_han(letter):
            end = at
            while end < len(text) and is_han(text[end]):
                end += 1
            yield from _han(text[at:end])
            at = end
        elif width := _mixed(text, at):
            yield Lexeme("word", text[at : at + width])
            at += width
        elif text[at : at + 2].lower() == "w/":
            yield Lexeme("join", "With")
            at += 2
        else:
            end = at
            while end < len(text) and not text[end].isspace() and text[end] not in '+&,;(){}"':
                if is_han(text[end]):
                    break
                end += 1
            yield Lexeme("word", text[at:end])
            at = end


def _mixed(text: str, at: int) -> int:
    """The length of a known word of one Latin letter and Chinese ones (Z形) that stands here, or 0."""
    if not is_han(text[at + 1 : at + 2] or " "):
        return 0
    phrases = vocabulary().phrases
    return next((n for n in range(4, 1, -1) if text[at : at + n].lower() in phrases), 0)


def _number(text: str) -> float:
    if len(text) > 12:
        raise BadInput(f"the number {text[:12]}… is too long for an effect description")
    return float(text)


def _han(run: str) -> Iterator[Lexeme]:
    known = vocabulary()
    at = 0
    strange = ""
    while at < len(run):
        for width in range(min(known.longest_han, len(run) - at), 0, -1):
            word = known.han.get(run[at : at + width])
            if word:
                if strange:
                    yield Lexeme("unknown", strange)
                    strange = ""
                yield _of(word)
                at += width
                break
        else:
            strange += run[at]
            at += 1
    if strange:
        yield Lexeme("unknown", strange)


def _of(word: Word) -> Lexeme:
    return Lexeme(word.kind, word.text)


def _phrases(raw: list[Lexeme]) -> Iterator[Lexeme]:
    known = vocabulary()
    at = 0
    while at < len(raw):
        if raw[at].kind != "word":
            yield raw[at]
            at += 1
            continue
        run = 1
        while run < known.longest_phrase and at + run < len(raw) and raw[at + run].kind == "word":
            run += 1
        for width in range(run, 0, -1):
            phrase = " ".join(piece.text for piece in raw[at : at + width]).lower()
            word = known.phrases.get(phrase)
            if word:
                # And may mean &, + or w/; the sign itself may not
                yield Lexeme(word.kind, word.text, value=float(phrase == "and"))
                at += width
                break
        else:
            yield Lexeme("unknown", raw[at].text)
            at += 1
