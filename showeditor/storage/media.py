"""The files that a show refers to, and those of them that are not there."""

from pathlib import Path

from showeditor.model.finding import Finding
from showeditor.model.show import Show

MISSING = "MEDIA-MISSING"


def missing_media(show: Show, folder: Path) -> tuple[Finding, ...]:
    """A warning for each media file of the show that is not in its folder; the firing and flight files do without."""
    music = show.music
    if music is None:
        return ()
    return tuple(
        Finding(
            MISSING,
            "warn",
            f"The {what} {name} is not beside the show in {folder}",
            f"{folder} 中没有演出所用的{what_zh} {name}",
            t0_us=max(0, music.start_us),
            t1_us=max(0, music.start_us),
            ids=(name,),
        )
        for name, what, what_zh in ((music.file, "music file", "音乐文件"), (music.score, "score", "乐谱"))
        if name is not None and not (folder / name).is_file()
    )
