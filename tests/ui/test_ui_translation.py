"""Every text of the interface has a finished Chinese translation that keeps its placeholders."""

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
from showeditor.model.errors import BadFile
from showeditor.ui.language import TsTranslator, read_ts

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def update() -> ModuleType:
    spec = importlib.util.spec_from_file_location("update_ts", ROOT / "assets/translations/update.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["update_ts"] = module
    spec.loader.exec_module(module)
    return module


def test_every_text_is_translated(update: ModuleType) -> None:
    assert update.missing() == []


def test_nothing_is_translated_that_is_gone(update: ModuleType) -> None:
    assert set(update.translations()) <= set(update.all_texts())


def test_placeholders_survive(update: ModuleType) -> None:
    for (context, text), told in update.translations().items():
        wanted, got = (sorted(re.findall(r"\{\w*\}", t)) for t in (text, told))
        assert wanted == got, f"{context}: {text!r} -> {told!r}"


def test_extraction_refuses_another_receiver(update: ModuleType) -> None:
    assert update.texts_of('class A:\n def f(self):\n  self.tr("x"); word("y")') == [("A", "x"), ("Words", "y")]
    with pytest.raises(ValueError, match="self"):
        update.texts_of('class A:\n def f(self):\n  other.tr("x")')
    with pytest.raises(ValueError, match="literal"):
        update.texts_of("class A:\n def f(self, x):\n  self.tr(x)")


def test_translator_answers_from_the_file() -> None:
    texts = read_ts(ROOT / "assets/translations/showeditor_zh_CN.ts")
    translator = TsTranslator(texts)
    assert translator.translate("Menus", "&File") == "文件(&F)"
    assert translator.translate("Menus", "no such text") == "no such text"


def test_unfinished_and_torn_files(tmp_path: Path) -> None:
    file = tmp_path / "x.ts"
    file.write_text(
        '<TS><context><name>A</name><message><source>a</source><translation type="unfinished">b</translation></message>'
        "<message><source>c</source><translation>d</translation></message></context></TS>",
        encoding="utf-8",
    )
    assert read_ts(file) == {("A", "c", ""): "d"}
    file.write_text("<TS><context>", encoding="utf-8")
    with pytest.raises(BadFile, match=r"x\.ts"):
        read_ts(file)
