"""The commands that meet the gate: export and verify."""

from html import escape
from pathlib import Path

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMessageBox

from showeditor.model.finding import Finding, blocks
from showeditor.ui.desk import Desk
from showeditor.ui.edge import guarded, reporter
from showeditor.ui.window.commands import Commands


class Publishing(QObject):
    """Opens the export dialog, and verifies published folders."""

    def __init__(self, desk: Desk, commands: Commands, language: list[str], window: QMainWindow) -> None:
        super().__init__(window)
        self.desk = desk
        self.window = window
        self._language = language
        commands.do("export", self.export)
        commands.do("verify", self.verify)

    @property
    def _chinese(self) -> bool:
        return self._language[0].startswith("zh")

    @guarded
    def export(self) -> None:
        """Opens the export dialog."""
        from showeditor.ui.dialogs.export import ExportDialog

        dialog = ExportDialog(self.desk, self._chinese, self.window)
        dialog.exec()
        dialog.deleteLater()

    @guarded
    def verify(self) -> None:
        """Compares a published folder with its receipt."""
        name = QFileDialog.getExistingDirectory(
            self.window, self.tr("Verify a published folder"), str(QSettings().value("folder", ""))
        )
        if not name:
            return

        def work() -> tuple[Finding, ...]:
            from showeditor.export.signatures import trusted
            from showeditor.export.verify import verify

            return verify(Path(name), trusted())

        self.desk.jobs.start(work, lambda found: self._verified(name, found), self._failed)

    def _failed(self, error: BaseException) -> None:
        reporter.report(self.window, error)

    @guarded
    def _verified(self, name: str, found: tuple[Finding, ...]) -> None:
        from showeditor.export.verify import read_receipt
        from showeditor.ui.dialogs.wording import rounding_html

        box = QMessageBox(self.window)
        box.setWindowTitle(self.tr("Verify"))
        lines = [(f.message_zh if self._chinese else "") or f.message for f in found[:20]]
        if blocks(found):
            box.setIcon(QMessageBox.Icon.Critical)
            box.setText(self.tr("{folder} differs from its receipt.").format(folder=name))
            box.setInformativeText("\n".join(lines))
        else:
            box.setIcon(QMessageBox.Icon.Information)
            box.setText(self.tr("Every byte in {folder} is as it was published.").format(folder=name))
            notes = "".join(f"<p>{escape(line)}</p>" for line in lines)
            box.setInformativeText(notes + rounding_html(read_receipt(Path(name))))
        box.exec()
