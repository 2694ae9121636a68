"""The addresses panel and the dialog that gives addresses."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QDialogButtonBox, QTreeWidgetItem
from showeditor.export.receipt import PublishedFormat
from showeditor.model.control import Figures, Licence, Module
from showeditor.model.cue import Address, Controller, Cue, Track
from showeditor.model.music import AtTime, Music
from showeditor.model.show import Show
from showeditor.model.venue import Position, Venue
from showeditor.ui.app import Studio
from showeditor.ui.dialogs.addressing import AddressDialog
from showeditor.ui.dialogs.controllers import ControllersDialog

S = 1_000_000


def site() -> Show:
    places = tuple(Position(f"p{k}", f"P{k}", (15.0 * k, 0.0, 0.0)) for k in range(3))
    cues = tuple(
        Cue(f"c{k}", ("75mm red peony", "100mm gold willow")[k % 2], f"p{k % 3}", AtTime((10 + k) * S))
        for k in range(12)
    )
    boxes = (Controller("A", "cobra-6", "East"), Controller("B", "jingduan", "West"))
    return Show("x", 60 * S, venue=Venue(positions=places), tracks=(Track("t", "t", cues),), controllers=boxes)


def rows(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    return [item.child(i) for i in range(item.childCount())]


def test_the_dialog_says_what_it_will_do_and_does_it(studio: Studio) -> None:
    studio.desk.open(site())
    dialog = AddressDialog(studio.desk, studio.window)
    assert "3 new modules; no way takes fewer" in dialog.outcome.text()
    dialog.apart["position"].setChecked(False)
    dialog.reach.setValue(20.0)
    dialog.spare.setValue(4)
    row = dialog.places.topLevelItem(2)
    choice = dialog.places.itemWidget(row, 1)
    assert isinstance(choice, QComboBox)
    choice.setCurrentIndex(choice.findData("B"))
    dialog.work_out()
    assert dialog.outcome.text().count("1 new modules") == 2
    dialog.accept()
    show = studio.session.show
    assert {c.position: c.address.controller for c in show.cues() if c.address} == {"p0": "A", "p1": "A", "p2": "B"}
    assert [(c.spare_pins, c.cable_m) for c in show.controllers] == [(4, 20.0), (4, 20.0)]
    assert show.venue.positions[2].controller == "B"
    again = AddressDialog(studio.desk, studio.window)
    assert not again.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()
    again.afresh.setChecked(True)
    again.spare.setValue(999)
    again.work_out()
    assert "are to stay free" in again.outcome.text()
    for one in (dialog, again):
        one.deleteLater()


def test_the_panel_shows_modules_pins_and_locks(studio: Studio, qapp: QApplication) -> None:
    show = site()
    track = show.tracks[0]
    addressed = tuple(
        Cue(c.id, c.effect, c.position, c.when, address=Address("A", 1 + k // 8, 1 + k % 8)) if k < 11 else c
        for k, c in enumerate(track.cues)
    )
    studio.desk.open(
        Show("x", 60 * S, venue=show.venue, tracks=(Track("t", "t", addressed),), controllers=show.controllers)
    )
    panel = studio.window.addresses
    panel.fill()
    top = [panel.tree.topLevelItem(i) for i in range(panel.tree.topLevelItemCount())]
    assert [item.text(0) for item in top] == ["A", "B", "Without address"]
    assert "2 modules, 11 of 36 pins taken, 25 free; 1 cues without address" in panel._head.text()
    first = top[0].child(0)
    assert (first.text(0), first.text(3)) == ("Module 1", "8/18")
    first.setExpanded(True)
    pins = rows(first)
    assert [pin.text(0) for pin in pins][:8] == [f"Pin {n}" for n in range(1, 9)]
    assert pins[8].text(1) == "free: 9-18"
    pins[2].setCheckState(0, Qt.CheckState.Checked)
    locked = {c.id for c in studio.session.show.cues() if c.address and c.address.locked}
    assert locked == {"c2"}
    panel.fill()
    first = panel.tree.topLevelItem(0).child(0)
    assert first.isExpanded()
    assert first.child(2).checkState(0) == Qt.CheckState.Checked
    panel.tree.setCurrentItem(panel.tree.topLevelItem(0).child(1))
    panel._choose(panel.tree.currentItem())
    assert studio.session.selection == {"c8", "c9", "c10"}
    panel._set_lock(True)
    assert sum(bool(c.address and c.address.locked) for c in studio.session.show.cues()) == 4
    studio.window.set_language("zh_CN")
    qapp.processEvents()
    assert panel.tree.topLevelItem(0).child(0).text(0) == "模块 1"


def test_rounding_is_told_with_the_receipt(tmp_path: Path) -> None:
    from showeditor.export.receipt import Receipt
    from showeditor.model.limits import Limits
    from showeditor.ui.dialogs.wording import receipt_html

    one = PublishedFormat("cobra-3", "proven", 100_000, 40_000, 0.0, 0.0, 0.0, {"a": 40_000, "b": -20_000, "c": 0})
    receipt = Receipt("x", "p", {}, "", "", "r", "", Limits(), "", (one,), (), ())
    page = receipt_html(receipt, tmp_path, False)
    assert "<td style='padding-right:14px'>2/3</td>" in page
    assert "+40 / -20" in page
    assert "a +40, b -20" in page


def test_what_the_crew_states_comes_into_the_show(studio: Studio, tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(b"RIFF")
    show = site()
    show = Show(
        "x", 60 * S, venue=show.venue, tracks=show.tracks, controllers=show.controllers, music=Music("a.wav", 2 * S)
    )
    studio.desk.open(show, tmp_path / "x.show")
    dialog = ControllersDialog(studio.desk, studio.window)
    east = dialog.forms[0]
    east.follows.setCurrentIndex(2)
    east.modules.give([["5", "p1", "-0:10.0", "1:20.5"], ["", "", "", ""]])
    east.figures["igniters_per_pin"].setText("4")
    east.figures["module_gap_us"].setText("12.5")
    east.take_sound()
    dialog.licences.give([["operator", "Liu", "", "2027-01-31"]])
    dialog.accept()
    assert "figures stand" in dialog.wrong.text()
    assert studio.session.show is show
    east.source.setText("label on the box")
    dialog.accept()
    after = studio.session.show
    one = after.controllers[0]
    assert (one.follows, one.modules) == ("timecode", (Module(5, "p1", -10 * S, 80_500_000),))
    assert one.figures == Figures("label on the box", igniters_per_pin=4, module_gap_us=12_500)
    assert after.licences == (Licence("licence01", "operator", "Liu", "", "2027-01-31"),)
    assert one.sound is not None
    assert after.music is not None
    assert (one.sound.start_us, one.sound.sha256) == (2 * S, after.music.sha256)
    again = ControllersDialog(studio.desk, studio.window)
    again.accept()
    assert studio.session.show is after
    again.licences.give([["operator", "", "", "next year"]])
    again.accept()
    assert "YYYY-MM-DD" in again.wrong.text()
    for box in (dialog, again):
        box.deleteLater()


def test_pins_can_run_by_calibre(studio: Studio) -> None:
    studio.desk.open(site())
    dialog = AddressDialog(studio.desk, studio.window)
    dialog.order.setCurrentIndex(1)
    dialog.accept()
    pins = {c.address.pin: c.effect[:3] for c in studio.session.show.cues() if c.address and c.position == "p0"}
    assert [pins[n] for n in sorted(pins)] == ["75m", "75m", "100", "100"]
    dialog.deleteLater()


def test_pins_are_shared_only_as_far_as_the_controller_states(studio: Studio) -> None:
    show = site()
    cues = tuple(Cue(c.id, "75mm red peony", c.position, AtTime(10 * S)) for c in show.tracks[0].cues)
    stated = Controller("A", "cobra-6", figures=Figures("label", igniters_per_pin=3))
    tracks = (Track("t", "t", cues),)
    studio.desk.open(Show("x", 60 * S, venue=show.venue, tracks=tracks, controllers=(Controller("A", "cobra-6"),)))
    unknown = AddressDialog(studio.desk, studio.window)
    assert not unknown.series.isEnabled()
    studio.desk.open(Show("x", 60 * S, venue=show.venue, tracks=tracks, controllers=(stated,)))
    dialog = AddressDialog(studio.desk, studio.window)
    dialog.series.setValue(9)
    assert dialog.series.value() == 3
    dialog.accept()
    assert len({(c.address.module, c.address.pin) for c in studio.session.show.cues() if c.address}) == 6
    for box in (unknown, dialog):
        box.deleteLater()
