import pytest
from hypothesis import given
from hypothesis import strategies as st
from showeditor.export.names import ascii_text, file_stem, safe_member


@pytest.mark.parametrize(
    ("text", "ascii_form"),
    [
        ("云起河湾", "Yun Qi He Wan"),
        ("《火》 Red", "Huo Red"),
        ("绿色Peony", "Lv Se Peony"),
        ("café – 3×75", "cafe - 3x75"),
        ("かな", "kana"),
        ("🎆", "Fireworks"),
        ("a\tb\r\nc", "a b c"),
        ("红，蓝。", "Hong, Lan."),
    ],
)
def test_ascii(text, ascii_form):
    assert ascii_text(text) == ascii_form


@given(st.text())
def test_ascii_is_ascii_and_settled(text):
    once = ascii_text(text)
    assert once.isascii()
    assert once == once.strip()
    assert ascii_text(once) == once
    assert not any(ord(c) < 32 or ord(c) == 127 for c in once)


@given(st.text(), st.booleans())
def test_file_stems_are_safe_everywhere(text, ascii_only):
    stem = file_stem(text, ascii_only=ascii_only)
    assert stem
    assert not set(stem) & set('<>:"/\\|?*\0')
    assert stem not in (".", "..")
    assert stem[-1] not in ". "
    assert len(stem.encode()) <= 240
    assert safe_member(f"{stem}.csv")


@pytest.mark.parametrize(
    "name", ["", "/a", "../a", "a//b", "a/../b", "a\\b", "C:x", "con.csv", "a/nul", ".hidden", "a ", "a/b.", "x\0y"]
)
def test_unsafe_members(name):
    assert not safe_member(name)


@pytest.mark.parametrize("name", ["a", "D001.skyb", "east/cobra.csv", "云起河湾.skyc", "v1.2-b (x).csv"])
def test_safe_members(name):
    assert safe_member(name)
