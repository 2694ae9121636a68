"""Names as files and old controllers can hold them: ASCII transliteration and safe file names."""

import re
import unicodedata

_SIGNS = {
    **{"。": ". ", "、": ", ", "，": ", ", "；": "; ", "：": ": ", "【": "[", "】": "]", "〇": "Ling "},
    **dict.fromkeys("《》〈〉「」『』", ""),
    **{"“": '"', "”": '"', "‘": "'", "’": "'", "—": "-", "–": "-", "…": "...", "·": "-", "×": "x"},
    **{"ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "œ": "oe", "ł": "l", "Ł": "L", "đ": "d"},
}
_RESERVED = {"con", "prn", "aux", "nul", *(f"com{i}" for i in range(10)), *(f"lpt{i}" for i in range(10))}


def _han(c: str) -> bool:
    return "\u3400" <= c <= "\u9fff" or "\uf900" <= c <= "\ufaff" or "\U00020000" <= c <= "\U0003ffff"


def _spelt(c: str) -> str:
    """One character that is neither ASCII nor Han, in ASCII letters."""
    if c in _SIGNS:
        return _SIGNS[c]
    plain = "".join(p for p in unicodedata.normalize("NFKD", c) if ord(p) < 128)
    if plain:
        return plain
    category = unicodedata.category(c)
    if category[0] == "Z":
        return " "
    if category[0] in "MC":
        return ""
    name = unicodedata.name(c, "")
    if not name:
        return f"u{ord(c):04x}"
    if " LETTER " in name:
        return name.split(" LETTER ")[1].split(" WITH ")[0].replace(" ", "").replace("-", "").lower()
    return " " + name.title() + " "


def _pinyin(run: str) -> str:
    from pypinyin import Style, lazy_pinyin  # its dictionary takes a moment to load, and most shows do not need it

    syllables = lazy_pinyin(run, style=Style.NORMAL)
    return " ".join(
        s.capitalize() if s.isascii() else "".join(f"u{ord(c):04x}" if _han(c) else _spelt(c) for c in s)
        for s in syllables
    )


def ascii_text(text: str) -> str:
    """`text` in printable ASCII: Chinese as pinyin, accents dropped, other scripts by letter name; no stand-in `?`.

    Runs of spaces and control characters become one space.
    """
    if text.isascii():
        return re.sub(r"[\x00-\x20\x7f]+", " ", text).strip()
    out: list[str] = []
    for run in re.findall(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+|[\x00-\x7f]+|.", text, re.DOTALL):
        if run.isascii():
            out.append(run)
        elif _han(run[0]):
            spaced = " " if out and out[-1][-1:].isalnum() else ""
            out.append(spaced + _pinyin(run) + " ")
        else:
            out.append(_spelt(run))
    joined = re.sub(r"[\x00-\x20\x7f]+", " ", "".join(out)).strip()
    return re.sub(r" ([,.;:!)\]])", r"\1", joined)


def file_stem(text: str, *, ascii_only: bool = False, longest: int = 80) -> str:
    """A file name without extension that every common file system accepts; `show` when nothing is left of `text`."""
    name = ascii_text(text) if ascii_only else unicodedata.normalize("NFC", text)
    name = re.sub(r'[\x00-\x1f\x7f<>:"/\\|?*]+', "-", name)
    name = "".join(c for c in name if unicodedata.category(c)[0] != "C")
    name = re.sub(r"\s+", " ", name).strip(" .-")[:longest].rstrip(" .-")
    while len(name.encode("utf-8", "replace")) > 200:
        name = name[:-1].rstrip(" .-")
    if not name or name.lower().split(".")[0] in _RESERVED:
        return "show"
    return name


def safe_member(name: str) -> bool:
    """Whether `name` is a relative file name (folders joined by `/`) that stays inside its folder."""
    parts = name.split("/")
    return bool(name) and all(part == file_stem(part, longest=len(part) + 1) for part in parts)
