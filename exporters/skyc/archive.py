"""The zip of a `.skyc`: written the same every time, read within bounds that a hostile file cannot talk us out of."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

import msgspec

from showeditor.model.errors import BadFile

MOST_MEMBERS = 60_000
BIGGEST_MEMBER = 16_000_000
BIGGEST_WHOLE = 1_500_000_000
MOST_RATIO = 60
FREE_BYTES = 32_000_000
DEEPEST = 8


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A zip of these members in name order, `show.json` first, with fixed dates: equal members give equal bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(members, key=lambda n: (n != "show.json", n)):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, members[name], compresslevel=4)
    return target.getvalue()


class Archive:
    """A `.skyc` opened for reading; every error is a BadFile that names the member."""

    def __init__(self, data: bytes, file: str) -> None:
        self.file = file
        self.allowance = min(BIGGEST_WHOLE, FREE_BYTES + MOST_RATIO * len(data))
        if data.count(b"PK\x01\x02") > MOST_MEMBERS:
            raise BadFile(file, "", f"at most {MOST_MEMBERS} members were expected")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._names = set(self._zip.namelist())
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, UnicodeDecodeError) as error:
            raise BadFile(file, "", f"a zip archive was expected ({error})") from error
        for name in self._names:
            parts = name.replace("\\", "/").split("/")
            if ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0]:
                raise BadFile(file, name, "a member name inside the archive was expected")

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def members(self) -> list[str]:
        """The names of all members, sorted."""
        return sorted(self._names)

    def content(self, name: str) -> bytes:
        """The bytes of a member, counted against what an archive of this size may unpack to."""
        if name not in self._names:
            raise BadFile(self.file, name, "this member was expected, it is missing")
        most = min(BIGGEST_MEMBER, self.allowance)
        try:
            with self._zip.open(name) as stream:
                data = stream.read(most + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ) as error:
            raise BadFile(self.file, name, f"the member cannot be unpacked ({error})") from error
        if len(data) > most:
            raise BadFile(self.file, name, f"at most {most} bytes were expected (zip bomb?)")
        self.allowance -= len(data)
        return data

    def json(self, name: str) -> Any:
        """A member decoded from JSON."""
        return self.decoded(self.content(name), name, Any)

    def decoded(self, data: bytes, name: str, kind: Any) -> Any:
        """JSON text as `kind`."""
        try:
            return msgspec.json.decode(data, type=kind)
        except RecursionError as error:
            raise BadFile(self.file, name, "JSON is nested too deeply") from error
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise BadFile(self.file, name, f"not the JSON that was expected: {error}") from error

    def target(self, value: object, base: str) -> str | None:
        """The member that `{"$ref": "..."}` points to as seen from member `base`; None for anything else."""
        if not isinstance(value, dict) or "$ref" not in value:
            return None
        ref = value["$ref"]
        if not isinstance(ref, str):
            raise BadFile(self.file, base, "$ref must be a text")
        path, _, fragment = ref.partition("#")
        if fragment not in ("", "/"):
            raise BadFile(self.file, base, f"a reference to a whole member was expected, found {ref!r}")
        name = posixpath.normpath(posixpath.join(posixpath.dirname(base), path))
        if not path or name.startswith(("..", "/")) or "://" in path:
            raise BadFile(self.file, base, f"a reference inside the archive was expected, found {ref!r}")
        return name

    def follow(self, value: object, base: str) -> tuple[object, str]:
        """What `value` stands for and the member it was found in; follows references, at most DEEPEST of them."""
        for _ in range(DEEPEST):
            name = self.target(value, base)
            if name is None:
                return value, base
            value, base = self.json(name), name
        raise BadFile(self.file, base, "references lead in a circle")
