"""The dialog of live figures: seen while it is set, one step in the history, changed and baked later."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialogButtonBox
from showeditor.model.venue import Position
from showeditor.timeline import figures, parts
from showeditor.timeline.births import born
from showeditor.ui.app import Studio
from showeditor.ui.dialogs.figure import FigureDialog


def with_places(studio: Studio) -> None:
    show = studio.desk.show
    for k in range(5):
        show = parts.put_part(show, born(Position, id=f"F{k}", name=f"F{k}", at_m=(20.0 * k - 40.0, 60.0, 0.0)))
    studio.desk.apply(show, "places", [])


def during(studio: Studio, act: Callable[[FigureDialog], None], name: str = "figure") -> None:
    """Calls a command and, once its dialog is open, acts on it."""
    met: list[FigureDialog] = []

    def go() -> None:
        dialog = studio.window.findChild(FigureDialog)
        assert dialog is not None
        met.append(dialog)
        act(dialog)

    QTimer.singleShot(0, go)
    studio.window.commands[name].trigger()
    assert met


def choose(dialog: FigureDialog, shape: str, order: str) -> None:
    dialog.shape.setCurrentIndex(dialog.shape.findData(shape))
    dialog.order.setCurrentIndex(dialog.order.findData(order))
    for k in range(dialog.places.count()):
        item = dialog.places.item(k)
        wanted = str(item.data(Qt.ItemDataRole.UserRole)).startswith("F")
        item.setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)


def test_a_figure_is_seen_while_it_is_set_and_is_one_step(studio: Studio) -> None:
    with_places(studio)
    before = studio.desk.show
    steps = len(studio.desk.session.undo_labels)

    def act(dialog: FigureDialog) -> None:
        choose(dialog, "cross", "outside-in")
        assert len([c for c in studio.desk.show.cues() if c.group == dialog.start.id]) == 5
        assert studio.desk.session.committed is before
        dialog.accept()

    during(studio, act)
    (figure,) = studio.desk.show.figures
    assert figure.shape == "cross"
    assert len(studio.desk.session.selected_cues()) == 5
    assert len(studio.desk.session.undo_labels) == steps + 1
    studio.window.commands["undo"].trigger()
    assert studio.desk.show is before


def test_escape_leaves_the_show_as_it_was(studio: Studio) -> None:
    with_places(studio)
    before = studio.desk.show

    def act(dialog: FigureDialog) -> None:
        choose(dialog, "w", "together")
        assert studio.desk.show is not before
        dialog.reject()

    during(studio, act)
    assert studio.desk.show is before


def test_a_figure_without_positions_cannot_be_accepted(studio: Studio) -> None:
    with_places(studio)

    def act(dialog: FigureDialog) -> None:
        for k in range(dialog.places.count()):
            dialog.places.item(k).setCheckState(Qt.CheckState.Unchecked)
        assert "needs a position" in dialog._said.text()
        assert not dialog._buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()
        dialog.reject()

    during(studio, act)


def test_a_selected_figure_is_changed_and_then_baked(studio: Studio) -> None:
    with_places(studio)

    def first(dialog: FigureDialog) -> None:
        choose(dialog, "v", "left-right")
        dialog.accept()

    def again(dialog: FigureDialog) -> None:
        assert dialog.shape.currentData() == "v"
        dialog.repeats.setValue(3)
        dialog.accept()

    during(studio, first)
    during(studio, again)
    (figure,) = studio.desk.show.figures
    assert len(figures.members(studio.desk.show, figure.id)) == 30
    studio.window.commands["bake"].trigger()
    assert studio.desk.show.figures == ()
    assert sum(cue.group == figure.id for cue in studio.desk.show.cues()) == 30
