from pathlib import Path

from showeditor.model.music import Music
from showeditor.model.show import Show
from showeditor.model.times import US
from showeditor.storage.media import missing_media


def test_missing_files_are_named_with_their_folder(tmp_path: Path) -> None:
    (tmp_path / "a.mid").write_bytes(b"MThd")
    show = Show("x", 60 * US, music=Music(file="音乐.ogg", score="a.mid"))
    (found,) = missing_media(show, tmp_path)
    assert found.ids == ("音乐.ogg",)
    assert found.severity == "warn"
    assert str(tmp_path) in found.message
    (tmp_path / "音乐.ogg").write_bytes(b"OggS")
    assert missing_media(show, tmp_path) == ()
    assert missing_media(Show("x", US), tmp_path) == ()
