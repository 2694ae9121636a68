"""The inspector: one form at a time, the one for what is selected."""

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QLineEdit, QScrollArea, QVBoxLayout, QWidget

from showeditor.ui.desk import Desk
from showeditor.ui.edge import guarded
from showeditor.ui.inspector.cues import CueForm
from showeditor.ui.inspector.form import Form
from showeditor.ui.inspector.parts import ActForm, FormationForm, MarkerForm, TrackForm
from showeditor.ui.inspector.scenes import SceneForm
from showeditor.ui.inspector.show import PositionForm, ShowForm

REFRESH_MS = 40
"""Changes that come faster (a drag) are shown together."""


class InspectorPanel(QWidget):
    """The fields of the selection."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.form: Form | None = None
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._area)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        for signal in (desk.showChanged, desk.selectionChanged, desk.planChanged):
            signal.connect(self._later)
        self.retranslate()

    def retranslate(self) -> None:
        """Builds the form anew in the current language."""
        self.setAccessibleName(self.tr("Inspector"))
        self._area.setAccessibleName(self.tr("Properties of the selection"))
        self._area.viewport().setAccessibleName(self.tr("Properties of the selection"))
        self.form = None
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Follows a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def focus_first(self) -> None:
        """Gives the first field the keys."""
        self.refresh()
        field = self.form.findChild(QLineEdit) if self.form is not None else None
        if field is not None:
            field.setFocus(Qt.FocusReason.TabFocusReason)
            field.selectAll()

    @guarded
    def _later(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _kind(self) -> type[Form]:
        chosen, show = self.desk.selection, self.desk.show
        if not chosen:
            return ShowForm
        if self.desk.session.selected_cues():
            return CueForm
        if any(s.id in chosen for f in show.flights for s in f.scenes):
            return SceneForm
        for kind, things in (
            (ActForm, show.acts),
            (MarkerForm, show.markers),
            (TrackForm, show.tracks),
            (FormationForm, show.formations),
            (PositionForm, show.venue.positions),
        ):
            if any(getattr(thing, "id", "") in chosen for thing in things):
                return kind
        return ShowForm

    @guarded
    def refresh(self) -> None:
        """Shows the form of the selection, with the newest values."""
        kind = self._kind()
        if type(self.form) is not kind:
            self.form = kind(self.desk)
            self.form.setAccessibleName(self._area.accessibleName())
            self.form.setMinimumWidth(0)
            self._area.setWidget(self.form)
        self.form.load()
