"""Compiled cues as columns, and how a new set of cues is put together from old columns and fresh ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from showeditor.model.arrays import Longs
from showeditor.model.finding import Finding
from showeditor.planning.device_rows import runs, starts_of

Columns = Mapping[str, Any]
"""Arrays by column name."""

Texts = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Block:
    """Columns of consecutive cues, their rows found by counts.

    Per cue: `lines` (0 when it cannot be planned, else 1), `shots`, `bursts`; `problems` by the cue's number.
    """

    lines: Longs
    shots: Longs
    bursts: Longs
    texts: Texts
    firing: Columns
    shot_rows: Columns
    burst_rows: Columns
    problems: Mapping[int, tuple[Finding, ...]]

    def __len__(self) -> int:
        return len(self.lines)


def sealed(array: NDArray[Any]) -> NDArray[Any]:
    """The array, read-only from now on."""
    array.flags.writeable = False
    return array


def patched(old: Block, fresh: Block, cues: Longs) -> Block | None:
    """`old` with the rows of `cues` (ascending) replaced by `fresh`; None when they need another number of rows.

    Columns whose values stay the same are shared.
    """
    if not (
        np.array_equal(old.lines[cues], fresh.lines)
        and np.array_equal(old.shots[cues], fresh.shots)
        and np.array_equal(old.bursts[cues], fresh.bursts)
    ):
        return None
    lines = runs(starts_of(old.lines)[:-1][cues], fresh.lines)
    problems = {n: found for n, found in old.problems.items() if n not in set(cues.tolist())}
    problems |= {int(cues[n]): found for n, found in fresh.problems.items()}
    return Block(
        lines=old.lines,
        shots=old.shots,
        bursts=old.bursts,
        texts={name: _retold(text, lines.tolist(), fresh.texts[name]) for name, text in old.texts.items()},
        firing=_repaired(old.firing, fresh.firing, lines),
        shot_rows=_repaired(old.shot_rows, fresh.shot_rows, runs(starts_of(old.shots)[:-1][cues], fresh.shots)),
        burst_rows=_repaired(old.burst_rows, fresh.burst_rows, runs(starts_of(old.bursts)[:-1][cues], fresh.bursts)),
        problems=problems,
    )


def _retold(old: tuple[str, ...], rows: list[int], fresh: tuple[str, ...]) -> tuple[str, ...]:
    if all(old[row] == text for row, text in zip(rows, fresh, strict=True)):
        return old
    out = list(old)
    for row, text in zip(rows, fresh, strict=True):
        out[row] = text
    return tuple(out)


def _repaired(old: Columns, fresh: Columns, rows: Longs) -> Columns:
    out: dict[str, NDArray[Any]] = {}
    for name, column in old.items():
        if np.array_equal(column[rows], fresh[name]):
            out[name] = column
        else:
            copy = column.copy()
            copy[rows] = fresh[name]
            out[name] = sealed(copy)
    return out


def joined(old: Block, fresh: Block, source: Longs) -> Block:
    """Cues gathered from both: number `source[i]` counts through `old` and then through `fresh`."""
    n = len(old)

    def gather(of: str, a: Columns, b: Columns) -> tuple[Longs, Columns]:
        counts = np.concatenate((getattr(old, of), getattr(fresh, of)))
        rows = runs(starts_of(counts)[:-1][source], counts[source])
        return sealed(counts[source]), {name: sealed(np.concatenate((a[name], b[name]))[rows]) for name in a}

    lines, firing = gather("lines", old.firing, fresh.firing)
    shots, shot_rows = gather("shots", old.shot_rows, fresh.shot_rows)
    bursts, burst_rows = gather("bursts", old.burst_rows, fresh.burst_rows)
    line_counts = np.concatenate((old.lines, fresh.lines))
    rows = runs(starts_of(line_counts)[:-1][source], line_counts[source]).tolist()
    problems: dict[int, tuple[Finding, ...]] = {}
    if old.problems or fresh.problems:
        for i, number in enumerate(source.tolist()):
            found = old.problems.get(number) if number < n else fresh.problems.get(number - n)
            if found:
                problems[i] = found
    texts: dict[str, tuple[str, ...]] = {}
    for name, text in old.texts.items():
        both = text + fresh.texts[name]
        texts[name] = tuple([both[row] for row in rows])
    return Block(lines, shots, bursts, texts, firing, shot_rows, burst_rows, problems)
