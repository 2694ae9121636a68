"""Every writer that says its files are ASCII writes ASCII for any name, Chinese as pinyin, and never a stand-in `?`."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from showeditor.export.names import ascii_text
from showeditor.export.registry import formats
from showeditor.model.plan import Plan

from plans_by_hand import firing_of

ASCII = sorted(
    one.id
    for one in formats().values()
    if one.writes and one.reads and "ascii" in str(dict(one.limits).get("encoding", "")).lower()
)

# any Unicode that a person can type or paste, without the question mark itself
NAMES = st.text(
    st.characters(blacklist_categories=("Cs",), blacklist_characters="?") | st.sampled_from("红牡丹爆裂银柳①㎜é"),
    min_size=1,
    max_size=12,
)


def fired(title: str, effect: str, place: str) -> Plan:
    firing = firing_of([(effect, 1, 1, 10_000_000), (effect, 1, 2, 12_000_000)], calibre_mm=75.0)
    return Plan(title, 60_000_000, firing=replace(firing, position=(place, place)))


def test_the_formats_that_are_documented_as_ascii_are_among_them() -> None:
    assert {"cobra-3", "cobra-4", "cobra-5", "cobra-6", "cobra-7", "firetek", "merlin"} <= set(ASCII)


@pytest.mark.parametrize("name", ASCII)
@settings(max_examples=15)
@given(title=NAMES, effect=NAMES, place=NAMES)
def test_files_are_ascii_and_hold_no_stand_in(name: str, title: str, effect: str, place: str) -> None:
    if not (title.strip() and effect.strip() and place.strip()):
        return
    form = formats()[name]
    plan = fired(title, effect, place)
    for file, data in form.write(plan).items():
        assert data.isascii(), file
        assert b"?" not in data
        assert file.isascii()
        assert "?" not in file
    assert len(form.read(form.write(plan), name).firing) == 2


@pytest.mark.parametrize("name", ASCII)
def test_chinese_is_pinyin(name: str) -> None:
    written = b"".join(formats()[name].write(fired("云起", "红牡丹", "左岸")).values()).decode("ascii")
    assert "Hong Mu Dan" in written


@given(st.text(max_size=40))
def test_transliteration_keeps_question_marks_and_makes_none(text: str) -> None:
    said = ascii_text(text)
    assert said.isascii()
    # the full-width question mark is one too
    assert said.count("?") <= sum(text.count(mark) for mark in "?？¿⁇⁈⁉︖﹖‽❓❔⸮؟¿?") + text.count("⁇")
