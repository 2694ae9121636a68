"""Cakes, candles, chains and fans: which ingredient every shot is, its angle, and when it is ignited."""

from dataclasses import dataclass

from showeditor.effects.description import Description, Row
from showeditor.effects.patterns import BODY_PATTERNS, DEFAULT_FAN_DEG, PATTERNS
from showeditor.model.errors import BadInput
from showeditor.model.times import US

_STEP_US = 350_000
_CHAIN_GAP_US = 250_000
_ROW_WIDTHS = (7, 5, 6, 8, 4, 9, 10)


@dataclass(frozen=True, slots=True)
class Firing:
    """One shot of a device of many: `ingredient` index, angle to the right, ignition after the device's start."""

    ingredient: int
    angle_deg: float
    ignition_us: int


def fire_chain(description: Description, rise_us: list[int]) -> list[Firing]:
    """The shots of a chain: equal gaps over its duration (first to last ignition), or its `CDS` gaps."""
    count = description.shots or (len(rise_us) if len(rise_us) > 1 else 10)
    gap = _CHAIN_GAP_US
    if description.duration_us is not None and count > 1:
        gap = description.duration_us // (count - 1)
    out: list[Firing] = []
    at = 0
    for i in range(count):
        kind = i % len(rise_us)
        own = description.ingredients[kind].gap_us
        if i:
            at += gap if own is None else own
        out.append(Firing(kind, 0.0, at))
    return out


def fire_cake(description: Description, rise_us: list[int]) -> list[Firing]:
    """The shots of a cake, candle or fan; its duration runs from the first ignition to the last break.

    `rise_us` holds the time from ignition to bloom of each ingredient. Raises BadInput for rows that do not add up.
    """
    if description.exact:
        return _fire_exact(description, rise_us)
    labels = _labels(description)
    rows = _rows(description)
    total = description.shots
    if total is None:
        written = sum(len(row.labels) for row in rows)
        many = 5 if description.pattern in ("Fan", "Peacock") and not description.device else 10
        total = written or max(many, len(rows), len(description.ingredients))
    widths = _widths(total, rows)
    half = (DEFAULT_FAN_DEG if description.fan_deg is None else description.fan_deg) / 2.0
    # every shot's moment is fixed + free x scale; scale makes the last break end the stated duration
    shots: list[tuple[int, float, int, float]] = []
    fixed, free = 0, 0.0
    start = (0, 0.0)
    for number, (row, width) in enumerate(zip(rows, widths, strict=True)):
        pattern = PATTERNS[row.pattern]
        if row.together and number:
            fixed, free = start
        else:
            fixed += (row.delay_us or 0) if number else 0
        start = (fixed, free)
        ranks = pattern.ranks(width)
        steps = max(ranks, default=0) + 1
        for i, (lean, rank) in enumerate(zip(pattern.leans(width), ranks, strict=True)):
            kind = labels[row.labels[i % len(row.labels)]] if row.labels else len(shots) % len(description.ingredients)
            if row.span_us is not None:
                shots.append((kind, lean * half, fixed + row.span_us * rank // steps, free))
            else:
                shots.append((kind, lean * half, fixed, free + width * rank / steps))
        if row.span_us is not None:
            fixed += row.span_us
        else:
            free += width
    scale = float(_STEP_US)
    if description.duration_us is not None:
        ends = [(description.duration_us - rise_us[s[0]] - s[2]) / s[3] for s in shots if s[3] > 0.0]
        scale = max(0.0, min(ends, default=0.0))
    return [Firing(kind, angle, at + int(scale * loose + 0.5)) for kind, angle, at, loose in shots]


def _fire_exact(description: Description, rise_us: list[int]) -> list[Firing]:
    labels = _labels(description)
    angle, delay_ms, at = 0, 0, 0
    timed = any(section.delay_ms is not None for section in description.exact)
    out: list[Firing] = []
    for section in description.exact:
        angle = section.angle_deg if section.angle_deg is not None else angle
        kind = _label(labels, section.label)
        out.append(Firing(kind, float(angle), at))
        delay_ms = section.delay_ms if section.delay_ms is not None else delay_ms
        at += delay_ms * 1000
    if not timed and len(out) > 1:
        whole = description.duration_us if description.duration_us is not None else _STEP_US * len(out)
        step = max(0, whole - rise_us[out[-1].ingredient]) // (len(out) - 1)
        out = [Firing(shot.ingredient, shot.angle_deg, i * step) for i, shot in enumerate(out)]
    if out[-1].ignition_us > 3600 * US:
        raise BadInput("the delays of the cake's shots add up to more than an hour")
    return out


def _labels(description: Description) -> dict[str, int]:
    named = {i.label: n for n, i in enumerate(description.ingredients) if i.label}
    # without labels the ingredients are a, b, c ... in order
    return named or {chr(ord("a") + n): n for n in range(min(26, len(description.ingredients)))}


def _label(labels: dict[str, int], label: str) -> int:
    if label not in labels:
        raise BadInput(f"a row fires ({label}) but the cake has only {', '.join(f'({k})' for k in sorted(labels))}")
    return labels[label]


def _rows(description: Description) -> list[Row]:
    cycle = BODY_PATTERNS[description.pattern]
    if not description.pattern and (description.fan_deg or description.device == "Slice"):
        cycle = ("FNT",)
    count = max(description.row_count or 0, len(description.rows))
    if not count:
        count = 1
        if cycle != ("STR",) and description.shots is not None and description.shots > 10:
            widths = [w for w in _ROW_WIDTHS if description.shots % w == 0]
            count = description.shots // widths[0] if widths else 1
    if description.row_count is not None and len(description.rows) > description.row_count:
        raise BadInput(f"row {len(description.rows)} is fired, but the cake has {description.row_count} rows")
    known = _labels(description)
    rows: list[Row] = []
    for i in range(count):
        row = description.rows[i] if i < len(description.rows) else Row()
        for label in row.labels:
            _label(known, label)
        pattern = row.pattern or cycle[i % len(cycle)]
        rows.append(Row(row.labels, pattern, row.delay_us, row.span_us, row.together))
    return rows


def _widths(total: int, rows: list[Row]) -> list[int]:
    written = [len(row.labels) for row in rows]
    if sum(written) == total:
        return written
    if len(rows) > total:
        raise BadInput(f"a cake of {total} shots cannot have {len(rows)} rows (row {total + 1} has none left)")
    if written.count(0) > 0 and sum(written) < total:
        # rows without labels share what the others leave
        blank, left = written.count(0), total - sum(written)
        if left >= blank:
            shares = iter(left // blank + (1 if i < left % blank else 0) for i in range(blank))
            return [width or next(shares) for width in written]
    # a few labels repeat inside their row, and the rows share the shots evenly
    shared = [total // len(rows) + (1 if i < total % len(rows) else 0) for i in range(len(rows))]
    for number, (width, labels) in enumerate(zip(shared, written, strict=True), 1):
        if len(rows) > 1 and labels and (labels > width or width % labels):
            raise BadInput(
                f"row {number} fires {labels} shots, but the rows of a cake of {total} shots have {width} to fire there"
            )
    return shared
