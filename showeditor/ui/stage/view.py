"""The 3D view: a canvas, its camera under pointer and keys, seats, bookmarks, and a strip of controls."""

from dataclasses import replace
from functools import partial
from math import radians, tan
from time import perf_counter

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from showeditor.model.finding import Finding
from showeditor.model.venue import Seat, Vec3
from showeditor.stage.camera import Camera, front, home_view, seat_view, side, top
from showeditor.stage.overlay import Overlay, places_of
from showeditor.stage.overlay_strokes import strokes
from showeditor.ui.desk import Desk
from showeditor.ui.edge import guarded
from showeditor.ui.stage.backdrops import Backdrops
from showeditor.ui.stage.canvases import Frame, GlCanvas, PictureCanvas, has_window_gl
from showeditor.ui.stage.layers import SafetyLayers
from showeditor.ui.stage.picking import drone_under
from showeditor.ui.stage.slow_motion import SlowMotion, above_ground
from showeditor.ui.stage.ways import Ways

MOST_CHOSEN = 60
"""Selected things that are ringed in the picture; more would hide it."""

QUICK_S, SLOW_S = 0.012, 0.030

CLICK_PX = 3
"""A press that moves no further is a click, not a turn of the camera."""


class StageView(QWidget):
    """The 3D view of the plan at the playhead."""

    bookmarked = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.camera = Camera()
        self.bookmarks: dict[int, Camera] = {}
        self._framed_for: object = None
        self._grip: tuple[QPoint, Camera, Qt.MouseButton] | None = None
        self._shown = {"positions": True, "geofence": False, "zones": False, "selection": True}
        self._quality = "auto"
        self._busy_until = 0.0
        self.setObjectName("stage")
        self.canvas: GlCanvas | PictureCanvas = (GlCanvas if has_window_gl() else PictureCanvas)(self._frame, self)
        self.canvas.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.canvas.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.canvas.installEventFilter(self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.canvas.update)
        self._strip = QHBoxLayout()
        self._strip.setContentsMargins(8, 4, 8, 4)
        self._strip.setSpacing(4)
        self._seats, self._quality_button, self._layers = QToolButton(self), QToolButton(self), QToolButton(self)
        self._paths = QToolButton(self)
        for button in (self._seats, self._layers, self._paths, self._quality_button):
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            button.setMenu(QMenu(button))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._strip.addStretch(1)
        for button in (self._seats, self._layers, self._paths, self._quality_button):
            self._strip.addWidget(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(self._strip)
        self.slow_motion = SlowMotion(desk, self)
        box.addWidget(self.slow_motion)
        box.addWidget(self.canvas, 1)
        desk.planChanged.connect(self._on_plan)
        desk.showChanged.connect(self._fill_seats)
        self.backdrops = Backdrops(desk, self)
        self.backdrops.changed.connect(self.redraw)
        self.ways = Ways(desk, self)
        self.ways.changed.connect(self.redraw)
        self.safety = SafetyLayers(desk, self)
        self.safety.changed.connect(self.redraw)
        self.slow_motion.cameraWanted.connect(self.set_camera)
        self.slow_motion.targetWanted.connect(self._follow)
        for signal in (desk.playheadChanged, desk.selectionChanged, desk.offendersChanged):
            signal.connect(self.redraw)
        desk.findingShown.connect(self._on_finding)
        self.retranslate()

    def add_controls(self, actions: list[QAction]) -> None:
        """Puts commands (views) at the left of the strip."""
        for i, action in enumerate(actions):
            button = QToolButton(self)
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._strip.insertWidget(i, button)

    def sizeHint(self) -> QSize:
        """A wide picture."""
        return QSize(900, 520)

    # -- drawing ---------------------------------------------------------------------------------------------------

    def redraw(self) -> None:
        """Asks for a frame; while frames are dear some are left out, so that the window stays quick."""
        wait = self._busy_until - perf_counter()
        if wait <= 0:
            self.canvas.update()
        elif not self._later.isActive():
            self._later.start(max(1, round(wait * 1000)))

    def _frame(self) -> Frame | None:
        plan = self.desk.session.plan
        if plan is None:
            return None
        cost = self.canvas.cost_s
        self._busy_until = perf_counter() + cost * 1.6
        self._choose_quality(cost)
        chosen = tuple(sorted(self.desk.selection)) if self._shown["selection"] else ()
        now, wanted = self.desk.state.playhead_us, self.safety.wanted()
        overlay = Overlay(
            positions=self._shown["positions"],
            geofence=self._shown["geofence"] or "geofence" in wanted,
            zones=self._shown["zones"] or "zones" in wanted,
            offenders=tuple(sorted(self.desk.offenders)),
            chosen=chosen if len(chosen) <= MOST_CHOSEN else (),
            ways=self.ways.now(),
            strokes=strokes(part for part in (self.safety.strokes(now), self.slow_motion.line()) if part is not None),
        )
        return Frame(plan, now, self.camera, overlay, self.backdrops.now)

    def _choose_quality(self, cost_s: float) -> None:
        # a quick graphics card gets the better picture by itself; a software one keeps the draft
        if self._quality == "auto" and self.canvas.quality == "draft" and 0 < cost_s < QUICK_S / 4:
            QTimer.singleShot(0, self, lambda: self.canvas.set_quality("standard"))
        elif self._quality == "auto" and self.canvas.quality == "standard" and cost_s > SLOW_S:
            QTimer.singleShot(0, self, lambda: self.canvas.set_quality("draft"))
            self._quality = "draft"

    def shut(self) -> None:
        """Gives the GPU back before the window closes."""
        self._later.stop()
        self.canvas.shut()
        self.safety.shut()
        self.slow_motion.shut()

    # -- the camera ------------------------------------------------------------------------------------------------

    def set_camera(self, camera: Camera) -> None:
        """Looks from elsewhere."""
        self.camera = camera
        self.redraw()

    @guarded
    def _follow(self, target_m: Vec3) -> None:
        self.set_camera(replace(self.camera, target_m=target_m))

    def look_from(self, where: str) -> None:
        """`front`, `side`, `top` or `home` of the whole show."""
        aspect = max(0.2, self.canvas.width() / max(1, self.canvas.height()))
        made = {"front": front, "side": side, "top": top, "home": home_view}[where]
        self.set_camera(made(self.desk.plan, aspect))

    def toggle_ortho(self) -> None:
        """Between perspective and orthographic, with the same size of things at the target."""
        camera = self.camera
        if camera.height_m > 0:
            distance = camera.height_m / 2 / tan(radians(camera.fov_deg) / 2)
            self.set_camera(replace(camera, height_m=0.0, distance_m=distance))
        else:
            height = 2 * camera.distance_m * tan(radians(camera.fov_deg) / 2)
            self.set_camera(replace(camera, height_m=height))

    def store_bookmark(self, number: int) -> None:
        """Remembers this view under a number, across starts."""
        self.bookmarks[number] = self.camera
        c = self.camera
        values = [*c.target_m, c.distance_m, c.azimuth_deg, c.elevation_deg, c.fov_deg, c.height_m]
        QSettings().setValue(f"bookmarks/{number}", " ".join(repr(float(v)) for v in values))
        self.desk.said.emit(self.tr("View {n} stored; Alt+{n} brings it back").format(n=number))

    def recall_bookmark(self, number: int) -> None:
        """Looks from a remembered view."""
        if number not in self.bookmarks:
            text = str(QSettings().value(f"bookmarks/{number}", ""))
            try:
                x, y, z, *rest = (float(v) for v in text.split())
                self.bookmarks[number] = Camera((x, y, z), *rest)
            except (ValueError, TypeError):
                self.desk.said.emit(self.tr("No view is stored under {n}; Ctrl+Alt+{n} stores one").format(n=number))
                return
        self.set_camera(self.bookmarks[number])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Turns the pointer on the canvas into camera moves."""
        if watched is self.canvas and isinstance(event, (QMouseEvent, QWheelEvent)):
            self._pointer(event)
        return super().eventFilter(watched, event)

    @guarded
    def _pointer(self, event: QMouseEvent | QWheelEvent) -> None:
        if isinstance(event, QWheelEvent):
            self.set_camera(self.camera.zoom(1.15 ** (event.angleDelta().y() / 120)))
            event.accept()
        elif event.type() == QEvent.Type.MouseButtonPress:
            self._grip = (event.position().toPoint(), self.camera, event.button())
            self.canvas.setFocus()
        elif event.type() == QEvent.Type.MouseMove and self._grip is not None:
            self._drag(event.position(), event.modifiers())
        elif event.type() == QEvent.Type.MouseButtonRelease:
            grip, self._grip = self._grip, None
            if grip is not None and (event.position().toPoint() - grip[0]).manhattanLength() <= CLICK_PX:
                self._pick(event.position(), add=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
            self.redraw()

    def _pick(self, at: QPointF, *, add: bool) -> None:
        """Selects the drone under the pointer; with Ctrl adds it to those selected."""
        size = (max(1, self.canvas.width()), max(1, self.canvas.height()))
        plan = self.desk.plan
        found = drone_under(plan.drones, self.desk.state.playhead_us, self.camera, size, at.x(), at.y())
        if found is not None:
            name = plan.drones.name[found]
            kept = self.desk.selection & frozenset(plan.drones.name) if add else frozenset()
            self.desk.session.select(kept ^ {name})

    def _drag(self, at: QPointF, keys: Qt.KeyboardModifier) -> None:
        if self._grip is None:
            return
        begin, camera, button = self._grip
        dx, dy = at.x() - begin.x(), at.y() - begin.y()
        if button == Qt.MouseButton.LeftButton and not keys & Qt.KeyboardModifier.ShiftModifier:
            self.set_camera(camera.orbit(dx * 0.3, dy * 0.3))
        else:
            self.set_camera(camera.pan(dx, dy, (max(1, self.canvas.width()), max(1, self.canvas.height()))))

    # -- following the desk ----------------------------------------------------------------------------------------

    @guarded
    def _on_plan(self) -> None:
        # a document is framed once, when its first plan with anything in it arrives
        document = self.desk.state.path, self.desk.document
        plan = self.desk.plan
        if document != self._framed_for and (len(plan.firing) or len(plan.drones) or plan.venue.seats):
            self._framed_for = document
            self.look_from("home")
        self.redraw()

    @guarded
    def _on_finding(self, finding: Finding) -> None:
        place = finding.place_m
        if place is None:
            # a finding without a place is looked at where the first of its things are
            found = places_of(self.desk.plan, finding.ids[:MOST_CHOSEN], finding.t0_us)
            if len(found):
                x, y, z = (float(v) for v in found.mean(axis=0))
                place = (x, y, z)
        if place is not None:
            near = min(self.camera.distance_m, 160.0) if self.camera.height_m == 0 else self.camera.distance_m
            self.set_camera(above_ground(replace(self.camera, target_m=place, distance_m=near)))

    # -- menus -----------------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Sets the words in the current language."""
        self.setAccessibleName(self.tr("3D view"))
        self.canvas.setAccessibleName(self.tr("3D picture"))
        self.canvas.setAccessibleDescription(
            self.tr("The show at the playhead. Drag turns, right drag moves, wheel zooms.")
        )
        self._seats.setText(self.tr("Seats"))
        self._seats.setToolTip(self.tr("See the show from a seat"))
        self._layers.setText(self.tr("Layers"))
        self._layers.setToolTip(self.tr("What is drawn over the picture"))
        self._quality_button.setText(self.tr("Quality"))
        self._quality_button.setToolTip(self.tr("Quality of the picture"))
        self._paths.setText(self.tr("Paths"))
        self._paths.setToolTip(self.tr("Where drones fly, as lines"))
        for button in (self._seats, self._layers, self._paths, self._quality_button):
            button.setAccessibleName(button.text())
            button.menu().setAccessibleName(button.text())
        self._fill_seats()
        self._fill_layers()
        self._fill_quality()
        self._paths.menu().clear()
        self.ways.fill(self._paths.menu())

    def changeEvent(self, event: QEvent) -> None:
        """Follows a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    @guarded
    def _fill_seats(self) -> None:
        menu = self._seats.menu()
        seats = self.desk.show.venue.seats
        if menu.property("seats") == repr(seats) + self.tr("No seats in this venue"):
            return
        menu.setProperty("seats", repr(seats) + self.tr("No seats in this venue"))
        menu.clear()
        for seat in seats:
            menu.addAction(seat.name or seat.id).triggered.connect(partial(self._sit, seat))
        if not seats:
            menu.addAction(self.tr("No seats in this venue")).setEnabled(False)

    @guarded
    def _sit(self, seat: Seat) -> None:
        self.set_camera(seat_view(seat))

    def _fill_layers(self) -> None:
        menu = self._layers.menu()
        menu.clear()
        for name, text in (
            ("positions", self.tr("Firing positions")),
            ("geofence", self.tr("Geofence")),
            ("zones", self.tr("Zones")),
            ("selection", self.tr("Selection")),
        ):
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(self._shown[name])
            action.toggled.connect(lambda on, n=name: self._show_layer(n, on))
        self.safety.fill(menu)

    def _show_layer(self, name: str, on: bool) -> None:
        self._shown[name] = on
        self.redraw()

    def _fill_quality(self) -> None:
        menu = self._quality_button.menu()
        menu.clear()
        group = QActionGroup(menu)
        for name, text in (
            ("auto", self.tr("Automatic")),
            ("draft", self.tr("Draft")),
            ("standard", self.tr("Standard")),
            ("film", self.tr("Film")),
        ):
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(name == self._quality)
            group.addAction(action)
            action.triggered.connect(lambda _on=False, n=name: self._set_quality(n))

    def _set_quality(self, name: str) -> None:
        self._quality = name
        self.canvas.set_quality("draft" if name == "auto" else name)
        self.redraw()
