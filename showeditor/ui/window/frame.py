"""The main window: docks around the 3D view, commands, status; it forwards, it does not edit."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QPoint, QSettings, QSize, Qt, QTimer, QUrl
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QMenu, QTabBar, QWidget

from showeditor.model.finding import Finding
from showeditor.ui.desk import Desk
from showeditor.ui.edge import guarded
from showeditor.ui.inspector.panel import InspectorPanel
from showeditor.ui.language import LANGUAGES, Languages
from showeditor.ui.panels.addresses import AddressPanel
from showeditor.ui.panels.favourites import effect_of_selection
from showeditor.ui.panels.findings import FindingsPanel
from showeditor.ui.panels.palette import PalettePanel
from showeditor.ui.panels.plots import PlotsPanel
from showeditor.ui.panels.storyboard import StoryboardPanel
from showeditor.ui.stage.view import StageView
from showeditor.ui.timeline.hits import Hit
from showeditor.ui.timeline.view import TimelineView
from showeditor.ui.window.addressing import Addressing
from showeditor.ui.window.commands import Commands
from showeditor.ui.window.creating import Creating
from showeditor.ui.window.documents import Documents
from showeditor.ui.window.editing import Editing
from showeditor.ui.window.file_import import FileImport
from showeditor.ui.window.menus import Menus
from showeditor.ui.window.navigation import Navigation
from showeditor.ui.window.publishing import Publishing
from showeditor.ui.window.status import StatusBar
from showeditor.ui.window.tempo import Tapping

LAYOUT = 2
"""Raised when the docks change, so that an old stored layout is not forced onto them."""

MUSIC_SUFFIXES = (".wav", ".flac", ".ogg", ".mp3", ".mid", ".midi")


class MainWindow(QMainWindow):
    """The editor's window around one Desk."""

    def __init__(self, desk: Desk, languages: Languages) -> None:
        super().__init__()
        self.desk = desk
        self.languages = languages
        self._language = [languages.current]
        self.setObjectName("main")
        self.setAcceptDrops(True)
        self.setDockNestingEnabled(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.commands = Commands(self)
        self.stage = StageView(desk, self)
        self.timeline = TimelineView(desk, self)
        self.palette_panel = PalettePanel(desk, self._language, self)
        self.inspector = InspectorPanel(desk, self)
        self.findings = FindingsPanel(desk, self._language, self)
        self.addresses = AddressPanel(desk, self.commands["address_options"].trigger, self)
        self.storyboard = StoryboardPanel(desk, self)
        self.plots = PlotsPanel(desk, self)
        self.setCentralWidget(self.stage)
        self._docks: dict[str, QDockWidget] = {}
        areas = Qt.DockWidgetArea
        self._dock("timeline", self.timeline, areas.BottomDockWidgetArea)
        for name, panel in (("storyboard", self.storyboard), ("plots", self.plots)):
            self._dock(name, panel, areas.BottomDockWidgetArea)
            self.tabifyDockWidget(self._docks["timeline"], self._docks[name])
        self._dock("palette", self.palette_panel, areas.LeftDockWidgetArea)
        self._dock("inspector", self.inspector, areas.RightDockWidgetArea)
        self._dock("findings", self.findings, areas.RightDockWidgetArea)
        self._dock("addresses", self.addresses, areas.RightDockWidgetArea)
        self.tabifyDockWidget(self._docks["inspector"], self._docks["findings"])
        self.tabifyDockWidget(self._docks["findings"], self._docks["addresses"])
        self._docks["inspector"].raise_()
        self._docks["timeline"].raise_()
        self.setCorner(Qt.Corner.BottomLeftCorner, areas.BottomDockWidgetArea)
        self.setCorner(Qt.Corner.BottomRightCorner, areas.BottomDockWidgetArea)
        self.status = StatusBar(desk, self)
        self.setStatusBar(self.status)
        self.menus = Menus(self, self.commands, desk, [d.toggleViewAction() for d in self._docks.values()])
        self.documents = Documents(desk, self)
        self.editing = Editing(desk, self.commands, self)
        self.navigation = Navigation(desk, self.commands, self)
        self.tapping = Tapping(desk, self.commands, self)
        self.creating = Creating(desk, self.commands, self.documents, self)
        self.addressing = Addressing(desk, self.commands, self)
        self.publishing = Publishing(desk, self.commands, self._language, self)
        self.file_import = FileImport(desk, self.commands, self._language, self)
        self.stage.add_controls(
            [self.commands[n] for n in ("camera_front", "camera_side", "camera_top", "camera_ortho")]
        )
        self._connect()
        self.retranslate()
        self._restore()

    # -- assembling ------------------------------------------------------------------------------------------------

    def _dock(self, name: str, content: QWidget, area: Qt.DockWidgetArea) -> None:
        dock = QDockWidget(self)
        dock.setObjectName(f"dock_{name}")
        dock.setWidget(content)
        dock.setFeatures(
            QDockWidget.DockWidgetFeature.DockWidgetMovable | QDockWidget.DockWidgetFeature.DockWidgetFloatable
            | QDockWidget.DockWidgetFeature.DockWidgetClosable
        )  # fmt: skip
        self.addDockWidget(area, dock)
        self._docks[name] = dock

    def _connect(self) -> None:
        handlers: dict[str, Callable[[], None]] = {
            "new": self.documents.new,
            "open": self.documents.ask_open,
            "save": self.documents.save_asked,
            "save_as": self.documents.save_as_asked,
            "quit": self._quit,
            "fit": self.timeline.fit,
            "fit_selection": self.timeline.fit_selection,
            "zoom_in": partial(self.timeline.zoom, 1.5),
            "zoom_out": partial(self.timeline.zoom, 1 / 1.5),
            "camera_front": partial(self.stage.look_from, "front"),
            "camera_side": partial(self.stage.look_from, "side"),
            "camera_top": partial(self.stage.look_from, "top"),
            "camera_ortho": self.stage.toggle_ortho,
            "check_next": self._next_finding,
            "check_previous": self._previous_finding,
            "landing_scatter": self._landing_scatter,
            "edit_show": self._edit_show,
            "shortcuts": self._show_shortcuts,
            "about": self._show_about,
            "dump_accessibility": self._dump_accessibility,
        }
        for name, handler in handlers.items():
            self.commands.do(name, handler)
        for number, (recall, store) in self.menus.bookmark_actions.items():
            recall.triggered.connect(partial(self._bookmark, number, False))
            store.triggered.connect(partial(self._bookmark, number, True))
        for code, action in self.menus.languages.items():
            action.setChecked(code == self.languages.current)
            action.triggered.connect(partial(self.set_language, code))
        self.menus.recent.aboutToShow.connect(self._fill_recent)
        self.timeline.activated.connect(self._open_inspector)
        self.storyboard.opened.connect(self._open_inspector)
        self.timeline.menuAsked.connect(self._context_menu)
        self.palette_panel.favourites.watch(self.timeline, partial(effect_of_selection, self.desk))
        self.palette_panel.textAsked.connect(self.creating.text_formation)
        self.palette_panel.newAsked.connect(self.creating.new_formation)
        self.status.check.clicked.connect(self._open_findings)
        self.findings.slowMotionAsked.connect(self._slow_motion)
        self.desk.historyChanged.connect(self._title)
        self.desk.showChanged.connect(self._title)

    # -- words -----------------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Sets the words in the current language."""
        for name, text in {
            "timeline": self.tr("Timeline"),
            "storyboard": self.tr("Storyboard"),
            "plots": self.tr("Plots"),
            "palette": self.tr("Palette"),
            "inspector": self.tr("Inspector"),
            "findings": self.tr("Findings"),
            "addresses": self.tr("Addresses"),
        }.items():
            self._docks[name].setWindowTitle(text)
            self._docks[name].setAccessibleName(text)
        self.setAccessibleName(self.tr("Show editor"))
        self.menuBar().setAccessibleName(self.tr("Menu bar"))
        self.commands.retranslate()
        self.menus.retranslate()
        self.editing.refresh()
        self._title()

    def changeEvent(self, event: QEvent) -> None:
        """Follows a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    @guarded
    def set_language(self, code: str) -> None:
        """Speaks another language from now on, and at the next start."""
        self._language[0] = code if code in LANGUAGES else "en"
        self.languages.switch(code)
        QSettings().setValue("language", code)
        self.menus.languages[self._language[0]].setChecked(True)

    @guarded
    def _title(self) -> None:
        state = self.desk.state
        name = state.path.name if state.path else self.tr("untitled")
        self.setWindowTitle(f"{state.show.title} — {name}[*] — showeditor")
        self.setWindowModified(state.dirty)

    # -- commands that belong to the window ------------------------------------------------------------------------

    @guarded
    def _quit(self) -> None:
        self.close()

    @guarded
    def _bookmark(self, number: int, store: bool) -> None:
        if store:
            self.stage.store_bookmark(number)
        else:
            self.stage.recall_bookmark(number)

    @guarded
    def _fill_recent(self) -> None:
        self.menus.fill_recent(self.documents.recent(), self.documents.open_asked)

    @guarded
    def _open_inspector(self) -> None:
        self._docks["inspector"].show()
        self._docks["inspector"].raise_()
        self.inspector.focus_first()

    @guarded
    def _open_findings(self) -> None:
        self._docks["findings"].show()
        self._docks["findings"].raise_()

    @guarded
    def _next_finding(self) -> None:
        self._open_findings()
        self.findings.next_finding()

    @guarded
    def _previous_finding(self) -> None:
        self._open_findings()
        self.findings.previous_finding()

    @guarded
    def _slow_motion(self, finding: Finding) -> None:
        self.stage.slow_motion.begin(finding, self.stage.camera)

    @guarded
    def _landing_scatter(self) -> None:
        from showeditor.ui.panels.scatter_dialog import ScatterDialog

        # beside the window, not over it: what is drawn can be looked at while runs and seed are changed
        dialog = ScatterDialog(self.desk, self.stage.safety.falling, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.found.connect(self.stage.safety.show_landing)
        dialog.show()

    @guarded
    def _edit_show(self) -> None:
        self.desk.session.select([])
        self._open_inspector()

    @guarded
    def _show_shortcuts(self) -> None:
        from showeditor.ui.dialogs.about import ShortcutsDialog

        ShortcutsDialog(self.commands, self).exec()

    @guarded
    def _show_about(self) -> None:
        from showeditor.ui.dialogs.about import AboutDialog

        AboutDialog(self).exec()

    @guarded
    def _dump_accessibility(self) -> None:
        from showeditor.ui.accessibility import dump_path, write_tree

        write_tree(dump_path())
        self.desk.said.emit(self.tr("Accessibility tree written to {file}").format(file=dump_path()))

    @guarded
    def _context_menu(self, found: Hit | None, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAccessibleName(self.tr("Actions"))
        if found is None or found.kind in ("track", "flight"):
            names = ["paste", "-", "marker", "add_track", "add_act", "-", "fit"]
        elif found.kind == "cue":
            names = [
                "cut",
                "copy",
                "duplicate",
                "delete",
                "ripple_delete",
                "-",
                "select_effect",
                "select_position",
                "select_calibre",
                "select_act",
                "group",
                "ungroup",
                "-",
                "quantise",
                "substitute",
                "fan",
                "figure",
                "bake",
                "-",
                "fit_selection",
            ]
        else:
            names = ["duplicate", "delete", "-", "quantise", "-", "fit_selection"]
        for name in names:
            if name == "-":
                menu.addSeparator()
            else:
                menu.addAction(self.commands[name])
        menu.exec(at)
        menu.deleteLater()

    # -- files dropped on the window -------------------------------------------------------------------------------

    @guarded
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes a show or a music file."""
        if self._dropped(event.mimeData().urls()):
            event.acceptProposedAction()

    @guarded
    def dropEvent(self, event: QDropEvent) -> None:
        """Opens the show, or imports the music."""
        path = self._dropped(event.mimeData().urls())
        if path is None:
            return
        event.acceptProposedAction()
        if path.suffix.lower() == ".show":
            self.documents.open_asked(str(path))
        else:
            self.creating.import_file(path)

    def _dropped(self, urls: list[QUrl]) -> Path | None:
        for url in urls:
            local = url.toLocalFile()
            if local and Path(local).suffix.lower() in (".show", *MUSIC_SUFFIXES):
                return Path(local)
        return None

    # -- coming and going ------------------------------------------------------------------------------------------

    def _restore(self) -> None:
        settings = QSettings()
        geometry, state = settings.value("geometry"), settings.value("docks")
        if isinstance(geometry, QByteArray) and self.restoreGeometry(geometry):
            if isinstance(state, QByteArray):
                self.restoreState(state, LAYOUT)
        else:
            screen = QApplication.primaryScreen().availableGeometry()
            size = QSize(min(1600, screen.width() - 40), min(1000, screen.height() - 60))
            self.resize(size)
            self.move(screen.center() - QPoint(size.width() // 2, size.height() // 2))
            self.resizeDocks([self._docks["timeline"]], [int(size.height() * 0.46)], Qt.Orientation.Vertical)
            self.resizeDocks([self._docks["palette"], self._docks["inspector"]], [270, 330], Qt.Orientation.Horizontal)

    def showEvent(self, event: QShowEvent) -> None:
        """Gives the timeline the keys at first."""
        super().showEvent(event)
        # Qt keeps bars over from tabbing docks that had no titles yet, and shows them with the window
        for bar in self.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if not any(bar.tabText(k) for k in range(bar.count())):
                bar.hide()
        QTimer.singleShot(0, self.timeline, self.timeline.setFocus)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Asks about unsaved work, remembers the layout, ends everything."""
        if not self.documents.may_leave():
            event.ignore()
            return
        settings = QSettings()
        settings.setValue("geometry", self.saveGeometry())
        settings.setValue("docks", self.saveState(LAYOUT))
        self.documents.close()
        self.stage.shut()
        self.desk.close()
        event.accept()
