"""The one guard between Qt and the program: an error in a slot becomes a clear message instead of a crash."""

import inspect
import logging
import traceback
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QMessageBox, QWidget

from showeditor.model.errors import ShowEditorError

log = logging.getLogger("showeditor.ui")

Slot = TypeVar("Slot", bound=Callable[..., None])


class Reporter:
    """Shows an error to the user; tests put their own in `reporter.show`."""

    def __init__(self) -> None:
        self.show: Callable[[QWidget | None, str, str, str], None] = _message_box

    def report(self, parent: QWidget | None, error: BaseException) -> None:
        """Tells the user about `error`: the sentence alone for a fault of the input, with details for a bug."""
        if isinstance(error, ShowEditorError):
            self.show(parent, QCoreApplication.translate("Reporter", "That did not work"), str(error), "")
            return
        title = QCoreApplication.translate("Reporter", "The program made a mistake")
        text = QCoreApplication.translate(
            "Reporter", "The last action failed; your show is unharmed. Please save and report this."
        )
        self.show(parent, title, text, "".join(traceback.format_exception(error)))


def _message_box(parent: QWidget | None, title: str, text: str, details: str) -> None:
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Critical if details else QMessageBox.Icon.Warning)
    box.setWindowTitle(title)
    box.setText(text)
    box.setAccessibleName(title)
    if details:
        box.setDetailedText(details)
    box.exec()


reporter = Reporter()


def guarded(method: Slot) -> Slot:
    """A slot that reports what goes wrong; signal arguments that the method does not take are dropped."""
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    takes = sum(p.kind in kinds for p in inspect.signature(method).parameters.values()) - 1

    @wraps(method)
    def slot(self: QObject, *args: Any, **named: Any) -> None:
        try:
            method(self, *args[:takes], **named)
        except Exception as error:
            log.exception("a slot failed: %s", method.__qualname__)
            parent = self if isinstance(self, QWidget) else self.parent()
            reporter.report(parent.window() if isinstance(parent, QWidget) else None, error)

    return cast(Slot, slot)
