"""Every command of the editor: its words, its key and its icon, in one table."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from showeditor.ui.icons import has_icon, icon

_KEYS: dict[str, tuple[str, ...]] = {
    "new": ("Ctrl+N",),
    "open": ("Ctrl+O",),
    "save": ("Ctrl+S",),
    "save_as": ("Ctrl+Shift+S",),
    "import_music": ("Ctrl+I",),
    "import_files": ("Ctrl+Shift+I",),
    "export": ("Ctrl+E",),
    "quit": ("Ctrl+Q",),
    "undo": ("Ctrl+Z",),
    "redo": ("Ctrl+Shift+Z", "Ctrl+Y"),
    "cut": ("Ctrl+X",),
    "copy": ("Ctrl+C",),
    "paste": ("Ctrl+V",),
    "duplicate": ("Ctrl+D",),
    "delete": ("Delete", "Backspace"),
    "ripple_delete": ("Shift+Delete",),
    "ripple": ("R",),
    "group": ("Ctrl+G",),
    "ungroup": ("Ctrl+Shift+G",),
    "select_all": ("Ctrl+A",),
    "select_none": ("Ctrl+Shift+A",),
    "select_effect": ("Ctrl+Alt+E",),
    "select_position": ("Ctrl+Alt+P",),
    "quantise": ("Q",),
    "quantise_part": ("Shift+Q",),
    "tap": ("T",),
    "downbeat_back": ("Ctrl+,",),
    "downbeat_forward": ("Ctrl+.",),
    "fan": ("Ctrl+F",),
    "figure": ("Ctrl+Shift+F",),
    "substitute": ("Ctrl+H",),
    "snap": ("S",),
    "fit": ("Shift+Z",),
    "fit_selection": ("Z",),
    "zoom_in": ("Ctrl+=", "Ctrl++"),
    "zoom_out": ("Ctrl+-",),
    "camera_front": ("1",),
    "camera_side": ("3",),
    "camera_top": ("7",),
    "camera_ortho": ("5",),
    "play": ("Space",),
    "play_again": ("Return", "Enter"),
    "loop": ("Shift+Space",),
    "shuttle_back": ("J",),
    "shuttle_stop": ("K",),
    "shuttle_forward": ("L",),
    "previous_cue": ("Left",),
    "next_cue": ("Right",),
    "nudge_back": ("Shift+Left",),
    "nudge_forward": ("Shift+Right",),
    "frame_back": (",",),
    "frame_forward": (".",),
    "home": ("Home",),
    "end": ("End",),
    "loop_in": ("I",),
    "loop_out": ("O",),
    "marker": ("M",),
    "named_marker": ("Shift+M",),
    "previous_marker": ("Ctrl+Left",),
    "next_marker": ("Ctrl+Right",),
    "text_formation": ("Ctrl+T",),
    "new_formation": ("Ctrl+Shift+T",),
    "check_next": ("F8",),
    "check_previous": ("Shift+F8",),
    "shortcuts": ("F1",),
    "dump_accessibility": ("Ctrl+Alt+Shift+D",),
}
_CHECKABLE = ("snap", "ripple", "loop", "camera_ortho", "hear_bursts")


class Commands(QObject):
    """The actions by name; handlers are connected by those who can do them."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.actions: dict[str, QAction] = {}
        for name in self._words():
            action = QAction(window)
            action.setObjectName(name)
            action.setShortcuts([QKeySequence(key) for key in _KEYS.get(name, ())])
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.setCheckable(name in _CHECKABLE)
            if has_icon(name):
                action.setIcon(icon(name))
            self.actions[name] = action
            window.addAction(action)
        self.retranslate()

    def __getitem__(self, name: str) -> QAction:
        return self.actions[name]

    def do(self, name: str, handler: Callable[[], None]) -> None:
        """What happens when the command is called (a guarded method, without arguments)."""
        self.actions[name].triggered.connect(lambda _checked=False: handler())

    def retranslate(self) -> None:
        """Sets all words in the current language."""
        for name, text in self._words().items():
            action = self.actions[name]
            action.setText(text)
            plain = text.replace("&", "").rstrip("…")
            keys = ", ".join(key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts())
            action.setToolTip(f"{plain}  ({keys})" if keys else plain)
            action.setStatusTip("")

    def _words(self) -> dict[str, str]:
        return {
            "new": self.tr("&New show"),
            "open": self.tr("&Open…"),
            "save": self.tr("&Save"),
            "save_as": self.tr("Save &as…"),
            "import_music": self.tr("Import &music…"),
            "import_files": self.tr("Import f&iles…"),
            "import_folder": self.tr("Import a fol&der…"),
            "recorded_flights": self.tr("Recorded &flights…"),
            "import_effects": self.tr("Import e&ffects…"),
            "import_firings": self.tr("Import &test firings…"),
            "export": self.tr("&Export…"),
            "verify": self.tr("&Verify a published folder…"),
            "quit": self.tr("&Quit"),
            "undo": self.tr("&Undo"),
            "redo": self.tr("&Redo"),
            "cut": self.tr("Cu&t"),
            "copy": self.tr("&Copy"),
            "paste": self.tr("&Paste at the playhead"),
            "duplicate": self.tr("D&uplicate"),
            "delete": self.tr("&Delete"),
            "ripple_delete": self.tr("Delete and close the &gap"),
            "ripple": self.tr("&Ripple: what follows moves along"),
            "group": self.tr("&Group"),
            "ungroup": self.tr("U&ngroup"),
            "select_all": self.tr("Select &all cues"),
            "select_none": self.tr("Select &nothing"),
            "select_effect": self.tr("Select same &effect"),
            "select_position": self.tr("Select same &position"),
            "select_calibre": self.tr("Select same ca&libre"),
            "select_act": self.tr("Select same a&ct"),
            "quantise": self.tr("&Quantise to the grid"),
            "quantise_part": self.tr("Quantise by a s&trength…"),
            "downbeat_back": self.tr("Downbeat 10 ms earlier"),
            "downbeat_forward": self.tr("Downbeat 10 ms later"),
            "tap": self.tr("&Tap the tempo"),
            "fan": self.tr("&Fan and sequence…"),
            "figure": self.tr("F&igure: fan, V, chase, fill…"),
            "bake": self.tr("&Bake the figure into cues"),
            "substitute": self.tr("Substitute the &effect…"),
            "snap": self.tr("&Snap"),
            "fit": self.tr("&Fit all"),
            "fit_selection": self.tr("Fit &selection"),
            "zoom_in": self.tr("Zoom &in"),
            "zoom_out": self.tr("Zoom &out"),
            "camera_front": self.tr("&Front view"),
            "camera_side": self.tr("&Side view"),
            "camera_top": self.tr("&Top view"),
            "camera_ortho": self.tr("&Orthographic"),
            "play": self.tr("&Play / pause"),
            "play_again": self.tr("Play from &last start"),
            "loop": self.tr("&Loop"),
            "shuttle_back": self.tr("Shuttle &backwards"),
            "shuttle_stop": self.tr("Shuttle sto&p"),
            "shuttle_forward": self.tr("Shuttle &forwards"),
            "previous_cue": self.tr("Pre&vious cue"),
            "next_cue": self.tr("&Next cue"),
            "nudge_back": self.tr("One millisecond back"),
            "nudge_forward": self.tr("One millisecond forward"),
            "frame_back": self.tr("One frame back"),
            "frame_forward": self.tr("One frame forward"),
            "home": self.tr("To the &start"),
            "end": self.tr("To the &end"),
            "loop_in": self.tr("Loop starts &here"),
            "loop_out": self.tr("Loop ends h&ere"),
            "loop_clear": self.tr("&Clear the loop"),
            "hear_bursts": self.tr("Sound of the &fireworks"),
            "marker": self.tr("&Marker here"),
            "named_marker": self.tr("N&amed marker here…"),
            "previous_marker": self.tr("Previous marker"),
            "next_marker": self.tr("Next marker"),
            "text_formation": self.tr("New &text formation…"),
            "new_formation": self.tr("&New formation: motif, drawing, picture, mesh…"),
            "add_track": self.tr("Add a fire&work track"),
            "add_act": self.tr("Add an &act from the loop range"),
            "backdrop": self.tr("Pictures of the site…"),
            "add_position": self.tr("Add a firing &position"),
            "add_fleet": self.tr("Add a &drone fleet…"),
            "address": self.tr("Add&ress cues…"),
            "address_options": self.tr("Addresses with &options…"),
            "controllers": self.tr("&Controllers and licences…"),
            "timecode": self.tr("&Timecode and stage…"),
            "edit_show": self.tr("S&how, venue and limits"),
            "check_next": self.tr("Next fi&nding"),
            "check_previous": self.tr("Pre&vious finding"),
            "landing_scatter": self.tr("&Landing scatter…"),
            "shortcuts": self.tr("&Keyboard shortcuts"),
            "about": self.tr("&About showeditor"),
            "dump_accessibility": self.tr("Write the accessibility tree to a file"),
        }
