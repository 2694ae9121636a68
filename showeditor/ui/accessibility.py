"""The accessibility tree as data: names, roles and places of every control, for tests and for driving from outside.

With SHOWEDITOR_ACCESSIBILITY=FILE the running editor writes the tree there whenever Ctrl+Alt+Shift+D is pressed
(and once after the start).
"""

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication

from showeditor.ui.timeline.canvas import TimelineCanvas
from showeditor.ui.timeline.items import nodes

VARIABLE = "SHOWEDITOR_ACCESSIBILITY"
DEEPEST = 40


def dump_path() -> Path:
    """Where the tree is written: the file that the environment names, else one in the temporary folder."""
    return Path(os.environ.get(VARIABLE) or Path(tempfile.gettempdir()) / "showeditor-accessibility.json")


def tree() -> list[dict[str, Any]]:
    """Role, name, value, state and global rectangle of everything in every visible window."""
    found = []
    for window in QApplication.topLevelWidgets():
        if window.isVisible():
            interface = QAccessible.queryAccessibleInterface(window)
            if interface is not None:
                found.append(_node(interface, 0))
    return found


def write_tree(path: Path) -> None:
    """Writes the tree as JSON."""
    path.write_text(json.dumps(tree(), ensure_ascii=False, indent=1), encoding="utf-8")


def _node(interface: QAccessibleInterface, depth: int) -> dict[str, Any]:
    box, state = interface.rect(), interface.state()
    node: dict[str, Any] = {
        "role": interface.role().name,
        "name": interface.text(QAccessible.Text.Name),
        "value": interface.text(QAccessible.Text.Value),
        "rect": [box.x(), box.y(), box.width(), box.height()],
        "visible": not state.invisible,
        "scrolled_away": bool(state.offscreen),
        "enabled": not state.disabled,
    }
    if depth < DEEPEST:
        children = [interface.child(i) for i in range(interface.childCount())]
        node["children"] = [_node(child, depth + 1) for child in children if child is not None and child.isValid()]
        # a painted widget has no child controls: it tells its own
        painted = interface.object()
        if isinstance(painted, TimelineCanvas):
            corner = painted.viewport().mapToGlobal(QPoint(0, 0))
            node["children"] += nodes(painted.look(), corner.x(), corner.y())
    return node
