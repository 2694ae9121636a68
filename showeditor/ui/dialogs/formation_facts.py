"""The lines under a formation that is being made: drones needed, spacing, how it reads from the named seats."""

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from showeditor.formations.budget import Afforded
from showeditor.formations.legibility import Legibility
from showeditor.ui.desk import Desk
from showeditor.ui.dialogs.formation_preview import seats_seen
from showeditor.ui.inspector.form import set_role

ROOM = 1.45
"""Least spacing of a formation in least gaps: at less than about the root of 2, pairs that cross come too near."""

_SEATS = 5
_ONE_PLACE_M = 0.01


class FormationFacts(QWidget):
    """Says what a drawing needs and how it will be seen."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.count, self.seats = QLabel(self), QLabel(self)
        for label in (self.count, self.seats):
            label.setWordWrap(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.count)
        box.addWidget(self.seats)
        box.addStretch(1)
        self.seats.setProperty("role", "hint")
        # room for what will be said, or the words would push what stands above them out of its place
        lines = 3 + min(_SEATS, len(desk.show.venue.seats))
        self.setMinimumHeight(lines * self.fontMetrics().lineSpacing() + 12)

    def say(self, text: str, role: str) -> None:
        """A sentence in place of the facts: what is missing, or what went wrong."""
        self.count.setText(text)
        set_role(self.count, role)
        self.seats.setText("")

    def tell(self, made: Afforded) -> None:
        """The facts of a drawing."""
        drawing, need = made.drawing, len(made.drawing)
        have = max((f.count for f in self.desk.show.fleets), default=0)
        parts = [self.tr("Needs {need} drones; the largest fleet has {have}.").format(need=need, have=have)]
        role = "good"
        if need > 1:
            parts.append(self.tr("Least spacing {m} m.").format(m=f"{drawing.spacing_m:.2f}"))
        if made.left_out:
            parts.append(self.tr("{n} fine strokes are left out.").format(n=made.left_out))
        if made.widened:
            parts.append(self.tr("The points stand wider apart than asked."))
        gap = ROOM * self.desk.plan.limits.min_gap_m
        if need > 1 and drawing.spacing_m < _ONE_PLACE_M:
            role = "bad"
            parts.append(self.tr("Two points stand at the same place."))
        elif need > have:
            role = "bad"
            parts.append(self.tr("Make it smaller, space it wider, or limit the number."))
        elif drawing.spacing_m < gap and need > 1:
            role = "warn"
            parts.append(
                self.tr("Spacing {a} m is tight: flights in and out need about {b} m.").format(
                    a=round(drawing.spacing_m, 2), b=round(gap, 2)
                )
            )
        self.count.setText(" ".join(parts))
        set_role(self.count, role)
        rows = [self.seat_line(name, seen) for name, seen in seats_seen(self.desk, drawing)[:_SEATS]]
        self.seats.setText("\n".join(rows))

    def seat_line(self, name: str, seen: Legibility) -> str:
        """How a drawing looks from one seat."""
        verdicts = {
            "reads": self.tr("reads well"),
            "simple": self.tr("simple shapes read"),
            "coarse": self.tr("too few points"),
            "aside": self.tr("too far aside"),
            "merged": self.tr("points run together"),
        }
        return self.tr("{seat}: {d} m, {h}° high, {a} arcmin apart, {w} % of its width: {verdict}").format(
            seat=name,
            d=round(seen.distance_m),
            h=round(seen.height_deg, 1),
            a=round(seen.spacing_arcmin),
            w=round(100 * seen.width_share),
            verdict=verdicts[seen.verdict],
        )
