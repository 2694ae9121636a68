"""Where the content files lie: beside the package in a checkout, inside it when installed from a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def asset(*parts: str) -> Path:
    """The path of a file or folder of assets/; raises FileNotFoundError naming it when it is not there."""
    for root in (_PACKAGE.parent / "assets", _PACKAGE / "assets"):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"assets/{'/'.join(parts)} is missing from this installation")
