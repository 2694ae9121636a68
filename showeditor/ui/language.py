"""Languages of the interface: Chinese is read from the committed .ts file at run time, no build step needed."""

import xml.etree.ElementTree as xml
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from showeditor.model.assets import asset
from showeditor.model.errors import BadFile

LANGUAGES = {"en": "English", "zh_CN": "简体中文"}
"""Language codes with their names in themselves."""

Texts = dict[tuple[str, str, str], str]


def read_ts(path: Path) -> Texts:
    """Finished translations of a Qt .ts file by (context, source, comment); raises BadFile for a torn file."""
    try:
        root = xml.parse(path).getroot()
    except xml.ParseError as error:
        raise BadFile(path.name, f"line {error.position[0]}", "a Qt translation file (.ts) was expected") from error
    texts: Texts = {}
    for context in root.iter("context"):
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is None or translation.get("type") or not translation.text:
                continue
            source, comment = message.findtext("source") or "", message.findtext("comment") or ""
            texts[name, source, comment] = translation.text
    return texts


class TsTranslator(QTranslator):
    """A translator that answers straight from a .ts file."""

    def __init__(self, texts: Texts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts = texts

    def translate(self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1) -> str:
        """The translation, or the source itself: an empty answer would count as one and blank the text."""
        return self._texts.get((context, sourceText, disambiguation or ""), sourceText)

    def isEmpty(self) -> bool:
        """Whether nothing is translated."""
        return not self._texts


class Languages(QObject):
    """Switches the running application between languages."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._installed: list[QTranslator] = []
        self.current = "en"

    def switch(self, code: str) -> None:
        """Installs the translators of `code`; every widget hears LanguageChange."""
        self.current = code if code in LANGUAGES else "en"
        for old in self._installed:
            QCoreApplication.removeTranslator(old)
            old.deleteLater()
        self._installed = []
        QLocale.setDefault(QLocale(self.current))
        if self.current == "en":
            return
        self._install(TsTranslator(read_ts(asset("translations", f"showeditor_{self.current}.ts")), self))
        # Qt's own texts (standard buttons, file dialog) come from Qt's file; the last one installed is asked first
        base = QTranslator(self)
        if base.load(f"qtbase_{self.current}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            self._install(base)

    def close(self) -> None:
        """Takes the translators out of the application."""
        for old in self._installed:
            QCoreApplication.removeTranslator(old)
        self._installed = []

    def _install(self, translator: QTranslator) -> None:
        QCoreApplication.installTranslator(translator)
        self._installed.append(translator)


def preferred() -> str:
    """The language of the system, if the editor speaks it, else English."""
    return "zh_CN" if QLocale.system().language() == QLocale.Language.Chinese else "en"


def speaks_chinese() -> bool:
    """Whether the interface speaks Chinese at this moment."""
    return QLocale().language() == QLocale.Language.Chinese


def word(text: str) -> str:
    """A short text outside any widget (names of undo steps, kinds of things) in the current language."""
    return QCoreApplication.translate("Words", text)
