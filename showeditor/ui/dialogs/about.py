"""The shortcuts list and the about box."""

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from showeditor import __version__
from showeditor.ui.icons import app_icon
from showeditor.ui.window.commands import Commands


class ShortcutsDialog(QDialog):
    """Every command with its keys, and what the pointer does."""

    def __init__(self, commands: Commands, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.setAccessibleName(self.tr("Keyboard shortcuts"))
        self.resize(520, 640)
        table = QTreeWidget(self)
        table.setAccessibleName(self.tr("Commands and keys"))
        table.setHeaderLabels([self.tr("Command"), self.tr("Keys")])
        table.setRootIsDecorated(False)
        table.setColumnWidth(0, 290)
        for action in commands.actions.values():
            keys = ", ".join(k.toString(QKeySequence.SequenceFormat.NativeText) for k in action.shortcuts())
            if keys:
                table.addTopLevelItem(QTreeWidgetItem([action.text().replace("&", "").rstrip("…"), keys]))
        for what, how in (
            (self.tr("Scroll in time"), self.tr("wheel")),
            (self.tr("Zoom at the pointer"), self.tr("Ctrl + wheel")),
            (self.tr("Scroll the tracks"), self.tr("Shift + wheel")),
            (self.tr("Move blooms and scenes"), self.tr("drag")),
            (self.tr("Copy while dragging"), self.tr("Alt + drag")),
            (self.tr("Only in time, or only to another track"), self.tr("Shift + drag")),
            (self.tr("Without snapping"), self.tr("Ctrl while dragging")),
            (self.tr("Loop range"), self.tr("drag on the bars of the ruler")),
            (self.tr("Favourite effects: set, insert"), "Ctrl+0…9, 0…9"),
            (self.tr("Camera bookmarks: store, recall"), "Ctrl+Alt+1…9, Alt+1…9"),
        ):
            table.addTopLevelItem(QTreeWidgetItem([what, how]))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.setAccessibleName(self.tr("Answer"))
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.addWidget(table)
        box.addWidget(buttons)


class AboutDialog(QDialog):
    """What this is."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About showeditor"))
        self.setAccessibleName(self.tr("About showeditor"))
        picture = QLabel(self)
        picture.setPixmap(app_icon().pixmap(96, 96))
        picture.setAccessibleName(self.tr("Icon of the program"))
        text = QLabel(
            self.tr(
                "<h3>showeditor {version}</h3><p>Fireworks, drones, music and stage on one timeline, "
                "with a safety check before every export.</p><p>Apache License 2.0</p>"
            ).format(version=__version__),
            self,
        )
        text.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.setAccessibleName(self.tr("Answer"))
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 16)
        box.addWidget(picture)
        box.addWidget(text)
        box.addWidget(buttons)
        self.resize(420, self.sizeHint().height())
