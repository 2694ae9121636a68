"""The commands that bring in files of other programs, and that move the flights which came with them."""

from pathlib import Path

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMessageBox

from showeditor.export.profiles import SHELF
from showeditor.ui.desk import Desk
from showeditor.ui.edge import guarded
from showeditor.ui.window.commands import Commands


class FileImport(QObject):
    """Asks for files and opens the dialogs."""

    def __init__(self, desk: Desk, commands: Commands, language: list[str], window: QMainWindow) -> None:
        super().__init__(window)
        self.desk = desk
        self.window = window
        self._language = language
        commands.do("import_files", self.import_files)
        commands.do("import_folder", self.import_folder)
        commands.do("recorded_flights", self.recorded_flights)

    @guarded
    def import_files(self) -> None:
        """Asks for firing scripts, drone files and tables."""
        kinds = "*.csv *.txt *.tsv *.xlsx *.xml *.fin *.skyc *.skyb *.vviz *.zip *.json *.PATH *.plan *.waypoints"
        names, _ = QFileDialog.getOpenFileNames(
            self.window,
            self.tr("Import files"),
            str(QSettings().value("import_folder", str(QSettings().value("folder", "")))),
            self.tr("Firing scripts, drone files, tables ({kinds});;All files (*)").format(kinds=kinds),
        )
        if names:
            self.open([Path(name) for name in names])

    @guarded
    def import_folder(self) -> None:
        """Asks for a folder of files that belong together (one file a drone)."""
        name = QFileDialog.getExistingDirectory(
            self.window, self.tr("Import a folder"), str(QSettings().value("import_folder", ""))
        )
        if name:
            self.open([Path(name)])

    def open(self, paths: list[Path]) -> None:
        """Opens the dialog on these files."""
        from showeditor.ui.dialogs.import_files import ImportFilesDialog

        here = self.desk.state.path
        SHELF.open_beside(here.parent if here else None)
        QSettings().setValue("import_folder", str(paths[0].parent))
        dialog = ImportFilesDialog(self.desk, paths, self._language[0].startswith("zh"), self.window)
        dialog.exec()
        dialog.deleteLater()

    @guarded
    def recorded_flights(self) -> None:
        """Opens the list of recorded flights."""
        from showeditor.ui.dialogs.recorded_flights import RecordedFlightsDialog

        if not self.desk.show.recorded:
            QMessageBox.information(
                self.window,
                self.tr("Recorded flights"),
                self.tr("The show has no recorded flights. Import a drone file first."),
            )
            return
        dialog = RecordedFlightsDialog(self.desk, self.window)
        dialog.exec()
        dialog.deleteLater()
