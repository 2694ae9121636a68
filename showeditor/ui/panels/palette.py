"""The palette: effects by category with search, and the formations of the show; dragged or inserted at the playhead."""

from PySide6.QtCore import QEvent, QPoint, QSettings, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QTabWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from showeditor.effects.catalogue import Entry, catalogue
from showeditor.model.errors import BadFile
from showeditor.model.swarm import Formation
from showeditor.storage.catalogues import whole_catalogue
from showeditor.ui.desk import Desk
from showeditor.ui.edge import guarded, reporter
from showeditor.ui.panels.favourites import NUMBERS, Favourites
from showeditor.ui.panels.library import LibraryPanel
from showeditor.ui.panels.palette_icons import GREY, Shade, effect_colours, effect_icon, formation_icon
from showeditor.ui.panels.palette_tree import KIND, WHAT, PaletteTree
from showeditor.ui.timeline.drop import insert_effect, insert_formation

MOST_RECENT = 8


class PalettePanel(QWidget):
    """Effects and formations to design with."""

    textAsked = Signal()
    newAsked = Signal()

    def __init__(self, desk: Desk, language: "list[str]", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._language = language
        self._formations: tuple[Formation, ...] | None = None
        self._places: tuple[object, ...] | None = None
        self._colours: dict[str, tuple[Shade, ...]] = {}
        self._tabs = QTabWidget(self)
        self._tabs.setDocumentMode(True)
        self._search, self._effects, self._place = QLineEdit(self), PaletteTree(self), QComboBox(self)
        self._search.setClearButtonEnabled(True)
        self._place_label = QLabel(self)
        self._place_label.setProperty("role", "hint")
        self._place_label.setBuddy(self._place)
        self.favourites = Favourites(desk, self)
        self.favourites.watch(self._effects, self._chosen)
        self.favourites.changed.connect(self._fill_effects)
        self._effects.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._effects.customContextMenuRequested.connect(self._effect_menu)
        self._formation_list = PaletteTree(self)
        self._formation_list.setRootIsDecorated(False)
        self._text, self._new = QPushButton(self), QPushButton(self)
        self._tabs.addTab(self._effects_page(), "")
        self._tabs.addTab(self._formations_page(), "")
        self.library = LibraryPanel(desk, self)
        self._tabs.addTab(self.library, "")
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
        self._new.clicked.connect(self.newAsked)
        desk.showChanged.connect(self._on_show)
        desk.placeChanged.connect(self._on_place)
        desk.catalogueChanged.connect(self._fill_effects)
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
        row.addWidget(self._new)
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
        self._tabs.setTabText(2, self.tr("Motifs"))
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
        self._new.setText(self.tr("Other…"))
        self._new.setAccessibleName(self.tr("New formation from a motif or a file"))
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
        try:
            entries = whole_catalogue().entries
        except BadFile as error:
            self.desk.said.emit(str(error))
            entries = catalogue().entries
        titles = {e.description(): self._title(e) for e in entries}
        first = [(n, vdl) for n in NUMBERS if (vdl := self.favourites.effect(n))]
        rows = [
            (names["Favourites"], f"{n}   {titles.get(vdl, vdl)}", vdl, f"{vdl} {titles.get(vdl, '')}")
            for n, vdl in first
        ]
        rows += [(names["Recent"], text, text, text) for text in self._recent()]
        for entry in entries:
            group, vdl = names[entry.category], entry.description()
            words = f"{entry.id} {entry.title_en} {entry.title_zh} {entry.vdl} {vdl} {entry.category} {group}"
            rows.append((group, self._title(entry), vdl, words))
        self._effects.fill(rows)
        self._filter()
        self._colour_icons()

    def _icon(self, vdl: str) -> QIcon:
        return effect_icon(self._colours.get(vdl, (GREY,)))

    def _colour_icons(self) -> None:
        """Reads the effects off the window's thread: the first reading loads the ballistics, which takes a second."""
        wanted = [row for row in self._effects.leaves() if row.data(0, WHAT) not in self._colours]
        texts = [str(row.data(0, WHAT)) for row in wanted]
        if texts:
            self.desk.jobs.start(lambda: {vdl: effect_colours(vdl) for vdl in texts}, self._coloured, self._failed)

    def _failed(self, error: BaseException) -> None:
        reporter.report(self, error)

    def _coloured(self, colours: dict[str, tuple[Shade, ...]]) -> None:
        self._colours |= colours
        for row in self._effects.leaves():
            if row.data(0, WHAT) in colours:
                row.setIcon(0, self._icon(str(row.data(0, WHAT))))

    def _title(self, entry: Entry) -> str:
        return entry.title_zh if self._language[0].startswith("zh") else entry.title_en

    def _recent(self) -> list[str]:
        kept = QSettings().value("effects", [])
        return [kept] if isinstance(kept, str) else [str(v) for v in kept] if isinstance(kept, (list, tuple)) else []

    def _remember(self, vdl: str) -> None:
        if any(entry.description() == vdl for entry in whole_catalogue().entries):
            return
        kept = [vdl, *(other for other in self._recent() if other != vdl)][:MOST_RECENT]
        QSettings().setValue("effects", kept)
        self._fill_effects()

    @guarded
    def _filter(self) -> None:
        self._effects.narrow(self._search.text())

    @guarded
    def _on_show(self) -> None:
        show = self.desk.show
        if show.formations is not self._formations:
            self._formations = show.formations
            self._formation_list.clear()
            for formation in show.formations:
                row = QTreeWidgetItem([f"{formation.name or formation.id}   · {len(formation.points)}"])
                row.setData(0, KIND, "formation")
                row.setData(0, WHAT, formation.id)
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
        kind, what = item.data(0, KIND), str(item.data(0, WHAT))
        if kind == "effect":
            insert_effect(self.desk, what)
        elif kind == "formation":
            insert_formation(self.desk, what)

    def _chosen(self) -> str:
        item = self._effects.currentItem()
        return str(item.data(0, WHAT)) if item is not None and item.data(0, KIND) == "effect" else ""

    @guarded
    def _effect_menu(self, at: QPoint) -> None:
        """Offers the number keys for the effect under the pointer."""
        item = self._effects.itemAt(at)
        if item is None or item.data(0, KIND) != "effect":
            return
        menu = self.key_menu(str(item.data(0, WHAT)))
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
        self.desk.session.select([str(item.data(0, WHAT))])

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
