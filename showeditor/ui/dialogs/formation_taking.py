"""From an answered dialog to a formation of the show, and back to the dialog to draw it again."""

from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from showeditor.formations.motifs import TITLES
from showeditor.formations.request import Request, text_style
from showeditor.model.swarm import DrawnSource, Formation, Source, SvgSource, TextSource
from showeditor.timeline import scenes
from showeditor.ui.desk import Desk
from showeditor.ui.dialogs.formation_facts import ROOM
from showeditor.ui.dialogs.new_formation import NewFormationDialog
from showeditor.ui.language import word
from showeditor.ui.timeline.drop import insert_formation

MOTIF_NOTE = "motif:"
"""How the source of a formation names the motif that it was drawn from."""


def source_of(request: Request) -> Source:
    """What a show remembers of a request, so that it can be asked again."""
    height = request.height_m if request.height_m is not None else 40.0
    if request.kind == "text" and request.count is None and request.most is None:
        return TextSource(request.source, text_style(request.style), height, request.spacing_m, request.font)
    if request.kind == "svg" and isinstance(request.content, str):
        return SvgSource(request.content, height, request.spacing_m)
    note = MOTIF_NOTE + request.source if request.kind == "motif" else request.source
    return DrawnSource(note)


def start_of(formation: Formation, desk: Desk) -> Request | None:
    """What a formation was asked with, as far as the show remembers; None for points that came from elsewhere."""
    source, have = formation.source, len(formation.points)
    if isinstance(source, TextSource):
        return Request("text", source.text, None, source.style, source.height_m, source.spacing_m, font=source.font)
    if isinstance(source, SvgSource):
        return Request("svg", formation.name, source.svg, "drawn", source.height_m, source.spacing_m)
    name = source.note.removeprefix(MOTIF_NOTE)
    if name == source.note or name not in TITLES:
        return None
    size = formation.points.metres[:, 2]
    spacing = max(3.0, round(ROOM * desk.plan.limits.min_gap_m, 1))
    return Request("motif", name, height_m=round(float(size.max() - size.min()), 1), spacing_m=spacing, most=have)


def new_formation(desk: Desk, parent: QWidget, start: Request | None = None) -> str | None:
    """Asks what to draw and adds it to the show; the formation's id, or None when the user went back."""
    dialog = NewFormationDialog(desk, start, parent)
    try:
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return None
        return take(dialog)
    finally:
        dialog.deleteLater()


def take(dialog: NewFormationDialog) -> str | None:
    """Adds what a dialog has made to the show, and inserts it where that was asked for."""
    request, made, desk = dialog.request(), dialog.made, dialog.desk
    if request is None or made is None:
        return None
    name = dialog.motif.currentText() if request.kind == "motif" else Path(request.source).stem
    drawing = made.drawing
    after, formation = scenes.add_formation(
        desk.show, name, drawing.points, drawing.colours, drawing.path, source_of(request)
    )
    desk.apply(after, word("Add a formation"), [formation])
    if dialog.insert_box.isChecked():
        insert_formation(desk, formation)
    return formation


def redraw(desk: Desk, formation: Formation, parent: QWidget) -> None:
    """Asks anew for a formation whose source the show remembers, and replaces its points."""
    start = start_of(formation, desk)
    if start is None:
        return
    dialog = NewFormationDialog(desk, start, parent)
    dialog.insert_box.hide()
    try:
        request = dialog.request() if dialog.exec() == QDialog.DialogCode.Accepted else None
        made = dialog.made
    finally:
        dialog.deleteLater()
    if request is None or made is None:
        return
    drawing = made.drawing
    after = scenes.change_formation(
        desk.show,
        formation.id,
        points=drawing.points,
        colours=drawing.colours,
        path=drawing.path,
        source=source_of(request),
    )
    desk.apply(after, word("Draw a formation again"), [formation.id])


def may_redraw(formation: Formation) -> bool:
    """Whether the show remembers what a formation was drawn from."""
    source = formation.source
    if isinstance(source, DrawnSource):
        return source.note.startswith(MOTIF_NOTE) and source.note.removeprefix(MOTIF_NOTE) in TITLES
    return True
