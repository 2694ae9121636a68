"""The palette: effects by category with search, and the formations of the show; dragged or inserted at the playhead."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRectF, QSettings, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QRadialGradient
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from showeditor.effects.palette import PaletteEntry, first_set
from showeditor.model.errors import ShowEditorError
from showeditor.model.swarm import Formation
from showeditor.ui import theme
from showeditor.ui.desk import Desk
from showeditor.ui.edge import guarded, reporter
from showeditor.ui.panels.favourites import NUMBERS, Favourites
from showeditor.ui.timeline.drop import insert_effect, insert_formation, mime_of
from showeditor.ui.timeline.rows import display_colour

_KIND = Qt.ItemDataRole.UserRole
_WHAT = Qt.ItemDataRole.UserRole + 1
_FIND = Qt.ItemDataRole.UserRole + 2
MOST_RECENT = 8

Shade = tuple[int, int, int]
GREY: Shade = (150, 156, 166)


class _Tree(QTreeWidget):
    """A tree whose leaves can be dragged onto the timeline."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setDragEnabled(True)
        self.setIndentation(12)
        self.setIconSize(QSize(22, 22))
        self.setUniformRowHeights(True)
        self.setDragDropMode(QTreeWidget.DragDropMode.DragOnly)

    def leaves(self) -> list[QTreeWidgetItem]:
        """All rows under the groups."""
        groups = [self.topLevelItem(g) for g in range(self.topLevelItemCount())]
        rows = [group.child(i) for group in groups if group is not None for i in range(group.childCount())]
        return [row for row in rows if row is not None]

    def mimeData(self, items: Sequence[QTreeWidgetItem]) -> QMimeData:
        """The dragged form of a leaf."""
        for item in items:
            kind, what = item.data(0, _KIND), item.data(0, _WHAT)
            if kind in ("effect", "formation"):
                return mime_of(kind, str(what), item.text(0))
        return QMimeData()


class PalettePanel(QWidget):
    """Effects and formations to design with."""

    textAsked = Signal()
    svgAsked = Signal()

    def __init__(self, desk: Desk, language: "list[str]", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._language = language
        self._formations: tuple[Formation, ...] | None = None
        self._places: tuple[object, ...] | None = None
        self._colours: dict[str, tuple[Shade, ...]] = {}
        self._tabs = QTabWidget(self)
        self._tabs.setDocumentMode(True)
        self._search, self._effects, self._place = QLineEdit(self), _Tree(self), QComboBox(self)
        self._search.setClearButtonEnabled(True)
        self._place_label = QLabel(self)
        self._place_label.setProperty("role", "hint")
        self._place_label.setBuddy(self._place)
        self.favourites = Favourites(desk, self)
        self.favourites.watch(self._effects, self._chosen)
        self.favourites.changed.connect(self._fill_effects)
        self._effects.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._effects.customContextMenuRequested.connect(self._effect_menu)
        self._formation_list = _Tree(self)
        self._formation_list.setRootIsDecorated(False)
        self._text, self._svg = QPushButton(self), QPushButton(self)
        self._tabs.addTab(self._effects_page(), "")
        self._tabs.addTab(self._formations_page(), "")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._tabs)
        self._search.textChanged.connect(self._filter)
        self._search.returnPressed.connect(self._insert_first)
        self._effects.itemActivated.connect(self._insert)
        self._formation_list.itemActivated.connect(self._insert)
        self._formation_list.itemClicked.connect(self._show_formation)
        self._place.activated.connect(self._choose_place)
        self._text.clicked.connect(self.textAsked)
        self._svg.clicked.connect(self.svgAsked)
        desk.showChanged.connect(self._on_show)
        desk.placeChanged.connect(self._on_place)
        self.retranslate()

    def _effects_page(self) -> QWidget:
        page = QWidget(self)
        row = QHBoxLayout()
        row.addWidget(self._place_label)
        row.addWidget(self._place, 1)
        box = QVBoxLayout(page)
        box.setContentsMargins(10, 10, 10, 8)
        box.setSpacing(8)
        box.addWidget(self._search)
        box.addWidget(self._effects, 1)
        box.addLayout(row)
        return page

    def _formations_page(self) -> QWidget:
        page = QWidget(self)
        row = QHBoxLayout()
        row.addWidget(self._text)
        row.addWidget(self._svg)
        box = QVBoxLayout(page)
        box.setContentsMargins(10, 10, 10, 8)
        box.setSpacing(8)
        box.addWidget(self._formation_list, 1)
        box.addLayout(row)
        return page

    def retranslate(self) -> None:
        """Sets the words in the current language."""
        self.setAccessibleName(self.tr("Palette"))
        self._tabs.setAccessibleName(self.tr("Palette pages"))
        self._tabs.setTabText(0, self.tr("Effects"))
        self._tabs.setTabText(1, self.tr("Formations"))
        self._search.setPlaceholderText(self.tr("Search, or type a description and press Enter"))
        self._search.setAccessibleName(self.tr("Search effects"))
        self._effects.setAccessibleName(self.tr("Effects"))
        self._effects.setToolTip(self.tr("Drag onto a track, or double-click to insert at the playhead"))
        self._formation_list.setAccessibleName(self.tr("Formations"))
        self._formation_list.setToolTip(self.tr("Drag onto a flight, or double-click to insert at the playhead"))
        self._place_label.setText(self.tr("Fire from"))
        self._place.setAccessibleName(self.tr("Firing position of new cues"))
        self._text.setText(self.tr("Text…"))
        self._text.setAccessibleName(self.tr("New text formation"))
        self._svg.setText(self.tr("SVG…"))
        self._svg.setAccessibleName(self.tr("Import SVG formation"))
        self._fill_effects()
        self._formations = self._places = None
        self._on_show()

    def changeEvent(self, event: QEvent) -> None:
        """Follows a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    # -- lists -----------------------------------------------------------------------------------------------------

    def _fill_effects(self) -> None:
        names = {
            "Shells": self.tr("Shells"),
            "Comets": self.tr("Comets"),
            "Mines": self.tr("Mines"),
            "Cakes": self.tr("Cakes"),
            "Single shots": self.tr("Single shots"),
            "Candles": self.tr("Candles"),
            "Fountains": self.tr("Fountains"),
            "Flames": self.tr("Flames"),
            "Set pieces": self.tr("Set pieces"),
            "Smoke": self.tr("Smoke"),
            "Lanterns": self.tr("Lanterns"),
            "Stage": self.tr("Stage"),
            "Recent": self.tr("Used last"),
            "Favourites": self.tr("Favourites"),
        }
        self._effects.clear()
        groups: dict[str, QTreeWidgetItem] = {}
        titles = {e.vdl: self._title(e) for e in first_set()}
        first = [(n, vdl) for n in NUMBERS if (vdl := self.favourites.effect(n))]
        rows = [(f"{n}   {titles.get(vdl, vdl)}", "Favourites", vdl) for n, vdl in first]
        rows += [(text, "Recent", text) for text in self._recent()]
        for text, category, vdl in rows + [(self._title(e), e.category, e.vdl) for e in first_set()]:
            if category not in groups:
                groups[category] = QTreeWidgetItem([names.get(category, category)])
                groups[category].setForeground(0, QColor(theme.MUTED))
                self._effects.addTopLevelItem(groups[category])
                groups[category].setExpanded(True)
            row = QTreeWidgetItem([text])
            row.setData(0, _KIND, "effect")
            row.setData(0, _WHAT, vdl)
            row.setData(0, _FIND, f"{text} {vdl} {category} {names.get(category, '')}".casefold())
            row.setToolTip(0, vdl)
            row.setIcon(0, self._icon(vdl))
            groups[category].addChild(row)
        self._filter()
        self._colour_icons()

    def _icon(self, vdl: str) -> QIcon:
        return effect_icon(self._colours.get(vdl, (GREY,)))

    def _colour_icons(self) -> None:
        """Reads the effects off the window's thread: the first reading loads the ballistics, which takes a second."""
        wanted = [row for row in self._effects.leaves() if row.data(0, _WHAT) not in self._colours]
        texts = [str(row.data(0, _WHAT)) for row in wanted]
        if texts:
            self.desk.jobs.start(lambda: {vdl: effect_colours(vdl) for vdl in texts}, self._coloured, self._failed)

    def _failed(self, error: BaseException) -> None:
        reporter.report(self, error)

    def _coloured(self, colours: dict[str, tuple[Shade, ...]]) -> None:
        self._colours |= colours
        for row in self._effects.leaves():
            if row.data(0, _WHAT) in colours:
                row.setIcon(0, self._icon(str(row.data(0, _WHAT))))

    def _title(self, entry: PaletteEntry) -> str:
        return entry.title_zh if self._language[0].startswith("zh") else entry.title_en

    def _recent(self) -> list[str]:
        kept = QSettings().value("effects", [])
        return [kept] if isinstance(kept, str) else [str(v) for v in kept] if isinstance(kept, (list, tuple)) else []

    def _remember(self, vdl: str) -> None:
        if any(entry.vdl == vdl for entry in first_set()):
            return
        kept = [vdl, *(other for other in self._recent() if other != vdl)][:MOST_RECENT]
        QSettings().setValue("effects", kept)
        self._fill_effects()

    @guarded
    def _filter(self) -> None:
        wanted = self._search.text().casefold().split()
        seen: set[int] = set()
        for row in self._effects.leaves():
            row.setHidden(not all(part in str(row.data(0, _FIND)) for part in wanted))
            if not row.isHidden():
                seen.add(self._effects.indexFromItem(row).parent().row())
        for g in range(self._effects.topLevelItemCount()):
            group = self._effects.topLevelItem(g)
            if group is not None:
                group.setHidden(g not in seen)

    @guarded
    def _on_show(self) -> None:
        show = self.desk.show
        if show.formations is not self._formations:
            self._formations = show.formations
            self._formation_list.clear()
            for formation in show.formations:
                row = QTreeWidgetItem([f"{formation.name or formation.id}   · {len(formation.points)}"])
                row.setData(0, _KIND, "formation")
                row.setData(0, _WHAT, formation.id)
                row.setIcon(0, formation_icon(formation))
                self._formation_list.addTopLevelItem(row)
        if show.venue.positions is not self._places:
            self._places = show.venue.positions
            self._place.clear()
            for position in show.venue.positions:
                self._place.addItem(f"{position.name or position.id}", position.id)
            self._on_place()

    @guarded
    def _on_place(self) -> None:
        self._place.setCurrentIndex(self._place.findData(self.desk.position))

    @guarded
    def _choose_place(self) -> None:
        self.desk.choose_place(str(self._place.currentData()))

    # -- inserting -------------------------------------------------------------------------------------------------

    @guarded
    def _insert(self, item: QTreeWidgetItem) -> None:
        kind, what = item.data(0, _KIND), str(item.data(0, _WHAT))
        if kind == "effect":
            insert_effect(self.desk, what)
        elif kind == "formation":
            insert_formation(self.desk, what)

    def _chosen(self) -> str:
        item = self._effects.currentItem()
        return str(item.data(0, _WHAT)) if item is not None and item.data(0, _KIND) == "effect" else ""

    @guarded
    def _effect_menu(self, at: QPoint) -> None:
        """Offers the number keys for the effect under the pointer."""
        item = self._effects.itemAt(at)
        if item is None or item.data(0, _KIND) != "effect":
            return
        menu = self.key_menu(str(item.data(0, _WHAT)))
        menu.exec(self._effects.viewport().mapToGlobal(at))
        menu.deleteLater()

    def key_menu(self, effect: str) -> QMenu:
        """The menu that puts an effect on a number key."""
        menu = QMenu(self)
        menu.setAccessibleName(self.tr("Favourite"))
        menu.addSection(self.tr("Favourite"))
        for number in (*NUMBERS, None):
            action = menu.addAction(self.favourites.title(number))
            action.setCheckable(True)
            action.setChecked(self.favourites.number_of(effect) == number)
            action.triggered.connect(lambda _checked=False, n=number: self.favourites.put(n, effect))
        return menu

    @guarded
    def _show_formation(self, item: QTreeWidgetItem) -> None:
        self.desk.session.select([str(item.data(0, _WHAT))])

    @guarded
    def _insert_first(self) -> None:
        """Enter in the search field: the only match, else the text itself as a description."""
        matches = [row for row in self._effects.leaves() if not row.isHidden()]
        text = self._search.text().strip()
        if matches and text:
            self._insert(matches[0])
        elif text:
            from showeditor.effects.reading import read

            read(text)
            insert_effect(self.desk, text)
            self._remember(text)


def effect_colours(vdl: str) -> tuple[Shade, ...]:
    """The display colours of an effect's main stars; grey when the text cannot be read. Touches no widget."""
    from showeditor.effects.reading import read

    try:
        device = read(vdl)
    except ShowEditorError:
        return (GREY,)
    looks = [layer.look for shot in device.shots[:3] for layer in shot.layers if layer.role == "main"]
    return tuple(display_colour(look.colour) for look in looks) or (GREY,)


def effect_icon(colours: Sequence[Shade]) -> QIcon:
    """A little burst in these colours."""
    pixmap = QPixmap(44, 44)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for i, rgb in enumerate(colours[:2]):
        glow = QRadialGradient(QPointF(22, 22), 20 - 8 * i)
        core = QColor(*rgb)
        glow.setColorAt(0, core.lighter(150))
        glow.setColorAt(0.35, core)
        core.setAlpha(0)
        glow.setColorAt(1, core)
        painter.setBrush(glow)
        painter.drawEllipse(QRectF(2 + 8 * i, 2 + 8 * i, 40 - 16 * i, 40 - 16 * i))
    painter.end()
    return QIcon(pixmap)


def formation_icon(formation: Formation) -> QIcon:
    """The formation's points seen from the front."""
    metres = formation.points.metres
    pixmap = QPixmap(44, 44)
    pixmap.fill(QColor(theme.GROUND))
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    low, high = metres.min(axis=0), metres.max(axis=0)
    scale = 36 / max(float(high[0] - low[0]), float(high[2] - low[2]), 0.1)
    middle = (low + high) / 2
    for i, (x, _, z) in enumerate(metres.tolist()):
        painter.setBrush(QColor(*formation.colours[i]) if formation.colours else QColor(theme.DRONE))
        painter.drawEllipse(QPointF(22 + (x - middle[0]) * scale, 22 - (z - middle[2]) * scale), 1.3, 1.3)
    painter.end()
    return QIcon(pixmap)
