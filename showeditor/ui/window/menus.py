"""Menus and the tool bar: which command stands where."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QLabel, QMainWindow, QMenu, QToolBar

from showeditor.timeline.snap import Kind
from showeditor.ui.desk import Desk
from showeditor.ui.language import LANGUAGES
from showeditor.ui.window.commands import Commands

_FILE = (
    "new", "open", "@recent", "-", "save", "save_as", "-",
    "import_music", "import_files", "import_folder",
    "import_effects", "import_firings", "-", "export", "verify", "-", "quit",
)  # fmt: skip
_EDIT = (
    "undo", "redo", "-", "cut", "copy", "paste", "duplicate", "delete", "ripple_delete", "-",
    "select_all", "select_none", "select_effect", "select_position", "select_calibre", "select_act", "-",
    "group", "ungroup", "-",
    "quantise", "quantise_part", "substitute", "-",
    "fan", "figure", "bake", "-",
    "tap", "downbeat_back", "downbeat_forward", "-", "ripple", "snap", "@snap",
)  # fmt: skip
_VIEW = (
    "fit", "fit_selection", "zoom_in", "zoom_out", "-",
    "camera_front", "camera_side", "camera_top", "camera_ortho", "@bookmarks", "-", "@panels",
)  # fmt: skip
_TRANSPORT = (
    "play", "play_again", "-", "shuttle_back", "shuttle_stop", "shuttle_forward", "-",
    "previous_cue", "next_cue", "nudge_back", "nudge_forward", "frame_back", "frame_forward", "home", "end", "-",
    "loop", "loop_in", "loop_out", "loop_clear", "-",
    "hear_bursts", "-",
    "marker", "named_marker", "previous_marker", "next_marker",
)  # fmt: skip
_SHOW = (
    "text_formation", "new_formation", "-",
    "add_track", "add_act", "add_position", "add_fleet", "recorded_flights", "-",
    "address", "address_options", "controllers", "backdrop", "timecode",
    "edit_show", "-", "check_next", "check_previous", "landing_scatter",
)  # fmt: skip
_HELP = ("shortcuts", "about")
_BAR = (
    "new", "open", "save", "|", "undo", "redo", "|", "home", "play", "end", "loop", "|",
    "snap", "ripple", "marker", "fit", "|",
    "import_music", "text_formation", "new_formation", "|", "export",
)  # fmt: skip
BOOKMARKS = range(1, 10)


class Menus(QObject):
    """The menu bar and the tool bar of the window."""

    def __init__(self, window: QMainWindow, commands: Commands, desk: Desk, panels: list[QAction]) -> None:
        super().__init__(window)
        self.desk = desk
        bar = window.menuBar()
        self._menus: dict[str, QMenu] = {}
        self.recent, self._bookmarks, self._snap = QMenu(window), QMenu(window), QMenu(window)
        self._panels = panels
        for name, rows in (
            ("file", _FILE),
            ("edit", _EDIT),
            ("view", _VIEW),
            ("transport", _TRANSPORT),
            ("show", _SHOW),
            ("language", ()),
            ("help", _HELP),
        ):
            menu = QMenu(window)
            menu.setObjectName(f"menu_{name}")
            bar.addMenu(menu)
            self._menus[name] = menu
            for row in rows:
                self._add(menu, commands, row)
        self.languages: dict[str, QAction] = {}
        group = QActionGroup(self)
        for code, title in LANGUAGES.items():
            action = QAction(title, window)
            action.setCheckable(True)
            group.addAction(action)
            self._menus["language"].addAction(action)
            self.languages[code] = action
        self.bookmark_actions = self._make_bookmarks(window)
        self.snap_actions = self._make_snaps(window)
        self.bar = QToolBar(window)
        self.bar.setObjectName("toolbar")
        self.bar.setMovable(False)
        self.bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        window.addToolBar(self.bar)
        for row in _BAR:
            if row == "|":
                self.bar.addSeparator()
            else:
                self.bar.addAction(commands[row])
        self.bar.widgetForAction(commands["ripple"]).setObjectName("ripple")
        self._title = QLabel(window)
        self._commands = commands
        self.retranslate()

    def _add(self, menu: QMenu, commands: Commands, row: str) -> None:
        if row == "-":
            menu.addSeparator()
        elif row == "@recent":
            menu.addMenu(self.recent)
        elif row == "@bookmarks":
            menu.addMenu(self._bookmarks)
        elif row == "@snap":
            menu.addMenu(self._snap)
        elif row == "@panels":
            menu.addActions(self._panels)
        else:
            menu.addAction(commands[row])

    def _make_bookmarks(self, window: QMainWindow) -> dict[int, tuple[QAction, QAction]]:
        made: dict[int, tuple[QAction, QAction]] = {}
        for number in BOOKMARKS:
            pair = QAction(window), QAction(window)
            for action, keys in zip(pair, (f"Alt+{number}", f"Ctrl+Alt+{number}"), strict=True):
                action.setShortcut(keys)
                window.addAction(action)
                self._bookmarks.addAction(action)
            made[number] = pair
        return made

    def _make_snaps(self, window: QMainWindow) -> dict[Kind, QAction]:
        made: dict[Kind, QAction] = {}
        kinds: tuple[Kind, ...] = ("beat", "bar", "eight", "marker", "cue", "second")
        for kind in kinds:
            action = QAction(window)
            action.setCheckable(True)
            action.setChecked(kind in self.desk.snap_kinds)
            action.toggled.connect(self._set_snaps)
            self._snap.addAction(action)
            made[kind] = action
        return made

    def _set_snaps(self) -> None:
        self.desk.set_snap_kinds(frozenset(kind for kind, action in self.snap_actions.items() if action.isChecked()))

    def fill_recent(self, files: list[str], open_file: Callable[[str], None]) -> None:
        """Lists the files opened last."""
        self.recent.clear()
        for file in files:
            action = self.recent.addAction(file)
            action.triggered.connect(lambda _checked=False, f=file: open_file(f))
        if not files:
            self.recent.addAction(self.tr("No recent shows")).setEnabled(False)

    def retranslate(self) -> None:
        """Sets all words in the current language."""
        for name, text in {
            "file": self.tr("&File"),
            "edit": self.tr("&Edit"),
            "view": self.tr("&View"),
            "transport": self.tr("&Transport"),
            "show": self.tr("&Show"),
            "language": self.tr("&Language"),
            "help": self.tr("&Help"),
        }.items():
            self._menus[name].setTitle(text)
            self._menus[name].setAccessibleName(text.replace("&", ""))
        self.recent.setTitle(self.tr("Open &recent"))
        self._bookmarks.setTitle(self.tr("Camera &bookmarks"))
        self._snap.setTitle(self.tr("Snap &to"))
        for menu in (self.recent, self._bookmarks, self._snap):
            menu.setAccessibleName(menu.title().replace("&", ""))
        for number, (recall, store) in self.bookmark_actions.items():
            recall.setText(self.tr("Go to view {n}").format(n=number))
            store.setText(self.tr("Store as view {n}").format(n=number))
        for kind, text in {
            "beat": self.tr("Beats"),
            "bar": self.tr("Bars"),
            "eight": self.tr("Eight-counts"),
            "marker": self.tr("Markers and acts"),
            "cue": self.tr("Cues and scenes"),
            "second": self.tr("Seconds"),
        }.items():
            for known, action in self.snap_actions.items():
                if known == kind:
                    action.setText(text)
        self.bar.setWindowTitle(self.tr("Tool bar"))
        self.bar.setAccessibleName(self.tr("Tool bar"))
        for action in self.bar.actions():
            button = self.bar.widgetForAction(action)
            if button is not None and action.text():
                button.setAccessibleName(action.text().replace("&", "").rstrip("…"))
