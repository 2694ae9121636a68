"""The small languages inside SVG attributes: numbers, transforms, colours, styles."""

import math
import re
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

import numpy as np

from showeditor.model.arrays import Floats
from showeditor.model.swarm import Rgb

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_TRANSFORM = re.compile(r"\s*,?\s*(\w+)\s*\(([^()]*)\)")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")

_COLOURS = {
    "black": (0, 0, 0), "white": (255, 255, 255), "red": (255, 0, 0), "lime": (0, 255, 0), "green": (0, 128, 0),
    "blue": (0, 0, 255), "yellow": (255, 255, 0), "cyan": (0, 255, 255), "aqua": (0, 255, 255),
    "magenta": (255, 0, 255), "fuchsia": (255, 0, 255), "orange": (255, 165, 0), "gold": (255, 215, 0),
    "purple": (128, 0, 128), "pink": (255, 192, 203), "silver": (192, 192, 192), "gray": (128, 128, 128),
    "grey": (128, 128, 128),
    "navy": (0, 0, 128), "teal": (0, 128, 128), "maroon": (128, 0, 0), "olive": (128, 128, 0), "brown": (165, 42, 42),
    "crimson": (220, 20, 60), "violet": (238, 130, 238), "indigo": (75, 0, 130), "turquoise": (64, 224, 208),
    "skyblue": (135, 206, 235), "orangered": (255, 69, 0), "tomato": (255, 99, 71), "deepskyblue": (0, 191, 255),
}  # fmt: skip
"""CSS colour names that drawings use most."""


@dataclass(frozen=True, slots=True)
class Style:
    """What an element inherits: colour texts (None: never stated), fill rule, whether it is shown."""

    stroke: str | None = None
    fill: str | None = None
    even_odd: bool = False
    hidden: bool = False


def numbers(text: str) -> list[float]:
    """All numbers of a text, units ignored."""
    return [float(found) for found in _NUMBER.findall(text)]


def matrix_of(text: str) -> Floats:
    """The 3 x 3 matrix of a `transform` attribute; raises ValueError for what it cannot read."""
    whole = np.eye(3)
    place = 0
    for found in _TRANSFORM.finditer(text):
        if text[place : found.start()].strip():
            break
        place = found.end()
        whole = whole @ _one(found.group(1), numbers(found.group(2)))
    if text[place:].strip():
        raise ValueError(f"transform {text!r} cannot be read")
    return whole


def _one(verb: str, v: list[float]) -> Floats:
    if verb == "matrix" and len(v) == 6:
        return np.array([[v[0], v[2], v[4]], [v[1], v[3], v[5]], [0, 0, 1.0]])
    if verb == "translate" and len(v) in (1, 2):
        return np.array([[1.0, 0, v[0]], [0, 1, v[1] if len(v) == 2 else 0.0], [0, 0, 1]])
    if verb == "scale" and len(v) in (1, 2):
        return np.diag([v[0], v[-1], 1.0])
    if verb == "rotate" and len(v) in (1, 3):
        c, s = math.cos(math.radians(v[0])), math.sin(math.radians(v[0]))
        turn = np.array([[c, -s, 0], [s, c, 0], [0, 0, 1.0]])
        x, y = (v[1], v[2]) if len(v) == 3 else (0.0, 0.0)
        there, back = np.eye(3), np.eye(3)
        there[:2, 2], back[:2, 2] = (x, y), (-x, -y)
        turned: Floats = there @ turn @ back
        return turned
    if verb in ("skewX", "skewY") and len(v) == 1:
        skew = np.eye(3)
        skew[(0, 1) if verb == "skewX" else (1, 0)] = math.tan(math.radians(v[0]))
        return skew
    raise ValueError(f"transform {verb}{tuple(v)} cannot be read")


def colour_of(text: str | None) -> Rgb | None:
    """The colour of a paint text; None for none, gradients and unknown words. Black, which no light shows, is white."""
    if text is None:
        return None
    word = text.strip().lower()
    found: Rgb | None = None
    if re.fullmatch(r"#[0-9a-f]{3,4}", word):
        found = (int(word[1] * 2, 16), int(word[2] * 2, 16), int(word[3] * 2, 16))
    elif re.fullmatch(r"#[0-9a-f]{6}([0-9a-f]{2})?", word):
        found = (int(word[1:3], 16), int(word[3:5], 16), int(word[5:7], 16))
    elif word.startswith("rgb") and len(numbers(word)) >= 3:
        scale = 2.55 if "%" in word else 1.0
        r, g, b = (min(255, max(0, round(v * scale))) for v in numbers(word)[:3])
        found = (r, g, b)
    else:
        found = _COLOURS.get(word)
    return (255, 255, 255) if found == (0, 0, 0) else found


def rules_of(sheet: str) -> dict[str, dict[str, str]]:
    """Declarations by simple selector (`.name`, `#name`, `tag`) of a style sheet; other selectors are passed over."""
    sheet = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    rules: dict[str, dict[str, str]] = {}
    for selectors, body in _RULE.findall(sheet):
        for selector in selectors.split(","):
            rules.setdefault(selector.strip(), {}).update(declarations(body))
    return rules


def declarations(text: str) -> dict[str, str]:
    """`property: value; ...` as a dictionary."""
    pairs = (part.split(":", 1) for part in text.split(";") if ":" in part)
    return {key.strip().lower(): value.replace("!important", "").strip() for key, value in pairs}


def styled(element: Element, inherited: Style, rules: dict[str, dict[str, str]]) -> Style:
    """An element's style: attributes, then rules by tag, class and id, then its own style attribute."""
    stated = {key: element.get(key, "") for key in ("stroke", "fill", "fill-rule", "display", "visibility", "opacity")}
    stated = {key: value for key, value in stated.items() if value}
    tag = element.tag.rsplit("}", 1)[-1]
    for selector in (tag, *(f".{name}" for name in element.get("class", "").split()), f"#{element.get('id', '')}"):
        stated.update(rules.get(selector, {}))
    stated.update(declarations(element.get("style", "")))
    style = inherited
    if stated.get("stroke", "inherit") != "inherit":
        style = replace(style, stroke=stated["stroke"])
    if stated.get("fill", "inherit") != "inherit":
        style = replace(style, fill=stated["fill"])
    if "fill-rule" in stated:
        style = replace(style, even_odd=stated["fill-rule"] == "evenodd")
    gone = (
        stated.get("display") == "none"
        or stated.get("visibility") == "hidden"
        or numbers(stated.get("opacity", "1")) == [0.0]
    )
    return replace(style, hidden=inherited.hidden or gone)
