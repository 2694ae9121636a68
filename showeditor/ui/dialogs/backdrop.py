"""The dialog of the site's pictures: a plan on the ground, a height map, a panorama; seen while they are placed."""

from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage, QImageReader, QImageWriter
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from showeditor.model.backdrop import Panorama, PlanImage, Terrain
from showeditor.model.errors import BadInput
from showeditor.model.show import Show
from showeditor.model.venue import Venue
from showeditor.storage.files import write_atomic
from showeditor.timeline.births import born, changed
from showeditor.ui.desk import Desk
from showeditor.ui.edge import guarded
from showeditor.ui.language import word

_LARGEST_PX = 8192


def bring_picture(path: Path, folder: Path, *, grey: bool = False) -> str:
    """Copies any picture that Qt reads as a PNG beside the show and gives its name there; raises BadInput.

    `grey`: with 16 bits of grey where the picture has them, as heights need.
    """
    QImageReader.setAllocationLimit(512)
    image = QImage(str(path))
    if image.isNull():
        raise BadInput(f"{path.name}: not a picture that can be read")
    if max(image.width(), image.height()) > _LARGEST_PX:
        image = (
            image.scaledToWidth(_LARGEST_PX) if image.width() >= image.height() else image.scaledToHeight(_LARGEST_PX)
        )
    image = image.convertToFormat(QImage.Format.Format_Grayscale16 if grey else QImage.Format.Format_RGBA8888)
    name, number = f"{path.stem}.png", 1
    data = _png(image)
    while (folder / name).exists() and (folder / name).read_bytes() != data:
        number += 1
        name = f"{path.stem}-{number}.png"
    if not (folder / name).exists():
        write_atomic(folder / name, data)
    return name


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not QImageWriter(buffer, b"png").write(image):
        raise BadInput("the picture cannot be written as PNG")
    return bytes(buffer.data().data())


class BackdropDialog(QDialog):
    """Files and places of the three pictures."""

    def __init__(self, desk: Desk, folder: Path, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.desk, self.folder = desk, folder
        self._base = desk.session.committed
        self.setWindowTitle(self.tr("Pictures of the site"))
        self.setAccessibleName(self.tr("Pictures of the site"))
        venue = self._base.venue
        self.files: dict[str, str] = {
            name: part.file if part is not None else ""
            for name, part in (("plan", venue.plan_image), ("terrain", venue.terrain), ("panorama", venue.panorama))
        }
        self._labels: dict[str, QLabel] = {}
        self.numbers: dict[str, QDoubleSpinBox] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        image, land, wide = venue.plan_image, venue.terrain, venue.panorama
        layout.addWidget(
            self._group(
                "plan",
                self.tr("Plan on the ground"),
                _placed(image) | {"plan.width": image.width_m if image else 400.0},
            )
        )
        layout.addWidget(
            self._group(
                "terrain",
                self.tr("Height map"),
                {f"terrain.{k.partition('.')[2]}": v for k, v in _placed(land).items()}
                | {
                    "terrain.width": land.width_m if land else 2000.0,
                    "terrain.low": land.low_m if land else 0.0,
                    "terrain.high": land.high_m if land else 150.0,
                },
            )
        )
        layout.addWidget(
            self._group(
                "panorama",
                self.tr("Panorama"),
                {
                    "panorama.heading": wide.heading_deg if wide else 0.0,
                    "panorama.brightness": wide.brightness if wide else 1.0,
                },
            )
        )
        self._said = QLabel(self)
        self._said.setWordWrap(True)
        self._said.setProperty("role", "hint")
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        self._buttons.setAccessibleName(self.tr("Answer"))
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        layout.addWidget(self._said)
        layout.addWidget(self._buttons)
        self.resize(460, self.sizeHint().height())

    def _group(self, name: str, title: str, values: dict[str, float]) -> QGroupBox:
        box = QGroupBox(title, self)
        rows = QFormLayout(box)
        label = self._labels[name] = QLabel(self.files[name] or self.tr("none"), box)
        choose, drop = QPushButton(self.tr("Choose…"), box), QPushButton(self.tr("Remove"), box)
        choose.setAccessibleName(f"{title}: {choose.text()}")
        drop.setAccessibleName(f"{title}: {drop.text()}")
        choose.clicked.connect(lambda: self.choose(name))
        drop.clicked.connect(lambda: self.take(name, ""))
        line = QHBoxLayout()
        line.addWidget(label, 1)
        line.addWidget(choose)
        line.addWidget(drop)
        rows.addRow(line)
        titles = self._titles()
        for key, value in values.items():
            kind = key.partition(".")[2]
            text, low, high, suffix = titles[kind]
            field = self.numbers[key] = QDoubleSpinBox(box)
            field.setRange(low, high)
            field.setDecimals(2)
            field.setValue(value)
            field.setSuffix(suffix)
            field.setAccessibleName(f"{title}: {text}")
            field.valueChanged.connect(self._look)
            rows.addRow(text, field)
        return box

    def _titles(self) -> dict[str, tuple[str, float, float, str]]:
        return {
            "x": (self.tr("Middle, east"), -20_000.0, 20_000.0, " m"),
            "y": (self.tr("Middle, north"), -20_000.0, 20_000.0, " m"),
            "heading": (self.tr("Heading"), -360.0, 360.0, " °"),
            "width": (self.tr("Width"), 1.0, 50_000.0, " m"),
            "low": (self.tr("Black lies at"), -500.0, 5_000.0, " m"),
            "high": (self.tr("White lies at"), -500.0, 5_000.0, " m"),
            "brightness": (self.tr("Brightness"), 0.0, 10.0, ""),
        }

    @guarded
    def choose(self, name: str) -> None:
        """Asks for a picture."""
        file, _ = QFileDialog.getOpenFileName(
            self, self.tr("Choose a picture"), "", self.tr("Pictures (*.png *.jpg *.jpeg *.bmp *.ppm);;All files (*)")
        )
        if file:
            self.take(name, bring_picture(Path(file), self.folder, grey=name == "terrain"))

    @guarded
    def take(self, name: str, file: str) -> None:
        """Shows a picture that lies beside the show; an empty name takes it away."""
        self.files[name] = file
        self._labels[name].setText(file or self.tr("none"))
        self._look()

    def venue(self) -> Venue:
        """The venue with the pictures as they are set; raises BadInput."""
        n = {key: field.value() for key, field in self.numbers.items()}
        files = self.files
        return changed(
            self._base.venue,
            plan_image=born(
                PlanImage, file=files["plan"], width_m=n["plan.width"], at_m=(n["plan.x"], n["plan.y"]),
                heading_deg=n["plan.heading"],
            ) if files["plan"] else None,
            terrain=born(
                Terrain, file=files["terrain"], width_m=n["terrain.width"], low_m=n["terrain.low"],
                high_m=n["terrain.high"], at_m=(n["terrain.x"], n["terrain.y"]), heading_deg=n["terrain.heading"],
            ) if files["terrain"] else None,
            panorama=born(
                Panorama, file=files["panorama"], heading_deg=n["panorama.heading"],
                brightness=n["panorama.brightness"],
            ) if files["panorama"] else None,
        )  # fmt: skip

    @guarded
    def _look(self) -> None:
        try:
            after: Show = replace(self._base, venue=self.venue())
        except BadInput as error:
            self._said.setText(str(error))
            self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(False)
            return
        self._said.setText("")
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(True)
        self.desk.session.preview(after)


def _placed(part: PlanImage | Terrain | None) -> dict[str, float]:
    x, y = part.at_m if part is not None else (0.0, 0.0)
    return {"plan.x": x, "plan.y": y, "plan.heading": part.heading_deg if part is not None else 0.0}


def ask_backdrop(desk: Desk, parent: QWidget) -> None:
    """Asks for the pictures of the site; one step in the history."""
    path = desk.state.path
    if path is None:
        raise BadInput(word("Save the show first: pictures are kept beside its file"))
    desk.session.cancel()
    dialog = BackdropDialog(desk, path.parent, parent)
    if dialog.exec() == QDialog.DialogCode.Accepted:
        desk.apply(desk.show, word("Change the pictures of the site"))
    else:
        desk.session.cancel()
    dialog.deleteLater()
