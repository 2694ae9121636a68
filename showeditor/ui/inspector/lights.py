"""The inspector's list of light layers of a scene."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, get_args

from PySide6.QtWidgets import QFileDialog, QFormLayout, QLabel, QPushButton, QWidget

from showeditor.audio.levels import BANDS, loudness, notes, onsets
from showeditor.audio.score import load_midi
from showeditor.formations.film import film_from
from showeditor.model.errors import BadInput
from showeditor.model.light_effects import (
    Blend,
    Gradient,
    Picture,
    Pulse,
    Solid,
    Sounding,
    Twinkle,
    Wave,
    Wipe,
)
from showeditor.model.light_masks import BoxMask, LightMask, PathMask, SphereMask
from showeditor.model.swarm import Formation
from showeditor.model.times import US
from showeditor.ui.desk import Desk
from showeditor.ui.edge import guarded
from showeditor.ui.inspector.fields import ChoiceField, TextField
from showeditor.ui.inspector.stack import Kind, Spec, Stack

WHITE = (255, 255, 255)


class LightStack(Stack):
    """Light layers, the first lowest; each with its moment, colour, blend, region and what its kind needs."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        self.desk = desk
        self.formation: Formation | None = None
        self._regions: dict[type, tuple[ChoiceField, TextField]] = {}
        self._eye: ChoiceField | None = None
        self._said: dict[type, QLabel] = {}
        super().__init__(parent)

    def title(self) -> str:
        """What the list is called."""
        return self.tr("Light layers")

    def kinds(self) -> Sequence[Kind]:
        """Every kind of layer with its fields."""
        along = Spec(
            "along",
            self.tr("Along"),
            "choice",
            options=(
                ("x", self.tr("left to right")),
                ("y", self.tr("front to back")),
                ("z", self.tr("bottom to top")),
                ("radius", self.tr("from the middle")),
                ("path", self.tr("along the strokes")),
            ),
        )
        seed = Spec("seed", self.tr("Seed"), "i", 0, 2**31)
        low = Spec("low", self.tr("Least light"), "%", 0, 1, "%")
        period = Spec("period_us", self.tr("Period"), "s", 0.001, 36_000, "s")
        own: list[tuple[type, str, tuple[Spec, ...], dict[str, Any]]] = [
            (Solid, self.tr("One colour"), (), {}),
            (Gradient, self.tr("Gradient"), (Spec("end", self.tr("To colour"), "colour"), along), {}),
            (Wipe, self.tr("Wipe"), (along, Spec("soft", self.tr("Soft edge"), "%", 0, 1, "%"),
                                     Spec("backwards", self.tr("Backwards"), "flag")), {}),
            (Wave, self.tr("Wave of light"), (along, period, Spec("length", self.tr("Length"), "n", 0.01, 100)), {}),
            (Twinkle, self.tr("Twinkle"), (period, Spec("share", self.tr("Lit part"), "%", 0, 1, "%"), seed), {}),
            (Pulse, self.tr("Pulse"), (Spec("beats", self.tr("Every beats (0: by the period)"), "n", 0, 64),
                                       period, low), {"beats": 1.0}),
            (Picture, self.tr("Picture or film"), (Spec("fit", self.tr("Fits"), "choice", options=(
                ("cover", self.tr("covers, keeps its shape")), ("stretch", self.tr("stretched")))),), {}),
            (Sounding, self.tr("Follows the music"), (low,), {}),
        ]  # fmt: skip
        return [Kind(of, title, self._common() + more, self._maker(of, fixed)) for of, title, more, fixed in own]

    def _common(self) -> tuple[Spec, ...]:
        titles: dict[str, str] = {
            "over": self.tr("covers"),
            "add": self.tr("adds"),
            "multiply": self.tr("multiplies"),
            "brightest": self.tr("the brighter"),
            "screen": self.tr("screens"),
        }
        return (
            Spec("at_us", self.tr("After arrival"), "s", -3600, 36_000, "s"),
            Spec("for_us", self.tr("Lasts"), "s", 0.001, 36_000, "s"),
            Spec("colour", self.tr("Colour"), "colour"),
            Spec("blend", self.tr("Blend"), "choice", options=tuple((b, titles[b]) for b in get_args(Blend))),
            Spec("opacity", self.tr("Opacity"), "%", 0, 1, "%"),
            Spec("points", self.tr("Points (empty: all)"), "numbers"),
        )

    def _maker(self, of: type, fixed: dict[str, Any]) -> Callable[[], Any]:
        return lambda: of(0, 5 * US, WHITE, **fixed)

    def describe(self, part: Any) -> str:
        """Kind and time of a layer."""
        return f"{super().describe(part)} · {part.at_us / US:g} – {(part.at_us + part.for_us) / US:g} s"

    def extra(self, page: QWidget, rows: QFormLayout, kind: Kind) -> None:
        """The region of every layer; the file of a picture and its eye; what a layer of music listens to."""
        region, numbers = ChoiceField(page), TextField(page)
        region.offer(
            [
                ("", self.tr("everywhere")),
                ("box", self.tr("box")),
                ("sphere", self.tr("sphere")),
                ("path", self.tr("stretch of the strokes")),
            ]
        )
        region.chosen.connect(self._set_region)
        numbers.edited.connect(self._set_numbers)
        for field, title in ((region, self.tr("Region")), (numbers, self.tr("Region, numbers"))):
            field.setAccessibleName(f"{kind.title}: {title}")
            rows.addRow(title, field)
        numbers.setToolTip(
            self.tr("Box: two corners x y z in metres. Sphere: middle and radius. Strokes: from, to, 0–1")
        )
        self._regions[kind.of] = (region, numbers)
        if kind.of is Picture:
            self._button_row(page, rows, self.tr("Choose a picture…"), self._choose_picture)
            self._button_row(page, rows, self.tr("Choose a folder of pictures…"), self._choose_folder)
            self._eye = ChoiceField(page)
            self._eye.setAccessibleName(self.tr("Seen from"))
            self._eye.chosen.connect(self._set_eye)
            rows.addRow(self.tr("Seen from"), self._eye)
        if kind.of is Sounding:
            heard = ChoiceField(page)
            heard.setAccessibleName(self.tr("Listen to"))
            heard.offer(
                [
                    ("all", self.tr("the whole sound")),
                    ("low", self.tr("low tones")),
                    ("middle", self.tr("middle tones")),
                    ("high", self.tr("high tones")),
                    ("strokes", self.tr("strokes")),
                    ("score", self.tr("notes of the score")),
                ]
            )
            heard.setPlaceholderText(self.tr("choose"))
            heard.setCurrentIndex(-1)
            heard.chosen.connect(self._listen)
            rows.addRow(self.tr("Listen to"), heard)
        if kind.of in (Picture, Sounding):
            self._said[kind.of] = QLabel(page)
            self._said[kind.of].setProperty("role", "hint")
            self._said[kind.of].setWordWrap(True)
            rows.addRow(self._said[kind.of])

    def _button_row(self, page: QWidget, rows: QFormLayout, text: str, run: Callable[[], None]) -> None:
        button = QPushButton(text, page)
        button.clicked.connect(run)
        rows.addRow(button)

    def refresh(self, part: Any) -> None:
        """The region and the rest of a layer."""
        region, numbers = self._regions[type(part)]
        kind, text = region_text(part.mask)
        region.give([kind])
        numbers.give([text])
        numbers.setEnabled(bool(kind) and kind != "polygon")
        if isinstance(part, Picture) and self._eye is not None:
            seats = self.desk.show.venue.seats
            self._eye.offer([("", self.tr("straight ahead")), *((s.id, s.name or s.id) for s in seats)])
            self._eye.give([next((s.id for s in seats if s.eye_m == part.eye_m), "")])
            film = part.film
            self._said[Picture].setText(
                self.tr("{w} × {h} pixels, {n} pictures").format(w=film.width, h=film.height, n=film.count)
            )
        if isinstance(part, Sounding):
            length = len(part.levels) * part.step_us / US
            self._said[Sounding].setText(
                self.tr("{what}, {s:.1f} s").format(what=part.heard, s=length)
                if part.levels
                else self.tr("Nothing heard yet")
            )

    @guarded
    def _set_region(self, kind: str) -> None:
        self.put(mask=first_region(kind, self.formation))

    @guarded
    def _set_numbers(self, text: str) -> None:
        part = self.chosen
        if part is not None and part.mask is not None:
            self.put(mask=region_of(region_text(part.mask)[0], text))

    @guarded
    def _set_eye(self, seat: str) -> None:
        eye = next((s.eye_m for s in self.desk.show.venue.seats if s.id == seat), None)
        self.put(eye_m=eye)

    @guarded
    def _choose_picture(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self.window(), self.tr("Choose a picture…"), "", self.tr("Pictures (*.png *.ppm)")
        )
        if name:
            self.put(film=film_from(Path(name)))

    @guarded
    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self.window(), self.tr("Choose a folder of pictures…"))
        if name:
            self.put(film=film_from(Path(name)))

    @guarded
    def _listen(self, what: str) -> None:
        music, path, sound = self.desk.show.music, self.desk.state.path, self.desk.heard.sound
        if what == "score":
            if music is None or music.score is None or path is None:
                raise BadInput(self.tr("The show has no score to listen to"))
            self.put(levels=notes(load_midi(path.parent / music.score)), by="score", heard=what)
            return
        if sound is None:
            raise BadInput(self.tr("The show has no music to listen to"))
        levels = loudness(sound, what) if what in BANDS else onsets(sound)
        self.put(levels=levels, by="sound", heard=what)


def region_text(mask: LightMask | None) -> tuple[str, str]:
    """Kind and numbers of a region as they are written in the inspector."""
    if isinstance(mask, BoxMask):
        return "box", " ".join(f"{v:g}" for v in (*mask.low_m, *mask.high_m))
    if isinstance(mask, SphereMask):
        return "sphere", " ".join(f"{v:g}" for v in (*mask.at_m, mask.radius_m))
    if isinstance(mask, PathMask):
        return "path", f"{mask.first:g} {mask.last:g}"
    return ("", "") if mask is None else ("polygon", "")


def region_of(kind: str, text: str) -> LightMask | None:
    """The region of a kind with these numbers; raises BadInput when there are too few, too many or bad ones."""
    need = {"box": 6, "sphere": 4, "path": 2}.get(kind)
    if need is None:
        return None
    words = text.replace(",", " ").replace("，", " ").split()
    try:
        v = [float(word) for word in words]
        if len(v) != need:
            raise BadInput(f"{need} numbers are needed, got {len(v)}")
        if kind == "box":
            return BoxMask((v[0], v[1], v[2]), (v[3], v[4], v[5]))
        return SphereMask((v[0], v[1], v[2]), v[3]) if kind == "sphere" else PathMask(v[0], v[1])
    except ValueError as error:
        raise BadInput(str(error)) from None


def first_region(kind: str, formation: Formation | None) -> LightMask | None:
    """A region to begin with: the formation's right half, its middle, the second half of its strokes."""
    if formation is None or not kind:
        return None
    points = formation.points.metres
    low, high = points.min(axis=0), points.max(axis=0)
    middle = 0.5 * (low + high)
    if kind == "box":
        a, b = (round(float(middle[0]), 1), float(low[1]) - 1.0, float(low[2]) - 1.0), (high + 1.0).tolist()
        return BoxMask(a, (b[0], b[1], b[2]))
    if kind == "sphere":
        x, y, z = (round(float(v), 1) for v in middle)
        return SphereMask((x, y, z), round(0.25 * float(max(high - low)), 1) + 0.1)
    return PathMask(0.5, 1.0)
