"""A drawing as evenly spaced points, and its forms for the command line."""

from dataclasses import dataclass
from typing import Any

from showeditor.model.points import Points
from showeditor.model.swarm import Rgb


@dataclass(frozen=True, slots=True)
class Drawing:
    """Points (x right, y away, z up, centred), their colours (empty: none stated) and path parameters 0..1.

    `spacing_m` is the smallest distance between two of them (0 for a single point), `height_m` the size drawn at.
    """

    points: Points
    colours: tuple[Rgb, ...] = ()
    path: tuple[float, ...] = ()
    spacing_m: float = 0.0
    height_m: float = 0.0

    def __len__(self) -> int:
        return len(self.points)


def as_json(drawing: Drawing) -> dict[str, Any]:
    """A drawing as plain data: count, spacing_m, height_m, points (metres), colours, path."""
    return {
        "count": len(drawing),
        "spacing_m": round(drawing.spacing_m, 4),
        "height_m": round(drawing.height_m, 3),
        "points": [[round(float(v), 3) for v in row] for row in drawing.points.metres],
        "colours": [list(colour) for colour in drawing.colours],
        "path": [round(s, 6) for s in drawing.path],
    }


def as_csv(drawing: Drawing, prefix: str = "P") -> str:
    """A drawing as `Name,x_m,y_m,z_m`, with Red,Green,Blue where it has colours."""
    lines = ["Name,x_m,y_m,z_m" + (",Red,Green,Blue" if drawing.colours else "")]
    width = max(3, len(str(len(drawing))))
    for k, (x, y, z) in enumerate(drawing.points.metres):
        row = f"{prefix}{k + 1:0{width}d},{x + 0.0:.3f},{y + 0.0:.3f},{z + 0.0:.3f}"
        if drawing.colours:
            row += ",{},{},{}".format(*drawing.colours[k])
        lines.append(row)
    return "\n".join(lines) + "\n"
