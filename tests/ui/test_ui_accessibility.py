"""Every control has an accessible name, in both languages."""

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from showeditor.ui.accessibility import tree, write_tree
from showeditor.ui.app import Studio
from showeditor.ui.dialogs.about import AboutDialog, ShortcutsDialog
from showeditor.ui.dialogs.export import ExportDialog
from showeditor.ui.dialogs.fan import FanDialog
from showeditor.ui.dialogs.text_formation import TextFormationDialog

# what a user can act on or read; layout containers and separators need no name
_NAMED = {
    "Button", "CheckBox", "RadioButton", "ComboBox", "EditableText", "SpinBox", "MenuItem", "MenuBar", "PopupMenu",
    "Tree", "List", "Table", "PageTab", "PageTabList", "Slider", "ProgressBar", "ToolBar", "Dialog", "StatusBar",
    "ButtonMenu", "ButtonDropDown", "Graphic", "Canvas",
}  # fmt: skip


def nameless(nodes: list[dict[str, Any]], path: str = "") -> list[str]:
    found = []
    for node in nodes:
        here = f"{path}/{node['role']}:{node['name'][:24]}"
        if node["visible"] and node["role"] in _NAMED and not node["name"].strip():
            found.append(here)
        found += nameless(node.get("children", []), here)
    return found


def every(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [n for node in nodes for n in (node, *every(node.get("children", [])))]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_window(studio: Studio, qapp: QApplication, language: str) -> None:
    studio.window.set_language(language)
    qapp.processEvents()
    found = tree()
    assert len(every(found)) > 150
    assert nameless(found) == []


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("kind", ["export", "text", "fan", "shortcuts", "about"])
def test_dialogs(studio: Studio, qapp: QApplication, language: str, kind: str) -> None:
    studio.window.set_language(language)
    window = studio.window
    dialog = {
        "export": lambda: ExportDialog(studio.desk, False, window),
        "text": lambda: TextFormationDialog(studio.desk, None, window),
        "fan": lambda: FanDialog(1, window),
        "shortcuts": lambda: ShortcutsDialog(window.commands, window),
        "about": lambda: AboutDialog(window),
    }[kind]()
    dialog.show()
    qapp.processEvents()
    assert nameless(tree()) == []
    dialog.done(0)
    dialog.deleteLater()


def test_names_change_with_the_language(studio: Studio, qapp: QApplication) -> None:
    names = {}
    for language in ("en", "zh_CN"):
        studio.window.set_language(language)
        qapp.processEvents()
        names[language] = {n["name"] for n in every(tree())}
    assert {"Timeline", "Palette", "Findings"} <= names["en"]
    assert {"时间线", "素材", "检查结果"} <= names["zh_CN"]
    assert not {"Timeline", "Palette", "Findings", "Inspector"} & names["zh_CN"]


def test_the_tree_as_a_file(studio: Studio, tmp_path: Path) -> None:
    write_tree(tmp_path / "tree.json")
    read = json.loads((tmp_path / "tree.json").read_text(encoding="utf-8"))
    play = next(n for n in every(read) if n["role"] == "Button" and n["name"].startswith("Play"))
    assert play["rect"][2] > 10
    assert play["enabled"]
