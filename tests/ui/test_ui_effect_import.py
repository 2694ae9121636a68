"""Suppliers' tables and test firings in the window: columns chosen, bad rows named, the palette filled."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog
from showeditor.effects.catalogue import catalogue
from showeditor.storage.catalogues import own_entries, whole_catalogue
from showeditor.ui.app import Studio
from showeditor.ui.dialogs.effect_import import EffectImportDialog

TABLE = "No,Text,口径,高度(m)\nLY-1,gold willow,150mm,180\nLY-2,red peony,6,160\n".encode()


def test_columns_can_be_chosen_and_bad_rows_are_named(studio: Studio) -> None:
    dialog = EffectImportDialog(TABLE, "table.csv", "effects", studio.window)
    ok = dialog._buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert not ok.isEnabled()
    assert dialog.columns["calibre"].currentData() == "口径"
    dialog.columns["id"].setCurrentIndex(dialog.columns["id"].findData("No"))
    dialog.columns["vdl"].setCurrentIndex(dialog.columns["vdl"].findData("Text"))
    assert ok.isEnabled()
    assert [entry.id for entry in dialog.entries] == ["LY-1"]
    assert "row 3, column 口径" in dialog.problems.toPlainText()
    item = dialog.table.item(1, 0)
    assert item is not None
    assert item.text() == "LY-2"


def test_an_imported_effect_is_found_in_the_palette(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "table.csv"
    file.write_text("part number,description,name\nLY-77,150mm gold willow,Golden rain of Liuyang\n", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    monkeypatch.setattr(EffectImportDialog, "exec", lambda self: int(EffectImportDialog.DialogCode.Accepted))
    studio.window.commands["import_effects"].trigger()
    assert [entry.id for entry in own_entries()] == ["LY-77"]
    palette = studio.window.palette_panel
    palette._search.setText("golden rain liuyang")
    shown = [row.text(0) for row in palette._effects.leaves() if not row.isHidden()]
    assert shown == ["Golden rain of Liuyang"]


def test_test_firings_change_the_effect_and_name_strangers(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = catalogue().entries[0].id
    data = f"id,rise time (s)\n{known},3.9\nnobody,4\n".encode()
    dialog = EffectImportDialog(data, "log.csv", "firings", studio.window)
    assert "nobody" in dialog.problems.toPlainText()
    assert [entry.lift_s for entry in dialog.entries] == [3.9]
    file = tmp_path / "log.csv"
    file.write_bytes(data)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    monkeypatch.setattr(EffectImportDialog, "exec", lambda self: int(EffectImportDialog.DialogCode.Accepted))
    studio.window.commands["import_firings"].trigger()
    entry = whole_catalogue().find(known)
    assert entry is not None
    assert entry.lift_s == 3.9
