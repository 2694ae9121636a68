"""The commands that add things: music, formations, tracks, acts, positions, fleets, fans."""

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMainWindow, QMessageBox

from showeditor.audio.score import Score
from showeditor.formations.request import Request
from showeditor.model.errors import BadInput
from showeditor.model.music import AtTime
from showeditor.model.show import Show
from showeditor.model.swarm import Fleet, Grid
from showeditor.model.venue import Position
from showeditor.timeline import edits, parts, scenes
from showeditor.timeline.substitute import substitute_effect
from showeditor.ui.desk import Desk
from showeditor.ui.edge import guarded, reporter
from showeditor.ui.language import word
from showeditor.ui.starter import DRONE_MODEL
from showeditor.ui.window.commands import Commands
from showeditor.ui.window.documents import Documents
from showeditor.ui.window.music_import import (
    ACT_COLOURS,
    MIDI,
    SOUND,
    Brought,
    bring,
    with_acts,
    with_markers,
    with_music,
)


class Creating(QObject):
    """Adds things to the show."""

    def __init__(self, desk: Desk, commands: Commands, documents: Documents, window: QMainWindow) -> None:
        super().__init__(window)
        self.desk = desk
        self.documents = documents
        self.window = window
        for name, handler in {
            "import_music": self.import_music,
            "import_effects": self.import_effects,
            "import_firings": self.import_firings,
            "text_formation": self.text_formation,
            "new_formation": self.new_formation,
            "add_track": self.add_track,
            "add_act": self.add_act,
            "add_position": self.add_position,
            "add_fleet": self.add_fleet,
            "fan": self.fan,
            "timecode": self.timecode,
            "figure": self.figure,
            "backdrop": self.backdrop,
            "bake": self.bake,
            "substitute": self.substitute,
        }.items():
            commands.do(name, handler)

    # -- music -----------------------------------------------------------------------------------------------------

    @guarded
    def import_music(self) -> None:
        """Asks for a music file."""
        kinds = " ".join(f"*{s}" for s in (*SOUND, *MIDI))
        folder = str(QSettings().value("music_folder", str(QSettings().value("folder", ""))))
        name, _ = QFileDialog.getOpenFileName(
            self.window, self.tr("Import music"), folder, self.tr("Music ({kinds})").format(kinds=kinds)
        )
        if name:
            QSettings().setValue("music_folder", str(Path(name).parent))
            self.import_file(Path(name))

    @guarded
    def import_file(self, path: Path) -> None:
        """Copies a music file beside the show and takes it over."""
        if self.desk.state.path is None and not self._save_first():
            return
        show_path = self.desk.state.path
        if show_path is None:
            return
        self.desk.said.emit(self.tr("Reading {name}…").format(name=path.name))
        document = self.desk.document

        def done(brought: Brought) -> None:
            if document == self.desk.document:
                self._take(brought)

        self.desk.jobs.start(lambda: bring(path, show_path.parent), done, self._failed)

    def _failed(self, error: BaseException) -> None:
        reporter.report(self.window, error)

    def _save_first(self) -> bool:
        QMessageBox.information(
            self.window,
            self.tr("Save first"),
            self.tr("Music is kept beside the show's file. Please save the show first."),
        )
        return self.documents.save()

    @guarded
    def _take(self, brought: Brought) -> None:
        after = with_music(self.desk.show, brought)
        if brought.score is not None and brought.score.markers:
            after = self._ask_markers(after, brought.score)
        self.desk.apply(after, word("Import music"))
        self.desk.said.emit(self.tr("{name} is part of the show now").format(name=brought.name))

    def _ask_markers(self, show: Show, score: Score) -> Show:
        choices = [self.tr("as acts"), self.tr("as markers"), self.tr("not at all")]
        names = ", ".join(t.text for t in score.markers[:6])
        choice, given = QInputDialog.getItem(
            self.window,
            self.tr("Markers of the score"),
            self.tr("The score has {n} markers ({names}). Take them over").format(n=len(score.markers), names=names),
            choices,
            0,
            False,
        )
        if not given or choice == choices[2]:
            return show
        return with_acts(show, score) if choice == choices[0] else with_markers(show, score)

    # -- formations ------------------------------------------------------------------------------------------------

    @guarded
    def text_formation(self) -> None:
        """Asks for a text."""
        from showeditor.ui.dialogs.text_formation import new_text

        new_text(self.desk, self.window)

    @guarded
    def new_formation(self) -> None:
        """Asks for a motif, a drawing, a picture, a mesh or a table of points."""
        from showeditor.ui.dialogs.formation_taking import new_formation

        new_formation(self.desk, self.window, Request("motif", "phoenix", height_m=60.0))

    # -- parts of the show -----------------------------------------------------------------------------------------

    @guarded
    def add_track(self) -> None:
        """One more firework track."""
        show = self.desk.show
        after = edits.add_track(show, word("Track {n}").format(n=len(show.tracks) + 1))
        self.desk.apply(after, word("Add a track"), [after.tracks[-1].id])

    @guarded
    def add_act(self) -> None:
        """An act over the loop range, else over what is left after the last act."""
        show = self.desk.show
        last = max((a.end_us for a in show.acts), default=0)
        start, end = self.desk.state.loop_us or (last, show.duration_us)
        if end <= start:
            raise BadInput(self.tr("There is no room after the last act; draw a range on the ruler first"))
        number = len(show.acts)
        after, act = parts.add_act(
            show,
            word("Act {n}").format(n=number + 1),
            start,
            end,
            colour=ACT_COLOURS[number % len(ACT_COLOURS)],
        )
        self.desk.apply(after, word("Add an act"), [act])

    @guarded
    def add_position(self) -> None:
        """One more firing position, 20 m to the right of the last."""
        show = self.desk.show
        places = show.venue.positions
        x, y, z = places[-1].at_m if places else (-20.0, 0.0, 0.0)
        number = len(places) + 1
        after, place = parts.new_part(show, Position, name=word("Position {n}").format(n=number), at_m=(x + 20.0, y, z))
        self.desk.apply(after, word("Add a position"), [place])
        self.desk.choose_place(place)

    @guarded
    def add_fleet(self) -> None:
        """One more fleet with its flight."""
        show = self.desk.show
        count, given = QInputDialog.getInt(
            self.window, self.tr("Drone fleet"), self.tr("Number of drones"), 100, 1, 100_000
        )
        if not given:
            return
        columns = max(1, round(count**0.5))
        y = min((f.grid.origin_m[1] for f in show.fleets), default=-10.0) - 40.0 * bool(show.fleets)
        after, fleet = parts.new_part(
            show,
            Fleet,
            model=DRONE_MODEL,
            count=count,
            grid=Grid((-1.5 * (columns - 1), y, 0.0), columns, 3.0),
            name=word("Fleet {n}").format(n=len(show.fleets) + 1),
        )
        after, _ = scenes.add_flight(after, fleet, AtTime(5_000_000))
        self.desk.apply(after, word("Add a fleet"), [fleet])

    @guarded
    def fan(self) -> None:
        """Asks how the selected cues fan out and follow one another."""
        from showeditor.ui.dialogs.fan import ask_fan

        ask_fan(self.desk, self.window)

    @guarded
    def timecode(self) -> None:
        """Asks for the timecode, the stage cues and the captions."""
        from showeditor.ui.dialogs.timecode import ask_timecode

        ask_timecode(self.desk, self.window)

    @guarded
    def backdrop(self) -> None:
        """Asks for the plan image, the height map and the panorama of the site."""
        from showeditor.ui.dialogs.backdrop import ask_backdrop

        ask_backdrop(self.desk, self.window)

    @guarded
    def figure(self) -> None:
        """Asks for a figure over several positions, or for changes of the selected one."""
        from showeditor.ui.dialogs.figure import ask_figure

        ask_figure(self.desk, self.window)

    @guarded
    def bake(self) -> None:
        """Turns the figures of the selected cues into plain cues."""
        from showeditor.ui.dialogs.figure import bake_selected

        if not bake_selected(self.desk):
            self.desk.said.emit(self.tr("No cue of a live figure is selected"))

    @guarded
    def substitute(self) -> None:
        """Asks for another effect for the selected cues; they bloom when they did."""
        cues = self.desk.session.selected_cues()
        if not cues:
            return
        text, given = QInputDialog.getText(
            self.window,
            self.tr("Substitute the effect"),
            self.tr("Effect of the {n} selected cues; each blooms when it did before").format(n=len(cues)),
            text=cues[0].effect,
        )
        if given and text.strip():
            after = substitute_effect(self.desk.show, [cue.id for cue in cues], text.strip())
            self.desk.apply(after, word("Substitute the effect"))

    @guarded
    def import_effects(self) -> None:
        """Asks for a supplier's table of effects."""
        self._import_table("effects", self.tr("Import effects"))

    @guarded
    def import_firings(self) -> None:
        """Asks for a log of test firings, which calibrate effects of the catalogue."""
        self._import_table("firings", self.tr("Import test firings"))

    def _import_table(self, what: Literal["effects", "firings"], title: str) -> None:
        from showeditor.ui.dialogs.effect_import import ask_effect_import

        if ask_effect_import(
            self.desk, what, self.window, title, self.tr("Tables (*.csv *.txt *.xlsx);;All files (*)")
        ):
            self.desk.catalogueChanged.emit()
