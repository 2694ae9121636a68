"""Findings are grouped, filtered, walked through, read out whole and copied; margins are told when all is clear too."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QTreeWidgetItem
from pytestqt.qtbot import QtBot
from showeditor.model.finding import Finding
from showeditor.model.music import AtTime
from showeditor.model.waiver import Waiver
from showeditor.safety.waivers import accepted
from showeditor.ui.app import Studio
from showeditor.ui.panels.findings_rows import details, groups, number, plain, span_text, waiver_of
from showeditor.ui.timeline.drop import insert_effect

NEAR = Finding("DRN-001", "block", "Drones a and b", "无人机 a 与 b", 1_000_000, 2_500_000, ("a", "b"), 1.5, 2.0, "m")
FAST = Finding("DRN-002", "block", "Drone c is fast", "无人机 c 太快", 3_000_000, 4_000_000, ("c",), 9.0, 8.0, "m/s")
BARE = Finding("CTL-004", "warn", "Cue k has no address", "点火 k 没有地址", 5_000_000, 5_000_000, ("k",))
CLEAR = Finding(
    "DRN-020", "note", "Closest pair 2.31 m", "最近的一对", 9_000_000, 9_000_000, ("a", "d"), 2.31, 2.0, "m"
)
TOLD = Finding("FWK-014", "note", "Water is near", "附近有水面")
ALL = (CLEAR, BARE, NEAR, TOLD, FAST)


def kinds(*args: object, **more: object) -> list[tuple[str, str, int]]:
    return [(g.kind, g.code, len(g.findings)) for g in groups(*args, **more)]


def test_groups_stand_in_the_order_of_their_weight() -> None:
    assert kinds(ALL) == [
        ("block", "DRN-001", 1), ("block", "DRN-002", 1), ("warn", "CTL-004", 1), ("margins", "", 1),
        ("note", "FWK-014", 1),
    ]  # fmt: skip


def test_a_filter_looks_at_codes_words_of_both_languages_and_ids() -> None:
    assert kinds(ALL, text="drn drones") == [("block", "DRN-001", 1)]
    assert kinds(ALL, text="没有地址") == [("warn", "CTL-004", 1)]
    assert kinds(ALL, text="CLOSEST") == [("margins", "", 1)]
    assert kinds(ALL, severities=("warn",)) == [("warn", "CTL-004", 1)]
    assert kinds(ALL, text="nothing like it") == []


def test_what_was_accepted_stands_apart_with_name_and_reason() -> None:
    waiver = Waiver("CTL-004", "Li Gong", "fired by hand", "2026-05-01")
    note = accepted(BARE, waiver, "note")
    assert kinds((note, CLEAR), (waiver,)) == [("accepted", "CTL-004", 1), ("margins", "", 1)]
    assert waiver_of(note, (waiver,)) is waiver
    assert waiver_of(BARE, (waiver,)) is None
    assert dict(details(note, False, (waiver,)))["Accepted"] == "Li Gong, 2026-05-01: fired by hand"


def test_numbers_say_as_much_as_their_size_asks_for() -> None:
    minus = "\u2212"
    assert number(1.5, "m") == "1.50 m"
    assert number(-0.5, "m") == f"{minus}0.50 m"
    assert number(-0.0004, "m") == f"{minus}0.0004 m"
    assert number(123.456, "m") == "123.5 m"
    assert number(4096.0, "") == "4096"
    assert number(None, "m") == ""


def test_details_and_text_carry_everything() -> None:
    told = dict(details(NEAR, False))
    assert told["When"] == "0:01.00 – 0:02.50"
    assert told["Who"] == "a, b"
    assert (told["Measured"], told["Limit"]) == ("1.50 m", "2.00 m")
    assert told["Margin"].endswith("0.50 m")
    assert "formations" in told["Remedy"]
    assert "间距" in dict(details(NEAR, True))["Remedy"]
    assert span_text(TOLD) == ""
    text = plain(NEAR, False)
    assert text.startswith("Stops export DRN-001  Drones a and b")
    assert "Measured: 1.50 m" in text


def rows(studio: Studio) -> list[tuple[str, list[QTreeWidgetItem]]]:
    tree = studio.window.findings._tree
    heads = [tree.topLevelItem(g) for g in range(tree.topLevelItemCount())]
    return [(h.text(0), [c for i in range(h.childCount()) if (c := h.child(i))]) for h in heads if h is not None]


def checked(studio: Studio, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: studio.session.state.fresh, timeout=60_000)


def two_faults(studio: Studio, qtbot: QtBot) -> None:
    # one fires before the show begins and has no address, one has none
    insert_effect(studio.desk, "75mm Red Peony", AtTime(500_000), "t01")
    insert_effect(studio.desk, "75mm Red Peony", AtTime(20_000_000), "t01")
    checked(studio, qtbot)


def test_the_panel_filters_toggles_and_walks(studio: Studio, qtbot: QtBot) -> None:
    two_faults(studio, qtbot)
    panel, window = studio.window.findings, studio.window
    titles = [title for title, _ in rows(studio)]
    assert any(t.startswith("Stops export · CTL-001 · 1") for t in titles)
    assert any(t.startswith("Margins · ") for t in titles)
    found = studio.session.findings
    assert panel.toggles["block"].text().endswith(str(sum(f.severity == "block" for f in found)))
    panel.toggles["note"].setChecked(False)
    assert not any(t.startswith(("Margins", "Note")) for t, _ in rows(studio))
    panel.toggles["note"].setChecked(True)
    qtbot.keyClicks(panel.filter, "ctl-004")
    assert [t.split(" · ")[1] for t, _ in rows(studio)] == ["CTL-004"]
    panel.filter.clear()
    window.commands["check_next"].trigger()
    first = panel._current()
    window.commands["check_next"].trigger()
    assert panel._current() is not first
    window.commands["check_previous"].trigger()
    assert panel._current() is first
    assert first is not None
    assert studio.session.playhead_us == max(0, first.t0_us)
    window.commands["check_previous"].trigger()
    last = rows(studio)[-1][1][-1]
    assert panel._tree.currentItem() is last


def test_the_chosen_finding_is_read_out_and_copied(studio: Studio, qapp: QApplication, qtbot: QtBot) -> None:
    two_faults(studio, qtbot)
    panel = studio.window.findings
    panel._tree.setCurrentItem(next(c for t, cs in rows(studio) if "CTL-001" in t for c in cs))
    finding = panel._current()
    assert finding is not None
    assert panel.detail.finding is finding
    assert "Remedy" in panel.detail.text.accessibleName()
    assert "Move the bloom later" in panel.detail.text.accessibleName()
    panel.copy()
    assert QGuiApplication.clipboard().text().count("\n") >= 2
    assert "CTL-001" in QGuiApplication.clipboard().text()
    assert "CTL-004" not in QGuiApplication.clipboard().text()
    qtbot.mouseClick(panel._copy, Qt.MouseButton.LeftButton)
    text = QGuiApplication.clipboard().text()
    assert all(f.code in text for f in studio.session.findings)
    studio.window.set_language("zh_CN")
    qapp.processEvents()
    panel._tree.setCurrentItem(next(c for t, cs in rows(studio) if "CTL-001" in t for c in cs))
    assert "处理办法" in panel.detail.text.accessibleName()


def test_margins_are_told_when_nothing_is_wrong(studio: Studio, qtbot: QtBot) -> None:
    panel = studio.window.findings
    checked(studio, qtbot)
    studio.session._set(findings=(CLEAR, TOLD))
    panel._fill()
    (title, (row,)), (other, _) = rows(studio)
    assert title == "Margins · 1"
    assert other == "Note · FWK-014 · 1"
    assert [row.text(k) for k in range(6)] == ["0:09.00", "Closest pair 2.31 m", "2.31 m", "2.00 m", "0.31 m", "a, d"]


def test_ten_thousand_findings_are_listed_in_parts(studio: Studio, qtbot: QtBot) -> None:
    checked(studio, qtbot)
    many = tuple(Finding("DRN-001", "block", f"pair {k}", f"第 {k} 对", k, k + 9, ("a",)) for k in range(10_000))
    studio.session._set(findings=many)
    panel = studio.window.findings
    panel._fill()
    ((title, listed),) = rows(studio)
    assert title.endswith("10000")
    assert len(listed) == 501
    assert "9500" in listed[-1].text(1)
    panel.filter.setText("pair 9999")
    ((_, listed),) = rows(studio)
    assert [row.text(1) for row in listed] == ["pair 9999"]
