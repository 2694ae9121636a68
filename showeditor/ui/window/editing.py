"""The commands of the Edit menu and what they do to the selection."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from showeditor.model.music import moment_us
from showeditor.model.show import Act, Marker, Show
from showeditor.model.swarm import Scene
from showeditor.timeline import clipboard, edits, parts, scenes
from showeditor.timeline.snap import targets
from showeditor.ui.desk import Desk
from showeditor.ui.edge import guarded
from showeditor.ui.language import word
from showeditor.ui.window.commands import Commands


class Editing(QObject):
    """Cut, copy, paste, delete, select, quantise, undo."""

    def __init__(self, desk: Desk, commands: Commands, window: QMainWindow) -> None:
        super().__init__(window)
        self.desk = desk
        self.commands = commands
        for name, handler in {
            "undo": self.undo,
            "redo": self.redo,
            "cut": self.cut,
            "copy": self.copy,
            "paste": self.paste,
            "duplicate": self.duplicate,
            "delete": self.delete,
            "select_all": self.select_all,
            "select_none": self.select_none,
            "select_effect": self.select_effect,
            "select_position": self.select_position,
            "quantise": self.quantise,
        }.items():
            commands.do(name, handler)
        commands["snap"].setChecked(desk.snapping)
        commands["snap"].toggled.connect(desk.set_snapping)
        desk.historyChanged.connect(self.refresh)
        desk.selectionChanged.connect(self.refresh)
        self.refresh()

    # -- what is selected ------------------------------------------------------------------------------------------

    def cues(self) -> tuple[str, ...]:
        """Selected cues, in the show's order."""
        return tuple(cue.id for cue in self.desk.session.selected_cues())

    def scenes(self) -> tuple[Scene, ...]:
        """Selected scenes."""
        chosen = self.desk.selection
        return tuple(s for f in self.desk.show.flights for s in f.scenes if s.id in chosen)

    @guarded
    def refresh(self) -> None:
        """Names the steps in the menu and greys what cannot be done."""
        state, chosen = self.desk.state, bool(self.desk.selection)
        undo, redo = self.commands["undo"], self.commands["redo"]
        undo.setText(self.tr("&Undo {step}").format(step=state.undo_label or "").rstrip())
        redo.setText(self.tr("&Redo {step}").format(step=state.redo_label or "").rstrip())
        for action, label in ((undo, state.undo_label), (redo, state.redo_label)):
            action.setEnabled(label is not None)
            action.setToolTip(f"{action.text().replace('&', '')}  ({action.shortcut().toString()})")
        for name in ("cut", "copy", "duplicate", "delete", "quantise", "select_effect", "select_position", "fan"):
            self.commands[name].setEnabled(chosen)

    # -- commands --------------------------------------------------------------------------------------------------

    @guarded
    def undo(self) -> None:
        """One step back."""
        self.desk.session.undo()

    @guarded
    def redo(self) -> None:
        """One step forward."""
        self.desk.session.redo()

    @guarded
    def copy(self) -> None:
        """Selected cues to the clipboard as a table that spreadsheets read."""
        ids = self.cues()
        if ids:
            QGuiApplication.clipboard().setText(clipboard.text_of_cues(self.desk.show, ids))
            self.desk.said.emit(self.tr("{n} cues copied").format(n=len(ids)))

    @guarded
    def cut(self) -> None:
        """Copies and deletes."""
        ids = self.cues()
        if ids:
            QGuiApplication.clipboard().setText(clipboard.text_of_cues(self.desk.show, ids))
            self.desk.apply(edits.delete_cues(self.desk.show, ids), word("Cut {n} cues").format(n=len(ids)))

    @guarded
    def paste(self) -> None:
        """Cues of the clipboard at the playhead."""
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self.desk.said.emit(self.tr("The clipboard is empty"))
            return
        after, ids = clipboard.paste_cues(self.desk.show, text, self.desk.state.playhead_us)
        self.desk.apply(after, word("Paste {n} cues").format(n=len(ids)), ids)

    @guarded
    def duplicate(self) -> None:
        """Copies right after the selection: cues one beat later, scenes after their hold."""
        show = self.desk.show
        made: list[str] = []
        ids, chosen = self.cues(), self.scenes()
        if ids:
            music = show.music
            beat = music.tempo.us_of_tick(960) if music else 500_000
            show, new = edits.duplicate_cues(show, ids, beat)
            made += new
        if chosen:
            show, new = scenes.duplicate_scenes(
                show, [s.id for s in chosen], max(s.hold_us for s in chosen) + 8_000_000
            )
            made += new
        if made:
            self.desk.apply(show, word("Duplicate {n}").format(n=len(made)), made)

    @guarded
    def delete(self) -> None:
        """Deletes what is selected: cues, scenes, acts, markers, and empty tracks."""
        show, chosen = self.desk.show, self.desk.selection
        ids, some = self.cues(), [s.id for s in self.scenes()]
        after: Show = show
        if ids:
            after = edits.delete_cues(after, ids)
        if some:
            after = scenes.delete_scenes(after, some)
        acts = [a.id for a in show.acts if a.id in chosen]
        markers = [m.id for m in show.markers if m.id in chosen]
        if acts:
            after = parts.delete_parts(after, Act, acts)
        if markers:
            after = parts.delete_parts(after, Marker, markers)
        for track in show.tracks:
            if track.id in chosen and not track.cues:
                after = edits.delete_track(after, track.id)
        count = len(ids) + len(some) + len(acts) + len(markers)
        self.desk.apply(after, word("Delete {n}").format(n=count))

    @guarded
    def select_all(self) -> None:
        """Every cue."""
        self.desk.session.select(cue.id for cue in self.desk.show.cues())

    @guarded
    def select_none(self) -> None:
        """Nothing."""
        self.desk.session.select([])

    @guarded
    def select_effect(self) -> None:
        """All cues with an effect of the selected ones."""
        effects = {cue.effect for cue in self.desk.session.selected_cues()}
        self.desk.session.select(cue.id for cue in self.desk.show.cues() if cue.effect in effects)

    @guarded
    def select_position(self) -> None:
        """All cues at a position of the selected ones."""
        places = {cue.position for cue in self.desk.session.selected_cues()}
        self.desk.session.select(cue.id for cue in self.desk.show.cues() if cue.position in places)

    @guarded
    def quantise(self) -> None:
        """Selected cues onto the nearest beat, selected scenes too."""
        show, ids, chosen = self.desk.show, self.cues(), self.scenes()
        after = edits.quantise_cues(show, ids) if ids else show
        goals = targets(show, {"beat"})
        for scene in chosen:
            at = moment_us(scene.arrive, show.music)
            near = goals.nearest(at, 10_000_000)
            if near is not None:
                after = scenes.move_scenes(after, [scene.id], near.t_us - at)
        self.desk.apply(after, word("Quantise {n}").format(n=len(ids) + len(chosen)))
