"""Shapes of figures: which position fires which lean at which step.

The letters are those of the trade's cake rows: V two arms, W four, Z a fan that runs there and back, X shots of
neighbours that cross. A peacock opens (孔雀开屏): fans that follow one another, each wider than the one before.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from showeditor.model.figure import Figure, StepOrder
from showeditor.timeline.fan import spread


@dataclass(frozen=True, slots=True)
class Blow:
    """One shot of a figure: its step on the ladder, round, position (index), shot (index there), lean and variety."""

    step: int
    round: int
    place: int
    shot: int
    lean_deg: float
    variety: int


def blows(figure: Figure, strengths: Callable[[int], int] | None = None) -> tuple[Blow, ...]:
    """The shots of a figure in order of step, place and shot.

    `strengths` tells how strong the beat of a step is (greater is stronger); a fill keeps the strongest.
    """
    made = sorted(_SHAPES[figure.shape](figure, strengths), key=lambda b: (b.step, b.place, b.shot))
    return tuple(made)


def ranks(count: int, order: StepOrder, seed: int) -> tuple[int, ...]:
    """The step of each of `count` things that stand from left to right; things as far from the centre share one."""
    if order == "together":
        return (0,) * count
    if order == "left-right":
        return tuple(range(count))
    if order == "right-left":
        return tuple(range(count - 1, -1, -1))
    if order == "random":
        drawn = sorted(range(count), key=lambda k: chance(seed, k))
        return tuple(drawn.index(k) for k in range(count))
    # twice the distance from the middle: 0, 2, 4 ... for odd counts, 1, 3, 5 ... for even ones
    away = [abs(2 * k - (count - 1)) for k in range(count)]
    steps = sorted(set(away), reverse=order == "outside-in")
    return tuple(steps.index(distance) for distance in away)


def chance(seed: int, *keys: int) -> bytes:
    """A number drawn by lot, as bytes that compare; the same for the same seed and keys on every machine."""
    return hashlib.sha256(",".join(map(str, (seed, *keys))).encode()).digest()


def _rounds(figure: Figure, one: Callable[[int], Iterable[Blow]]) -> list[Blow]:
    """The shots of all rounds, each beginning `rest` steps after the last step of the one before."""
    made: list[Blow] = []
    begin = 0
    for turn in range(figure.repeats):
        shots = list(one(turn))
        made += [Blow(begin + b.step, turn, b.place, b.shot, b.lean_deg, b.variety) for b in shots]
        begin += max((b.step for b in shots), default=0) + 1 + figure.rest
    return made


def _fan(figure: Figure, _strengths: object) -> list[Blow]:
    leans = spread(figure.first_deg, figure.last_deg, figure.shots)

    def one(turn: int) -> list[Blow]:
        steps = ranks(figure.shots, figure.order, figure.seed + turn)
        varieties = ranks(figure.shots, "centre-out", 0) if figure.order == "together" else steps
        return [
            Blow(steps[k], turn, place, k, leans[k], varieties[k])
            for place in range(len(figure.positions))
            for k in range(figure.shots)
        ]

    return _rounds(figure, one)


def _zigzag(figure: Figure, _strengths: object) -> list[Blow]:
    leans = spread(figure.first_deg, figure.last_deg, figure.shots)
    run = [*range(figure.shots), *range(figure.shots - 2, -1, -1)]
    if figure.order == "right-left":
        run = [figure.shots - 1 - k for k in run]
    return _rounds(
        figure,
        lambda turn: [
            Blow(step, turn, place, step, leans[k], step)
            for place in range(len(figure.positions))
            for step, k in enumerate(run)
        ],
    )


def _arms(shares: tuple[float, ...]) -> Callable[[Figure, object], list[Blow]]:
    def shape(figure: Figure, _strengths: object) -> list[Blow]:
        def one(turn: int) -> list[Blow]:
            steps = ranks(len(figure.positions), figure.order, figure.seed + turn)
            return [
                Blow(steps[place], turn, place, k, round(figure.last_deg * share, 6), steps[place])
                for place in range(len(figure.positions))
                for k, share in enumerate(shares)
            ]

        return _rounds(figure, one)

    return shape


def _peacock(figure: Figure, _strengths: object) -> list[Blow]:
    """Fans one after another, each wider, so that the tail opens; the order is that within one fan."""
    opened: list[Blow] = []
    begin = 0
    for turn in range(figure.repeats):
        half = figure.last_deg * (turn + 1) / figure.repeats
        leans = spread(-half, half, figure.shots)
        steps = ranks(figure.shots, figure.order, figure.seed + turn)
        opened += [
            Blow(begin + steps[k], turn, place, k, leans[k], turn)
            for place in range(len(figure.positions))
            for k in range(figure.shots)
        ]
        begin += max(steps) + 1 + figure.rest
    return opened


def _neighbours(figure: Figure, _strengths: object) -> list[Blow]:
    pairs = len(figure.positions) - 1

    def one(turn: int) -> list[Blow]:
        steps = ranks(pairs, figure.order, figure.seed + turn)
        made = []
        for k in range(pairs):
            made += [
                Blow(steps[k], turn, k, 0, figure.last_deg, steps[k]),
                Blow(steps[k], turn, k + 1, 1, -figure.last_deg, steps[k]),
            ]
        return made

    return _rounds(figure, one)


def _mirrored(inward: bool) -> Callable[[Figure, object], list[Blow]]:
    """Pairs of mirrored places; their steps count from the outermost pair (0) to the middle, or as the order says."""

    def shape(figure: Figure, _strengths: object) -> list[Blow]:
        count = len(figure.positions)
        pairs = (count + 1) // 2
        order = {"left-right": "outside-in", "right-left": "centre-out"}.get(figure.order, figure.order)

        def one(turn: int) -> list[Blow]:
            inner = tuple(range(pairs)) if order == "outside-in" else tuple(range(pairs - 1, -1, -1))
            steps = inner if order in ("outside-in", "centre-out") else ranks(pairs, figure.order, figure.seed + turn)
            made = []
            for k in range(pairs):
                lean = figure.last_deg if inward else -figure.last_deg
                if k == count - 1 - k:
                    made.append(Blow(steps[k], turn, k, 0, 0.0, steps[k]))
                    continue
                made += [
                    Blow(steps[k], turn, k, 0, lean, steps[k]),
                    Blow(steps[k], turn, count - 1 - k, 0, -lean, steps[k]),
                ]
            return made

        return _rounds(figure, one)

    return shape


def _sequence(figure: Figure, _strengths: object) -> list[Blow]:
    count = len(figure.positions)
    leans = spread(figure.first_deg, figure.last_deg, count)

    def one(turn: int) -> list[Blow]:
        steps = ranks(count, figure.order, figure.seed + turn)
        return [Blow(steps[k], turn, k, 0, leans[k], steps[k]) for k in range(count)]

    return _rounds(figure, one)


def _chase(figure: Figure, _strengths: object) -> list[Blow]:
    """A run along the front that leans where it runs; every second round runs back."""
    count = len(figure.positions)

    def one(turn: int) -> list[Blow]:
        steps = ranks(count, figure.order, figure.seed + turn)
        last = max(steps)
        back = turn % 2 == 1 and figure.order != "random"
        lean = -figure.last_deg if back else figure.last_deg
        if figure.order == "right-left":
            lean = -lean
        made = []
        for k in range(count):
            side = 1.0
            if figure.order in ("centre-out", "outside-in"):
                side = (k > (count - 1) / 2) - (k < (count - 1) / 2)
                side = side if figure.order == "centre-out" else -side
            step = last - steps[k] if back else steps[k]
            made.append(Blow(step, turn, k, 0, lean * side if side else 0.0, step))
        return made

    return _rounds(figure, one)


def _alternate(figure: Figure, _strengths: object) -> list[Blow]:
    """The two halves of the front in turn, each leaning inwards; the middle place belongs to both."""
    count = len(figure.positions)
    left_first = figure.order != "right-left"

    def one(turn: int) -> list[Blow]:
        left = (turn % 2 == 0) == left_first
        places = range((count + 1) // 2) if left else range(count // 2, count)
        lean = figure.last_deg if left else -figure.last_deg
        return [Blow(0, turn, k, 0, 0.0 if 2 * k == count - 1 else lean, turn) for k in places]

    return _rounds(figure, one)


def _salvo(figure: Figure, _strengths: object) -> list[Blow]:
    leans = spread(figure.first_deg, figure.last_deg, len(figure.positions))
    return _rounds(figure, lambda turn: [Blow(0, turn, k, 0, lean, turn) for k, lean in enumerate(leans)])


def _fill(figure: Figure, strengths: Callable[[int], int] | None) -> list[Blow]:
    """One shot at each sounding step (`repeats` steps in all), the places in turn; strong beats sound first."""
    wanted = round(figure.density * figure.repeats)
    by_strength = sorted(
        range(figure.repeats), key=lambda k: (-strengths(k) if strengths else 0, chance(figure.seed, k))
    )  # fmt: skip
    sounding = sorted(by_strength[:wanted])
    count = len(figure.positions)
    leans = spread(figure.first_deg, figure.last_deg, count)
    steps = ranks(count, figure.order, figure.seed)
    turns = [[k for k in range(count) if steps[k] == step] for step in range(max(steps) + 1)]
    made: list[Blow] = []
    for n, step in enumerate(sounding):
        made += [Blow(step, step, k, 0, leans[k], n) for k in turns[n % len(turns)]]
    return made


_SHAPES: dict[str, Callable[[Figure, Callable[[int], int] | None], list[Blow]]] = {
    "fan": _fan,
    "v": _arms((-1.0, 1.0)),
    "w": _arms((-1.0, -1 / 3, 1 / 3, 1.0)),
    "x": _neighbours,
    "z": _zigzag,
    "peacock": _peacock,
    "cross": _mirrored(inward=True),
    "pairs": _mirrored(inward=False),
    "sequence": _sequence,
    "alternate": _alternate,
    "chase": _chase,
    "salvo": _salvo,
    "fill": _fill,
}
