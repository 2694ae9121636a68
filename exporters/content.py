"""What readers of drone files share: sizes, JSON and text within bounds, the step that numbers were rounded to."""

from typing import TypeVar

import msgspec
import numpy as np

from showeditor.export.format import Files
from showeditor.export.names import file_stem
from showeditor.model.arrays import Floats
from showeditor.model.errors import BadFile
from showeditor.model.finding import Finding

BIGGEST = 512_000_000
COARSEST_M = 0.01
_T = TypeVar("_T")


def only(files: Files, name: str, ending: str) -> tuple[str, bytes]:
    """The one file of a set; raises BadFile for none, several or too large ones."""
    if len(files) != 1:
        raise BadFile(name, "", f"one {ending} file was expected, found {len(files)}")
    ((file, data),) = files.items()
    if len(data) > BIGGEST:
        raise BadFile(name, "", f"a file of at most {BIGGEST // 1_000_000} MB was expected")
    return file, data


def json_of(data: bytes, kind: type[_T], file: str) -> _T:
    """JSON text as `kind`; raises BadFile with the place in the text."""
    try:
        return msgspec.json.decode(data, type=kind)
    except RecursionError as error:
        raise BadFile(file, "", "JSON is nested too deeply") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadFile(file, "", f"not the JSON that was expected: {error}") from error


def text_of(data: bytes, file: str) -> str:
    """Text in UTF-8 (a byte order mark is passed over); raises BadFile."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile(file, f"byte {error.start}", "text in UTF-8 was expected") from error


def step_of(values: Floats) -> float:
    """The step that lengths in metres seem to be rounded to: 1 cm at most, 10 um at least, else 0."""
    some = values.ravel()[:200_000]
    for decimals in (2, 3, 4, 5):
        scaled = some * 10.0**decimals
        if np.abs(scaled - np.round(scaled)).max(initial=0.0) < 1e-3:
            return float(10.0**-decimals)
    return 0.0


def clean_name(text: str, otherwise: str) -> str:
    """A name as people can read it, at most 100 characters."""
    return "".join(c for c in text if c.isprintable()).strip()[:100] or otherwise


def title_from(name: str, ending: str) -> str:
    """A title for a file that states none."""
    own = name.replace("\\", "/").rpartition("/")[2]
    return file_stem(own[: -len(ending)] if own.lower().endswith(ending) else own)


def not_read(format_id: str, en: str, zh: str, ids: tuple[str, ...] = ()) -> Finding:
    """A note that something of a file stayed out of the plan."""
    return Finding("FORMAT-LEFT-OUT", "note", f"{format_id}: {en} not read", f"{format_id}：未读取{zh}", ids=ids[:20])
