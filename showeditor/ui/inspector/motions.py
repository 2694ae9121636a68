"""The inspector's fields for what a formation does while it is held."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QFormLayout, QLabel, QPushButton, QWidget

from showeditor.formations.bvh import figure_of, read_bvh
from showeditor.model.errors import BadFile, BadInput
from showeditor.model.motions import Dance, Follow, Morph, Scatter, Swell, Turn
from showeditor.model.points import Points
from showeditor.model.times import US
from showeditor.timeline import scenes
from showeditor.ui.desk import Desk
from showeditor.ui.edge import guarded
from showeditor.ui.inspector.fields import ChoiceField, TextField
from showeditor.ui.inspector.stack import Kind, Spec, Stack
from showeditor.ui.language import word

LARGEST_BVH = 64 << 20


class MotionStack(Stack):
    """The motion of a scene: none or one."""

    most = 1

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        self.desk = desk
        self.scene = ""
        self.goal: ChoiceField | None = None
        self.path: TextField | None = None
        self._pace: QLabel | None = None
        super().__init__(parent)
        self.figure = QPushButton(self.tr("Dance of a figure (BVH)…"), self)
        self.figure.clicked.connect(self._choose_figure)
        self._box.insertWidget(2, self.figure)

    def title(self) -> str:
        """What the list is called."""
        return self.tr("Motion")

    def kinds(self) -> Sequence[Kind]:
        """Every kind of motion with its fields."""
        axes = (("x", self.tr("across")), ("y", self.tr("front to back")), ("z", self.tr("upright")))
        when = (
            Spec("at_us", self.tr("After arrival"), "s", 0, 36_000, "s"),
            Spec("for_us", self.tr("Lasts"), "s", 0.001, 36_000, "s"),
        )
        own: list[tuple[type, str, tuple[Spec, ...], Callable[[], Any]]] = [
            (Turn, self.tr("Turn"), (
                Spec("axis", self.tr("About"), "choice", options=axes),
                Spec("degrees", self.tr("By"), "n", -36_000, 36_000, "°")), lambda: Turn(0, self._whole(), "z", 90.0)),
            (Swell, self.tr("Wave"), (
                Spec("along", self.tr("Runs"), "choice", options=axes),
                Spec("towards", self.tr("Moves"), "choice", options=axes),
                Spec("amplitude_m", self.tr("Amplitude"), "n", 0, 1000, "m"),
                Spec("length_m", self.tr("Length"), "n", 0.1, 10_000, "m"),
                Spec("period_us", self.tr("Period"), "s", 0.1, 3600, "s")),
                lambda: Swell(0, self._whole(), period_us=8 * US)),
            (Morph, self.tr("Turn into another formation"), (), lambda: Morph(0, self._whole(), self._goals()[0][0])),
            (Scatter, self.tr("Scatter and gather"), (
                Spec("factor", self.tr("Grows to"), "n", 0.1, 100, "×"),
                Spec("stray_m", self.tr("Strays"), "n", 0, 1000, "m"),
                Spec("seed", self.tr("Seed"), "i", 0, 2**31)), lambda: Scatter(0, self._whole(), 1.5)),
            (Follow, self.tr("Follow a path"), (), lambda: Follow(0, self._whole(), ((20.0, 0.0, 0.0),))),
        ]  # fmt: skip
        # a figure comes with its file, so it is not in the menu
        dance = Kind(Dance, self.tr("Dance of a figure"), when, None)
        return [*(Kind(of, title, when + more, make) for of, title, more, make in own), dance]

    def _whole(self) -> int:
        found = [s for f in self.desk.show.flights for s in f.scenes if s.id == self.scene]
        return max(1, found[0].hold_us) if found else 10 * US

    def _goals(self) -> list[tuple[str, str]]:
        found = [s for f in self.desk.show.flights for s in f.scenes if s.id == self.scene]
        formations = self.desk.show.formations
        size = next((len(f.points) for f in formations if found and f.id == found[0].formation), 0)
        goals = [(f.id, f.name or f.id) for f in formations if len(f.points) == size and f.id != found[0].formation]
        if not goals:
            raise BadInput(self.tr("No other formation has as many points"))
        return goals

    def describe(self, part: Any) -> str:
        """Kind and time of a motion."""
        return f"{super().describe(part)} · {part.at_us / US:g} – {(part.at_us + part.for_us) / US:g} s"

    def extra(self, page: QWidget, rows: QFormLayout, kind: Kind) -> None:
        """The goal of a morph, the points of a path, the pace of a dance."""
        if kind.of is Morph:
            self.goal = ChoiceField(page)
            self.goal.setAccessibleName(self.tr("Into"))
            self.goal.chosen.connect(lambda formation: self._put_field("formation", formation))
            rows.addRow(self.tr("Into"), self.goal)
        if kind.of is Follow:
            self.path = TextField(page)
            self.path.setAccessibleName(self.tr("Through"))
            self.path.setToolTip(self.tr("Points from where it stands, in metres: right away up; right away up; …"))
            self.path.edited.connect(self._set_path)
            rows.addRow(self.tr("Through"), self.path)
        if kind.of is Dance:
            self._pace = QLabel(page)
            self._pace.setProperty("role", "hint")
            self._pace.setWordWrap(True)
            rows.addRow(self._pace)

    def refresh(self, part: Any) -> None:
        """Shows what is special to a kind."""
        if isinstance(part, Morph) and self.goal is not None:
            self.goal.offer([(f.id, f"{f.name or f.id} · {len(f.points)}") for f in self.desk.show.formations])
            self.goal.give([part.formation])
        if isinstance(part, Follow) and self.path is not None:
            self.path.give(["; ".join(f"{x:g} {y:g} {z:g}" for x, y, z in part.through_m)])
        if isinstance(part, Dance) and self._pace is not None:
            self._pace.setText(
                self.tr("Recorded {s:.1f} s; played at {pace:.2f} times that pace").format(
                    s=part.poses.length_us / US, pace=part.pace
                )
            )

    @guarded
    def _set_path(self, text: str) -> None:
        self.put(through_m=path_of(text))

    @guarded
    def _choose_figure(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self.window(), self.tr("Dance of a figure (BVH)…"), "", self.tr("Recorded figures (*.bvh)")
        )
        if name:
            self.take_figure(Path(name))

    def take_figure(self, path: Path) -> None:
        """Draws a recorded figure as a new formation and lets it dance in the scene; raises BadFile for a bad file."""
        if path.stat().st_size > LARGEST_BVH:
            raise BadFile(path.name, "", f"larger than {LARGEST_BVH} bytes")
        show = self.desk.show
        gap = 1.45 * self.desk.plan.limits.min_gap_m
        bvh = read_bvh(path.read_bytes(), path.name)
        fleets = {f.fleet for f in show.flights if any(s.id == self.scene for s in f.scenes)}
        most = max((f.count for f in show.fleets if f.id in fleets), default=200)
        height = 40.0
        figure = figure_of(bvh, height, gap)
        while len(figure.points_m) > most and height > 5.0:
            height *= 0.9
            figure = figure_of(bvh, height, gap)
        after, formation = scenes.add_formation(show, path.stem, Points(figure.points_m))
        dance = Dance(0, self._whole(), figure.poses, figure.bones)
        after = scenes.change_scenes(after, [self.scene], formation=formation, motion=dance)
        self.desk.apply(after, word("Change the motion"))


def path_of(text: str) -> tuple[tuple[float, float, float], ...]:
    """Points written as `x y z; x y z`; raises BadInput naming what is none."""
    out: list[tuple[float, float, float]] = []
    for piece in text.replace("；", ";").replace("，", " ").replace(",", " ").split(";"):
        words = piece.split()
        if not words:
            continue
        try:
            x, y, z = (float(word_) for word_ in words)
        except ValueError:
            raise BadInput(f"“{piece.strip()}” is not a point: three numbers are needed") from None
        out.append((x, y, z))
    if not out:
        raise BadInput("a path needs at least one point")
    return tuple(out)
