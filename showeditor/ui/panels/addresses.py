"""The addresses panel: controllers, modules with how full they are, pins and what they fire; locks; new addresses."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, Qt, QTimer
from PySide6.QtGui import QBrush, QColor, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from showeditor.model.cue import Cue
from showeditor.model.show import Show
from showeditor.model.times import clock
from showeditor.planning.controllers import spec_of
from showeditor.timeline.addressing import lock_addresses
from showeditor.timeline.moments import cue_us
from showeditor.ui import theme
from showeditor.ui.desk import Desk
from showeditor.ui.edge import guarded
from showeditor.ui.language import word

_KEY, _IDS, _FILL = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2
WAIT_MS = 200
"""The tables follow the show this long after its last change, so that a drag is not slowed."""

Pins = dict[int, list[Cue]]


class FillBar(QStyledItemDelegate):
    """Draws how full a module is: taken pins in the accent colour, full ones green, more than there are red."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draws the cell, and the bar where a row has one."""
        super().paint(painter, option, index)
        fill = index.data(_FILL)
        if not fill:
            return
        taken, size = fill
        rect = option.rect
        bar = QRectF(rect).adjusted(4, rect.height() / 2 - 3, -12, 0)
        bar.setHeight(6)
        if bar.width() < 12:
            return
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.EDGE))
        painter.drawRoundedRect(bar, 3, 3)
        colour = theme.BLOCK if taken > size else theme.GOOD if taken == size else theme.ACCENT
        painter.setBrush(QColor(colour))
        bar.setWidth(bar.width() * min(1.0, taken / max(1, size)))
        painter.drawRoundedRect(bar, 3, 3)
        painter.restore()


class AddressPanel(QWidget):
    """Controller, module, pin, cue; rows of a module are made when it is opened."""

    def __init__(self, desk: Desk, give: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._shown: tuple[object, ...] = ()
        self._pins: dict[str, dict[int, Pins]] = {}
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(self.fill)
        self._head = QLabel(self)
        self._head.setWordWrap(True)
        self._give, self._lock, self._unlock = (QPushButton(self) for _ in range(3))
        self._give.clicked.connect(lambda: give())
        self._lock.clicked.connect(lambda: self._set_lock(True))
        self._unlock.clicked.connect(lambda: self._set_lock(False))
        self.tree = QTreeWidget(self)
        self.tree.setColumnCount(4)
        self.tree.setUniformRowHeights(True)
        self.tree.setIndentation(14)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.tree.setItemDelegateForColumn(1, FillBar(self.tree))
        for column, width in enumerate((126, 136, 44)):
            self.tree.setColumnWidth(column, width)
        self.tree.itemExpanded.connect(self._open)
        self.tree.itemClicked.connect(self._choose)
        self.tree.itemChanged.connect(self._ticked)
        buttons = QHBoxLayout()
        for button in (self._give, self._lock, self._unlock):
            buttons.addWidget(button)
        buttons.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 8, 10, 8)
        box.addWidget(self._head)
        box.addLayout(buttons)
        box.addWidget(self.tree, 1)
        desk.showChanged.connect(self._later)
        desk.planChanged.connect(self._later)
        self.retranslate()

    def retranslate(self) -> None:
        """Sets the words in the current language."""
        self.setAccessibleName(self.tr("Addresses"))
        self.tree.setAccessibleName(self.tr("Controllers, modules and pins"))
        self.tree.setHeaderLabels([self.tr("Address"), self.tr("What it fires"), self.tr("At"), self.tr("Ignition")])
        for button, text, tip in (
            (self._give, self.tr("Give addresses…"), self.tr("Address cues with options")),
            (self._lock, self.tr("Lock"), self.tr("The chosen addresses stay when others are given anew")),
            (self._unlock, self.tr("Unlock"), self.tr("The chosen addresses may change when others are given anew")),
        ):
            button.setText(text)
            button.setToolTip(tip)
        self._shown = ()
        self.fill()

    def changeEvent(self, event: QEvent) -> None:
        """Follows a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        """Catches up with what changed while the panel was hidden."""
        super().showEvent(event)
        self._wait.start()

    @guarded
    def _later(self) -> None:
        if self.isVisible():
            self._wait.start()

    @guarded
    def fill(self) -> None:
        """Builds controllers and modules; what was open stays open."""
        show = self.desk.show
        shown = (show.tracks, show.controllers, show.venue.positions, self.desk.session.plan)
        if len(self._shown) == len(shown) and all(a is b for a, b in zip(shown, self._shown, strict=True)):
            return
        self._shown = shown
        self._pins, bare = _pins_of(show)
        opened = {item.data(0, _KEY) for item in self._items() if item.isExpanded()}
        first = self.tree.topLevelItemCount() == 0
        scroll = self.tree.verticalScrollBar().value()
        self.tree.blockSignals(True)
        self.tree.clear()
        modules = taken = room = 0
        for name in dict.fromkeys([c.id for c in show.controllers] + list(self._pins)):
            use = self._pins.get(name, {})
            counts = self._controller(show, name, use)
            modules, taken, room = modules + len(use), taken + counts[0], room + counts[1]
        if bare:
            self._bare(show, bare)
        self.tree.blockSignals(False)
        for item in list(self._items()):
            if item.data(0, _KEY) in opened or (first and item.parent() is None):
                item.setExpanded(True)
        self.tree.verticalScrollBar().setValue(scroll)
        self._head.setText(
            self.tr("{m} modules, {t} of {r} pins taken, {s} free; {n} cues without address").format(
                m=modules, t=taken, r=room, s=max(0, room - taken), n=len(bare)
            )
        )

    def _items(self) -> Iterator[QTreeWidgetItem]:
        for i in range(self.tree.topLevelItemCount()):
            top = self.tree.topLevelItem(i)
            if top is not None:
                yield top
                rows = (top.child(k) for k in range(top.childCount()))
                yield from (row for row in rows if row is not None)

    def _controller(self, show: Show, name: str, use: dict[int, Pins]) -> tuple[int, int]:
        """The row of a controller with its modules; how many pins are taken and how many there are."""
        site = next((c for c in show.controllers if c.id == name), None)
        spec = spec_of(site) if site is not None else None
        size = spec.pin_hi - spec.pin_lo + 1 if spec is not None else 0
        known = spec is not None and spec.ranges_known
        taken = sum(map(len, use.values()))
        room = size * len(use) if known else taken
        stands = {m.number: m.position for m in site.modules} if site is not None else {}
        top = QTreeWidgetItem([name, spec.title if spec is not None else self.tr("unknown controller"), "", ""])
        top.setData(0, _KEY, name)
        top.setData(0, _IDS, tuple(cue.id for pins in use.values() for cues in pins.values() for cue in cues))
        top.setText(3, f"{taken}/{room}")
        if spec is None:
            top.setForeground(1, QBrush(QColor(theme.BLOCK)))
        for number, pins in sorted(use.items()):
            places = sorted({cue.position for cues in pins.values() for cue in cues})
            at = stands.get(number) or (places[0] if len(places) == 1 else f"{places[0]} +{len(places) - 1}")
            row = QTreeWidgetItem([self.tr("Module {n}").format(n=number), "", at, ""])
            row.setData(0, _KEY, (name, number))
            row.setData(0, _IDS, tuple(cue.id for cues in pins.values() for cue in cues))
            row.setText(3, f"{len(pins)}/{size}" if known else str(len(pins)))
            row.setData(1, _FILL, (len(pins), size) if known else None)
            row.setToolTip(2, ", ".join(places))
            row.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
            top.addChild(row)
        self.tree.addTopLevelItem(top)
        return taken, room

    def _bare(self, show: Show, bare: list[Cue]) -> None:
        top = QTreeWidgetItem([self.tr("Without address"), str(len(bare)), "", ""])
        top.setData(0, _KEY, "")
        top.setForeground(0, QBrush(QColor(theme.WARN)))
        top.setData(0, _IDS, tuple(cue.id for cue in bare))
        for cue in bare[:500]:
            row = QTreeWidgetItem(["", cue.effect, cue.position, clock(cue_us(show, cue), 3)])
            row.setData(0, _KEY, cue.id)
            row.setData(0, _IDS, (cue.id,))
            top.addChild(row)
        self.tree.addTopLevelItem(top)

    @guarded
    def _open(self, item: QTreeWidgetItem) -> None:
        """Makes the rows of a module's pins when it is opened first."""
        key = item.data(0, _KEY)
        if not isinstance(key, tuple) or item.childCount():
            return
        controller, number = key
        show = self.desk.show
        firing = self.desk.plan.firing
        ignition = {cue: int(t) for cue, t in zip(firing.cue, firing.ignition_us, strict=True)}
        pins = self._pins.get(controller, {}).get(number, {})
        self.tree.blockSignals(True)
        for pin, cues in sorted(pins.items()):
            for cue in cues:
                t_us = ignition.get(cue.id, cue_us(show, cue))
                row = QTreeWidgetItem([self.tr("Pin {n}").format(n=pin), cue.effect, cue.position, clock(t_us, 3)])
                row.setData(0, _KEY, cue.id)
                row.setData(0, _IDS, (cue.id,))
                locked = cue.address is not None and cue.address.locked
                row.setCheckState(0, Qt.CheckState.Checked if locked else Qt.CheckState.Unchecked)
                row.setToolTip(0, self.tr("Ticked: locked"))
                if len(cues) > 1:
                    row.setForeground(0, QBrush(QColor(theme.WARN)))
                item.addChild(row)
        spare = self._spare(controller, pins)
        if spare:
            row = QTreeWidgetItem(["", self.tr("free: {pins}").format(pins=_ranges(spare)), "", ""])
            row.setForeground(1, QBrush(QColor(theme.MUTED)))
            item.addChild(row)
        self.tree.blockSignals(False)

    def _spare(self, controller: str, pins: Pins) -> list[int]:
        site = next((c for c in self.desk.show.controllers if c.id == controller), None)
        spec = spec_of(site) if site is not None else None
        if spec is None or not spec.ranges_known:
            return []
        return [pin for pin in range(spec.pin_lo, spec.pin_hi + 1) if pin not in pins]

    def chosen(self) -> list[str]:
        """Ids of the cues in the chosen rows."""
        rows = [item.data(0, _IDS) or () for item in self.tree.selectedItems()]
        return list(dict.fromkeys(str(cue) for ids in rows for cue in ids))

    @guarded
    def _choose(self, item: QTreeWidgetItem) -> None:
        ids = self.chosen()
        if ids:
            self.desk.session.select(ids)
        if len(ids) == 1:
            firing = self.desk.plan.firing
            if ids[0] in firing.cue:
                self.desk.seek(int(firing.ignition_us[firing.cue.index(ids[0])]))

    @guarded
    def _ticked(self, item: QTreeWidgetItem, column: int) -> None:
        ids = item.data(0, _IDS)
        if column == 0 and ids and isinstance(item.data(0, _KEY), str):
            self._apply_lock(list(ids), item.checkState(0) == Qt.CheckState.Checked)

    @guarded
    def _set_lock(self, locked: bool) -> None:
        self._apply_lock(self.chosen(), locked)

    def _apply_lock(self, ids: list[str], locked: bool) -> None:
        show = self.desk.show
        after = lock_addresses(show, ids, locked)
        if after is not show:
            self.desk.apply(after, word("Lock addresses") if locked else word("Unlock addresses"))


def _pins_of(show: Show) -> tuple[dict[str, dict[int, Pins]], list[Cue]]:
    """Controller, module, pin and cues; and the cues without address."""
    found: dict[str, dict[int, Pins]] = {}
    bare: list[Cue] = []
    for cue in show.cues():
        if cue.address is None:
            bare.append(cue)
        else:
            module = found.setdefault(cue.address.controller, {}).setdefault(cue.address.module, {})
            module.setdefault(cue.address.pin, []).append(cue)
    return found, bare


def _ranges(numbers: list[int]) -> str:
    """`3-5, 9` for 3, 4, 5, 9."""
    out: list[list[int]] = []
    for n in numbers:
        if out and out[-1][-1] == n - 1:
            out[-1] = [out[-1][0], n]
        else:
            out.append([n])
    return ", ".join("-".join(map(str, run)) for run in out)
