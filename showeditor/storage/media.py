"""The files that a show refers to, and those of them that are not there.

MEDIA-MISSING warn: a sound, picture or film of the show is not in its folder. Remedy: put it back, or choose another.
"""

from collections.abc import Iterator
from pathlib import Path

from showeditor.model.finding import Finding
from showeditor.model.show import Show
from showeditor.model.venue import Venue
from showeditor.storage.files import read_bytes

MISSING = "MEDIA-MISSING"


def missing_media(show: Show, folder: Path) -> tuple[Finding, ...]:
    """A warning for each media file of the show that is not in its folder; the firing and flight files do without."""
    return tuple(
        Finding(
            MISSING,
            "warn",
            f"The {what} {name} is not beside the show in {folder}",
            f"{folder} 中没有演出所用的{what_zh} {name}",
            t0_us=at_us,
            t1_us=at_us,
            ids=(name,),
        )
        for name, what, what_zh, at_us in _named(show)
        if not (folder / name).is_file()
    )


def backdrop_files(venue: Venue, folder: Path) -> dict[str, bytes]:
    """The pictures of a venue that are there, by file name; raises BadFile for one that cannot be read."""
    names = {part.file for part in (venue.plan_image, venue.terrain, venue.panorama) if part is not None}
    return {name: read_bytes(folder / name) for name in sorted(names) if (folder / name).is_file()}


def _named(show: Show) -> Iterator[tuple[str, str, str, int]]:
    music, venue = show.music, show.venue
    if music is not None:
        begin = max(0, music.start_us)
        for name, what, what_zh in ((music.file, "music file", "音乐文件"), (music.score, "score", "乐谱")):
            if name is not None:
                yield name, what, what_zh, begin
    for part, what, what_zh in (
        (venue.plan_image, "plan image", "平面底图"),
        (venue.terrain, "height map", "高程图"),
        (venue.panorama, "panorama", "全景图"),
    ):
        if part is not None:
            yield part.file, what, what_zh, 0
