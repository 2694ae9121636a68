"""The inspector's forms for acts, markers, tracks and formations."""

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QPushButton, QWidget

from showeditor.model.music import When
from showeditor.model.show import Act, Marker
from showeditor.model.swarm import Formation
from showeditor.timeline import edits, parts, scenes
from showeditor.ui.desk import Desk
from showeditor.ui.dialogs.formation_taking import may_redraw
from showeditor.ui.edge import guarded
from showeditor.ui.inspector.fields import ColourField, DurationField, FlagField, MomentField, TextField
from showeditor.ui.inspector.form import Form
from showeditor.ui.inspector.stated import StatedField
from showeditor.ui.language import word
from showeditor.ui.timeline.drop import insert_formation


class ActForm(Form):
    """One act."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._title = self.head(self.tr("Act"))
        self.name = self.row(self.tr("Name"), TextField(self))
        self.name.edited.connect(lambda text: self._change(name=text))
        self.start = self.row(self.tr("Starts"), DurationField(self))
        self.start.lasted.connect(lambda t: self._change(start_us=t))
        self.end = self.row(self.tr("Ends"), DurationField(self))
        self.end.lasted.connect(lambda t: self._change(end_us=t))
        self.colour = self.row(self.tr("Colour"), ColourField(self))
        self.colour.picked.connect(lambda rgb: self._change(colour="#{:02x}{:02x}{:02x}".format(*rgb)))
        self.wind = self.row(self.tr("Given up to wind"), StatedField(self, 0.1, 60, 0.5), "m/s")
        self.wind.stated.connect(lambda v: self._change(max_wind_mps=v))
        self.remark = self.row(self.tr("Note"), TextField(self))
        self.remark.edited.connect(lambda text: self._change(note=text))
        self.finish()

    def _act(self) -> Act | None:
        return next((a for a in self.desk.show.acts if a.id in self.desk.selection), None)

    def load(self) -> None:
        """Shows the act."""
        act = self._act()
        if act is None:
            return
        self.name.give([act.name])
        self.start.give_lengths([act.start_us])
        self.end.give_lengths([act.end_us])
        self.colour.give(QColor(act.colour))
        self.wind.give_stated(act.max_wind_mps)
        self.remark.give([act.note])

    @guarded
    def _change(self, **changes: object) -> None:
        act = self._act()
        if act is not None:
            self.desk.apply(parts.change_act(self.desk.show, act.id, **changes), word("Change an act"))


class MarkerForm(Form):
    """One marker."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.head(self.tr("Marker"))
        self.name = self.row(self.tr("Name"), TextField(self))
        self.name.edited.connect(self._set_name)
        self.when = self.row(self.tr("Moment"), MomentField(self, lambda: self.desk.show.music))
        self.when.moved.connect(self._set_when)
        self.finish()

    def _marker(self) -> Marker | None:
        return next((m for m in self.desk.show.markers if m.id in self.desk.selection), None)

    def load(self) -> None:
        """Shows the marker."""
        marker = self._marker()
        if marker is not None:
            self.name.give([marker.name])
            self.when.give_moments([marker.when])

    @guarded
    def _set_name(self, text: str) -> None:
        marker = self._marker()
        if marker is not None:
            self.desk.apply(parts.change_parts(self.desk.show, Marker, [marker.id], name=text), word("Rename a marker"))

    @guarded
    def _set_when(self, when: When) -> None:
        marker = self._marker()
        if marker is not None:
            self.desk.apply(parts.change_parts(self.desk.show, Marker, [marker.id], when=when), word("Move a marker"))


class TrackForm(Form):
    """One firework track."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.head(self.tr("Firework track"))
        self.name = self.row(self.tr("Name"), TextField(self))
        self.name.edited.connect(lambda text: self._change(name=text))
        self.muted = FlagField(self)
        self.muted.setText(self.tr("Muted: not part of the plan"))
        self.muted.setAccessibleName(self.tr("Muted"))
        self.muted.flagged.connect(lambda on: self._change(muted=on))
        self.wide(self.muted)
        self._count = self.note()
        self._all = QPushButton(self.tr("Select its cues"), self)
        self._all.clicked.connect(self._select)
        self.wide(self._all)
        self.finish()

    def load(self) -> None:
        """Shows the track."""
        track = next((t for t in self.desk.show.tracks if t.id in self.desk.selection), None)
        if track is not None:
            self.name.give([track.name])
            self.muted.give([track.muted])
            self._count.setText(self.tr("{n} cues").format(n=len(track.cues)))

    @guarded
    def _change(self, **changes: object) -> None:
        for track in self.desk.show.tracks:
            if track.id in self.desk.selection:
                self.desk.apply(edits.change_track(self.desk.show, track.id, **changes), word("Change a track"))

    @guarded
    def _select(self) -> None:
        tracks = [t for t in self.desk.show.tracks if t.id in self.desk.selection]
        self.desk.session.select(cue.id for t in tracks for cue in t.cues)


class FormationForm(Form):
    """One formation of the show."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.head(self.tr("Formation"))
        self.name = self.row(self.tr("Name"), TextField(self))
        self.name.edited.connect(self._set_name)
        self._facts = self.note()
        self._redraw, self._use = (
            QPushButton(self.tr("Draw again…"), self),
            QPushButton(self.tr("Insert at the playhead"), self),
        )
        self._hand = QPushButton(self.tr("Place points by hand…"), self)
        self._hand.clicked.connect(self._by_hand)
        self._delete = QPushButton(self.tr("Delete the formation"), self)
        self._redraw.clicked.connect(self._draw_again)
        self._use.clicked.connect(self._insert)
        self._delete.clicked.connect(self._remove)
        for button in (self._redraw, self._hand, self._use, self._delete):
            self.wide(button)
        self.finish()

    def _formation(self) -> Formation | None:
        return next((f for f in self.desk.show.formations if f.id in self.desk.selection), None)

    def load(self) -> None:
        """Shows the formation."""
        formation = self._formation()
        if formation is None:
            return
        self.name.give([formation.name])
        metres = formation.points.metres
        size = metres.max(axis=0) - metres.min(axis=0)
        have = max((f.count for f in self.desk.show.fleets), default=0)
        self._facts.setText(
            self.tr("needs {need} of {have} drones").format(need=len(formation.points), have=have)
            + "\n"
            + self.tr("{w} × {h} m, {d} m deep").format(
                w=round(float(size[0]), 1), h=round(float(size[2]), 1), d=round(float(size[1]), 1)
            )
        )
        self._redraw.setEnabled(may_redraw(formation))

    @guarded
    def _set_name(self, text: str) -> None:
        formation = self._formation()
        if formation is not None:
            self.desk.apply(
                scenes.change_formation(self.desk.show, formation.id, name=text), word("Rename a formation")
            )

    @guarded
    def _draw_again(self) -> None:
        from showeditor.ui.dialogs.formation_taking import redraw

        formation = self._formation()
        if formation is not None:
            redraw(self.desk, formation, self.window())

    @guarded
    def _by_hand(self) -> None:
        from showeditor.ui.dialogs.placing import PointsDialog

        formation = self._formation()
        if formation is not None:
            PointsDialog(self.desk, formation.id, self.window()).show()

    @guarded
    def _insert(self) -> None:
        formation = self._formation()
        if formation is not None:
            insert_formation(self.desk, formation.id)

    @guarded
    def _remove(self) -> None:
        formation = self._formation()
        if formation is not None:
            self.desk.apply(scenes.delete_formation(self.desk.show, formation.id), word("Delete a formation"))
