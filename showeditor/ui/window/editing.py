"""The commands of the Edit menu and what they do to the selection."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QInputDialog, QMainWindow

from showeditor.model.music import moment_us
from showeditor.model.show import Act, Marker, Show
from showeditor.model.swarm import Scene
from showeditor.timeline import clipboard, edits, parts, ripple, scenes
from showeditor.timeline.ids import fresh_ids
from showeditor.timeline.picking import cues_like
from showeditor.timeline.snap import targets
from showeditor.ui.desk import Desk
from showeditor.ui.edge import guarded
from showeditor.ui.grouping import own_groups
from showeditor.ui.language import word
from showeditor.ui.window.commands import Commands

_NEED_SELECTION = (
    "cut", "copy", "duplicate", "delete", "ripple_delete", "group", "ungroup", "quantise", "quantise_part",
    "select_effect", "select_position", "select_calibre", "select_act", "fan",
    "bake", "substitute",
)  # fmt: skip


class Editing(QObject):
    """Cut, copy, paste, delete, select, quantise, undo."""

    def __init__(self, desk: Desk, commands: Commands, window: QMainWindow) -> None:
        super().__init__(window)
        self.desk = desk
        self.commands = commands
        self.window = window
        for name, handler in {
            "undo": self.undo,
            "redo": self.redo,
            "cut": self.cut,
            "copy": self.copy,
            "paste": self.paste,
            "duplicate": self.duplicate,
            "delete": self.delete,
            "ripple_delete": self.ripple_delete,
            "group": self.group,
            "ungroup": self.ungroup,
            "select_all": self.select_all,
            "select_none": self.select_none,
            "select_effect": self.select_effect,
            "select_position": self.select_position,
            "select_calibre": self.select_calibre,
            "select_act": self.select_act,
            "quantise": self.quantise,
            "quantise_part": self.quantise_part,
        }.items():
            commands.do(name, handler)
        commands["snap"].setChecked(desk.snapping)
        commands["snap"].toggled.connect(desk.set_snapping)
        commands["ripple"].setChecked(desk.rippling)
        commands["ripple"].toggled.connect(desk.set_rippling)
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
        for name in _NEED_SELECTION:
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
        after = own_groups(after, ids)
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
            show = own_groups(show, new)
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
        """Deletes what is selected: cues, scenes, acts, markers, and empty tracks; in ripple mode closes the gap."""
        self._delete(close=self.desk.rippling)

    @guarded
    def ripple_delete(self) -> None:
        """Deletes what is selected; what follows the last cue moves up by the time the cues spanned."""
        self._delete(close=True)

    def _delete(self, *, close: bool) -> None:
        show, chosen = self.desk.show, self.desk.selection
        ids, some = self.cues(), [s.id for s in self.scenes()]
        after: Show = show
        if some:
            after = scenes.delete_scenes(after, some)
        acts = [a.id for a in show.acts if a.id in chosen]
        markers = [m.id for m in show.markers if m.id in chosen]
        if acts:
            after = parts.delete_parts(after, Act, acts)
        if markers:
            after = parts.delete_parts(after, Marker, markers)
        # last, since it moves what is left
        if ids:
            after = ripple.delete_and_close(after, ids) if close else edits.delete_cues(after, ids)
        for track in show.tracks:
            if track.id in chosen and not track.cues:
                after = edits.delete_track(after, track.id)
        count = len(ids) + len(some) + len(acts) + len(markers)
        label = word("Delete {n} and close the gap") if close and ids else word("Delete {n}")
        self.desk.apply(after, label.format(n=count))

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
    def select_calibre(self) -> None:
        """All cues of the calibres of the selected ones, as planned."""
        firing = self.desk.plan.firing
        sizes = dict(zip(firing.cue, firing.calibre_mm.tolist(), strict=True))
        wanted = {sizes[name] for name in self.cues() if name in sizes}
        self.desk.session.select(c.id for c in self.desk.show.cues() if sizes.get(c.id) in wanted)

    @guarded
    def select_act(self) -> None:
        """All cues in the acts of the selected ones."""
        self.desk.session.select(cues_like(self.desk.show, self.cues(), "act"))

    @guarded
    def group(self) -> None:
        """Selected cues become one group, which is selected together from now on."""
        ids = self.cues()
        if len(ids) < 2:
            self.desk.said.emit(self.tr("A group needs two cues or more"))
            return
        (name,) = fresh_ids((cue.group for cue in self.desk.show.cues()), "g")
        self.desk.apply(edits.set_group(self.desk.show, ids, name), word("Group {n} cues").format(n=len(ids)))

    @guarded
    def ungroup(self) -> None:
        """Takes the selected cues out of their groups."""
        ids = self.cues()
        self.desk.apply(edits.set_group(self.desk.show, ids, ""), word("Ungroup {n} cues").format(n=len(ids)))

    @guarded
    def quantise(self) -> None:
        """Selected cues onto the nearest beat, selected scenes too."""
        self._quantise(1.0)

    @guarded
    def quantise_part(self) -> None:
        """Selected cues and scenes drawn to the nearest beat by a strength that is asked for."""
        percent, given = QInputDialog.getInt(
            self.window, self.tr("Quantise"), self.tr("Strength in percent"), 50, 1, 100, 5
        )
        if given:
            self._quantise(percent / 100)

    def _quantise(self, strength: float) -> None:
        show, ids, chosen = self.desk.show, self.cues(), self.scenes()
        after = edits.quantise_cues(show, ids, strength=strength) if ids else show
        goals = targets(show, {"beat"})
        for scene in chosen:
            at = moment_us(scene.arrive, show.music)
            near = goals.nearest(at, 10_000_000)
            if near is not None:
                after = scenes.move_scenes(after, [scene.id], round((near.t_us - at) * strength))
        self.desk.apply(after, word("Quantise {n}").format(n=len(ids) + len(chosen)))
