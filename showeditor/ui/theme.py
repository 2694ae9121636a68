"""Colours, palette and style sheet of the editor: one dark, calm theme in one place."""

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from showeditor.model.assets import asset

GROUND = "#17191d"
PANEL = "#1e2126"
RAISED = "#292d34"
HOVER = "#333841"
LINE = "#101215"
EDGE = "#353a43"
TEXT = "#d9dce1"
MUTED = "#8f97a3"
FAINT = "#5c636e"
ACCENT = "#4f9fe0"
ACCENT_DEEP = "#2a5f8f"
PLAYHEAD = "#ff7a59"
GOOD = "#57b98a"
WARN = "#e3b04b"
BLOCK = "#e5575c"
WAVE = "#4c6f8c"
WAVE_CORE = "#7fb0d6"
EMOTION = "#c98bdb"
DRONE = "#4bb7b0"

_STYLE = f"""
* {{ outline: 0; }}
QMainWindow, QDialog, QMessageBox {{ background: {GROUND}; }}
QMainWindow::separator {{ background: {LINE}; width: 5px; height: 5px; }}
QMainWindow::separator:hover {{ background: {ACCENT_DEEP}; }}
QWidget {{ color: {TEXT}; }}
QToolTip {{ background: {RAISED}; color: {TEXT}; border: 1px solid {EDGE}; padding: 4px 6px; }}
QMenuBar {{ background: {GROUND}; padding: 2px 6px; }}
QMenuBar::item {{ padding: 5px 10px; border-radius: 4px; background: transparent; }}
QMenuBar::item:selected {{ background: {HOVER}; }}
QMenu {{ background: {RAISED}; border: 1px solid {EDGE}; padding: 5px; }}
QMenu::item {{ padding: 5px 26px 5px 24px; border-radius: 4px; }}
QMenu::item:selected {{ background: {ACCENT_DEEP}; }}
QMenu::item:disabled {{ color: {FAINT}; }}
QMenu::separator {{ height: 1px; background: {EDGE}; margin: 5px 8px; }}
QMenu::indicator {{ width: 12px; height: 12px; left: 6px; }}
QToolBar {{ background: {GROUND}; border: 0; border-bottom: 1px solid {LINE}; spacing: 2px; padding: 3px 8px; }}
QToolBar::separator {{ background: {EDGE}; width: 1px; margin: 5px 7px; }}
QToolButton {{ background: transparent; border: 1px solid transparent; border-radius: 5px; padding: 4px; }}
QToolButton:hover {{ background: {HOVER}; }}
QToolButton:pressed {{ background: {LINE}; }}
QToolButton:checked {{ background: {ACCENT_DEEP}; border-color: {ACCENT}; }}
QToolButton#ripple:checked {{ background: {WARN}; border-color: {WARN}; }}
QToolButton:focus {{ border-color: {ACCENT}; }}
QToolButton::menu-indicator {{ image: none; }}
QStatusBar {{ background: {GROUND}; border-top: 1px solid {LINE}; color: {MUTED}; }}
QStatusBar::item {{ border: 0; }}
QDockWidget {{ color: {MUTED}; font-weight: 600; }}
QDockWidget::title {{ background: {GROUND}; padding: 6px 10px; text-align: left; }}
QDockWidget > QWidget {{ background: {PANEL}; }}
QTabBar {{ background: {GROUND}; qproperty-drawBase: 0; }}
QTabBar::tab {{ background: {GROUND}; color: {MUTED}; padding: 6px 14px; border: 0;
    border-bottom: 2px solid transparent; }}
QTabBar::tab:selected {{ color: {TEXT}; border-bottom-color: {ACCENT}; }}
QTabBar::tab:hover {{ color: {TEXT}; }}
QTabWidget::pane {{ border: 0; }}
QPushButton {{ background: {RAISED}; border: 1px solid {EDGE}; border-radius: 5px; padding: 5px 14px;
    min-height: 16px; }}
QPushButton:hover {{ background: {HOVER}; }}
QPushButton:pressed {{ background: {LINE}; }}
QPushButton:focus {{ border-color: {ACCENT}; }}
QPushButton:default {{ background: {ACCENT_DEEP}; border-color: {ACCENT}; }}
QPushButton:flat {{ background: transparent; border: 1px solid transparent; }}
QPushButton:flat:hover {{ background: {HOVER}; }}
QPushButton:flat:focus {{ border-color: {ACCENT}; }}
QPushButton:disabled {{ color: {FAINT}; background: {PANEL}; border-color: {RAISED}; }}
QPushButton:checked {{ background: {ACCENT_DEEP}; border-color: {ACCENT}; }}
QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox {{
    background: {GROUND}; border: 1px solid {EDGE}; border-radius: 4px; padding: 4px 7px;
    selection-background-color: {ACCENT_DEEP}; selection-color: {TEXT}; min-height: 16px; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus,
    QComboBox:focus {{ border-color: {ACCENT}; }}
QLineEdit[state="bad"], QAbstractSpinBox[state="bad"] {{ border-color: {BLOCK}; }}
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled {{ color: {FAINT}; }}
QAbstractSpinBox QLineEdit {{ border: 0; padding: 0; background: transparent; min-height: 0; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ width: 0; border: 0; }}
QComboBox::drop-down {{ border: 0; width: 20px; }}
QComboBox::down-arrow {{ image: url("@icons/down.svg"); width: 12px; height: 12px; margin-right: 8px; }}
QComboBox QAbstractItemView {{ background: {RAISED}; border: 1px solid {EDGE};
    selection-background-color: {ACCENT_DEEP}; }}
QCheckBox, QRadioButton {{ spacing: 7px; }}
QCheckBox::indicator, QGroupBox::indicator {{ width: 14px; height: 14px; border: 1px solid {FAINT};
    border-radius: 3px; background: {GROUND}; }}
QCheckBox::indicator:checked, QTreeView::indicator:checked {{ background: {ACCENT_DEEP}; border-color: {ACCENT};
    image: url("@icons/tick.svg"); }}
QCheckBox::indicator:indeterminate {{ background: {ACCENT_DEEP}; image: url("@icons/part.svg"); }}
QTreeView::indicator {{ width: 14px; height: 14px; border: 1px solid {FAINT}; border-radius: 3px;
    background: {GROUND}; }}
QMenu::indicator:checked {{ image: url("@icons/tick.svg"); }}
QCheckBox:focus {{ color: white; }}
QListView, QTreeView, QTableView {{ background: {PANEL}; border: 0; alternate-background-color: {PANEL};
    selection-background-color: {ACCENT_DEEP}; selection-color: white; }}
QListView::item, QTreeView::item {{ padding: 4px 4px; border-radius: 4px; }}
QListView::item:hover, QTreeView::item:hover {{ background: {RAISED}; }}
QListView::item:selected, QTreeView::item:selected {{ background: {ACCENT_DEEP}; }}
QHeaderView::section {{ background: {GROUND}; color: {MUTED}; border: 0; padding: 5px 8px; }}
QScrollArea {{ border: 0; background: {PANEL}; }}
QScrollBar:vertical {{ background: transparent; width: 11px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 11px; margin: 0; }}
QScrollBar::handle {{ background: {EDGE}; border-radius: 4px; margin: 2px; min-width: 28px; min-height: 28px; }}
QScrollBar::handle:hover {{ background: {FAINT}; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{ background: none;
    border: 0; width: 0; height: 0; }}
QProgressBar {{ background: {GROUND}; border: 1px solid {EDGE}; border-radius: 4px; text-align: center;
    min-height: 14px; }}
QProgressBar::chunk {{ background: {ACCENT_DEEP}; border-radius: 3px; }}
QGroupBox {{ border: 0; margin-top: 22px; padding: 0; font-weight: 600; color: {MUTED}; }}
QGroupBox::title {{ subcontrol-origin: margin; left: 0; top: 4px; }}
QLabel[role="hint"] {{ color: {MUTED}; }}
QLabel[role="bad"] {{ color: {BLOCK}; }}
QLabel[role="warn"] {{ color: {WARN}; }}
QLabel[role="good"] {{ color: {GOOD}; }}
QLabel[role="title"] {{ font-size: 15px; font-weight: 600; }}
QLabel[role="time"] {{ font-size: 17px; font-weight: 600; color: {TEXT}; }}
"""

_FAMILIES = (
    "Noto Sans CJK SC",
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
)


def dress(app: QApplication) -> None:
    """Gives the application the dark palette, the style sheet and a font that has Chinese glyphs."""
    app.setStyle(QStyleFactory.create("Fusion"))
    palette = QPalette()
    for role, colour in (
        (QPalette.ColorRole.Window, GROUND),
        (QPalette.ColorRole.WindowText, TEXT),
        (QPalette.ColorRole.Base, PANEL),
        (QPalette.ColorRole.AlternateBase, GROUND),
        (QPalette.ColorRole.Text, TEXT),
        (QPalette.ColorRole.PlaceholderText, FAINT),
        (QPalette.ColorRole.Button, RAISED),
        (QPalette.ColorRole.ButtonText, TEXT),
        (QPalette.ColorRole.ToolTipBase, RAISED),
        (QPalette.ColorRole.ToolTipText, TEXT),
        (QPalette.ColorRole.Highlight, ACCENT_DEEP),
        (QPalette.ColorRole.HighlightedText, "#ffffff"),
        (QPalette.ColorRole.Link, ACCENT),
    ):
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(FAINT))
    app.setPalette(palette)
    app.setFont(_font())
    app.setStyleSheet(_STYLE.replace("@icons", asset("icons").as_posix()))


def _font() -> QFont:
    present = set(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))
    families = [name for name in _FAMILIES if name in present]
    if not present:
        families = _packed_families()
    font = QFont()
    font.setFamilies([*families, *sorted(present - set(families))[:1]] or [font.family()])
    font.setPixelSize(13)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font


def _packed_families() -> list[str]:
    # a machine without any Chinese font would show every glyph as an empty box
    try:
        folder = asset("fonts")
    except FileNotFoundError:
        return []
    families: list[str] = []
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in (".ttf", ".otf", ".ttc"):
            number = QFontDatabase.addApplicationFont(str(path))
            if number >= 0:
                families.extend(QFontDatabase.applicationFontFamilies(number))
    return families


def colour(name: str, alpha: int = 255) -> QColor:
    """A colour of the theme with an opacity."""
    made = QColor(name)
    made.setAlpha(alpha)
    return made
