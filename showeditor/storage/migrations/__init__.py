"""Steps from each version of the `.show` file to the next, one small module each.

A step takes the parsed JSON object of its version and returns that of the next; it may raise ValueError with a
sentence. Baseline files of every version stay in tests/storage/baselines for ever.
"""

from collections.abc import Callable, Mapping
from typing import Any

from showeditor.storage.migrations import from_0

STEPS: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = {0: from_0.step}
"""The step that leads on from each older version."""
