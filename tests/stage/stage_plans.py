"""Plans for the picture's own tests: every template and every effect of a Look, built without the planner."""

from dataclasses import dataclass, field

import numpy as np
from showeditor.model.arrays import frozen
from showeditor.model.look import Look, Template
from showeditor.model.plan import Bursts, Drones, Plan, Shots
from showeditor.model.venue import Position, Seat, Venue, Wind

RED, GREEN, BLUE = (1.0, 0.05, 0.04), (0.10, 1.0, 0.22), (0.10, 0.16, 1.0)
GOLD, SILVER, LEMON, WHITE = (1.0, 0.50, 0.14), (0.86, 0.92, 1.0), (1.0, 0.72, 0.16), (1.0, 0.94, 0.84)
EMBER = (1.0, 0.42, 0.10)
DARK = (0.0, 0.0, 0.0)

PEONY = Look(Template.SPHERE, 430, 120.0, 28.0, 2.7, RED, LEMON, change_at=0.62, brightness=14, size_m=0.5, flash=1.0)
CHRYSANTHEMUM = Look(
    Template.SPHERE,
    240,
    125.0,
    28.0,
    2.9,
    SILVER,
    BLUE,
    change_at=0.55,
    brightness=13,
    size_m=0.42,
    flash=1.0,
    trail_s=0.7,
    trail_colour=SILVER,
    trail_brightness=5.0,
    sparks_per_s=40.0,
)
WILLOW = Look(
    Template.SPHERE,
    120,
    75.0,
    17.0,
    6.0,
    EMBER,
    EMBER,
    brightness=3.0,
    size_m=0.32,
    flash=0.7,
    fade_s=1.2,
    trail_s=3.0,
    trail_colour=EMBER,
    trail_brightness=4.0,
    sparks_per_s=28.0,
)
KAMURO = Look(
    Template.SPHERE,
    400,
    110.0,
    24.0,
    5.5,
    GOLD,
    GOLD,
    brightness=8.0,
    size_m=0.34,
    flash=1.0,
    fade_s=0.8,
    trail_s=2.4,
    trail_colour=GOLD,
    trail_brightness=5.5,
    sparks_per_s=36.0,
)
PALM = Look(
    Template.PALM,
    54,
    70.0,
    17.0,
    3.6,
    GOLD,
    GOLD,
    brightness=10.0,
    size_m=0.6,
    flash=0.8,
    cone_deg=90.0,
    trail_s=1.6,
    trail_colour=GOLD,
    trail_brightness=7.0,
    sparks_per_s=50.0,
)
RING = Look(Template.RING, 48, 70.0, 21.0, 2.6, (0.1, 0.8, 1.0), WHITE, brightness=16.0, size_m=0.55, speed_jitter=0.01)
COMET = Look(
    Template.SINGLE,
    1,
    0.0,
    24.0,
    2.6,
    GOLD,
    GOLD,
    brightness=16.0,
    size_m=0.7,
    trail_s=1.3,
    trail_colour=GOLD,
    trail_brightness=9.0,
    sparks_per_s=160.0,
)
MINE = Look(
    Template.CONE,
    46,
    78.0,
    19.0,
    2.2,
    GREEN,
    GREEN,
    brightness=11.0,
    size_m=0.45,
    cone_deg=14.0,
    flash=0.5,
    trail_s=0.5,
    trail_colour=LEMON,
    trail_brightness=4.0,
    sparks_per_s=50.0,
)
STROBE = Look(Template.SPHERE, 160, 55.0, 16.0, 4.2, WHITE, WHITE, brightness=12, size_m=0.6, strobe_hz=6.0, flash=0.6)
CRACKLE = Look(
    Template.SPHERE,
    110,
    60.0,
    17.0,
    2.6,
    GOLD,
    GOLD,
    brightness=5.0,
    size_m=0.4,
    crackle=1.0,
    glitter=0.6,
    flash=0.6,
    trail_s=0.8,
    trail_colour=GOLD,
    trail_brightness=3.0,
    sparks_per_s=30.0,
)
TAIL = Look(
    Template.SINGLE,
    1,
    0.0,
    20.0,
    6.0,
    GOLD,
    GOLD,
    brightness=4.0,
    size_m=0.5,
    trail_s=0.8,
    trail_colour=GOLD,
    trail_brightness=3.0,
    sparks_per_s=60.0,
)
LOOKS = (PEONY, CHRYSANTHEMUM, WILLOW, KAMURO, PALM, RING, COMET, MINE, STROBE, CRACKLE, TAIL)


def river(wind: Wind = Wind(3.5, 270.0)) -> Venue:
    """A river bank: seven positions in a row, the audience 430 m to the south across the water."""
    rows = tuple(
        Position(f"P{n + 1}", f"Place {n + 1}", (x, 0.0, 1.5)) for n, x in enumerate((-180, -120, -60, 0, 60, 120, 180))
    )
    seat = Seat("A", "Main seat", (0.0, -430.0, 14.0), (0.0, 0.0, 118.0))
    return Venue("river", 0.0, seats=(seat,), positions=rows, wind=wind, water_level_m=0.0)


@dataclass
class Sky:
    """Collects bursts, then gives a Plan."""

    venue: Venue = field(default_factory=river)
    rows: list[tuple[object, ...]] = field(default_factory=list)
    rises: list[tuple[int, int, np.ndarray]] = field(default_factory=list)
    drones: Drones = field(default_factory=Drones)
    looks: tuple[Look, ...] = LOOKS

    def burst(self, look, t_s, at, velocity=(0.0, 0.0, 0.0), axis=(0.0, 0.0, 1.0), scale=1.0, shot=-1, rides=False):
        """One layer of stars."""
        kind = self.looks[look] if isinstance(look, int) else look
        number = look if isinstance(look, int) else self.looks.index(look)
        life = kind.life_s * (1.0 + kind.life_jitter) + kind.trail_s
        self.rows.append((number, shot, round(t_s * 1e6), round(life * 1e6), at, velocity, axis, scale, rides))
        return self

    def tail(self, t_s, fuse_s, start, end):
        """A rising shell: a parabola as Chebyshev coefficients."""
        x = np.cos(np.pi * (np.arange(16) + 0.5) / 16)
        u = (x + 1.0) / 2.0
        path = np.outer(1 - u, start) + np.outer(u, end)
        path[:, 2] = start[2] + (end[2] - start[2]) * (1.0 - (1.0 - u) ** 2)
        terms = np.stack([np.polynomial.chebyshev.chebfit(x, path[:, axis], 6) for axis in range(3)])
        self.rises.append((round(t_s * 1e6), round((t_s + fuse_s) * 1e6), terms))
        return self.burst(TAIL, t_s, start, shot=len(self.rises) - 1, rides=True)

    def plan(self) -> Plan:
        """The Plan of what was collected."""
        n = len(self.rows)
        columns = list(zip(*self.rows, strict=True)) if n else [()] * 9
        bursts = Bursts(
            look=frozen(columns[0], np.int32, (None,)),
            shot=frozen(columns[1], np.int32, (None,)),
            birth_us=frozen(columns[2], np.int64, (None,)),
            life_us=frozen(columns[3], np.int64, (None,)),
            origin_m=frozen(np.reshape(columns[4], (n, 3)), np.float64, (None, 3)),
            velocity_mps=frozen(np.reshape(columns[5], (n, 3)), np.float64, (None, 3)),
            axis=frozen(np.reshape(columns[6], (n, 3)), np.float64, (None, 3)),
            scale=frozen(columns[7], np.float32, (None,)),
            seed=frozen(np.arange(n) * 7919 - 20_000, np.int32, (None,)),
            rides=frozen(columns[8], np.bool_, (None,)),
        )
        m = len(self.rises)
        shots = Shots(
            cue=frozen(np.zeros(m), np.int32, (None,)),
            kind=frozen(np.zeros(m), np.uint8, (None,)),
            lift_us=frozen([r[0] for r in self.rises], np.int64, (None,)),
            break_us=frozen([r[1] for r in self.rises], np.int64, (None,)),
            rise=frozen(np.array([r[2] for r in self.rises]).reshape(m, 3, 7), np.float64, (None, 3, 7)),
        )
        return Plan("night", 20_000_000, self.venue, bursts=bursts, shots=shots, looks=self.looks, drones=self.drones)


def still_drones(places: np.ndarray, rgb: np.ndarray) -> Drones:
    """Drones that hover, lit from zero on."""
    n = len(places)
    return Drones(
        name=tuple(f"D{i}" for i in range(n)),
        fleet=("F",) * n,
        home_m=frozen(
            np.stack([np.arange(n) % 20 * 2.0 - 19, np.arange(n) // 20 * 2.0 - 45, np.full(n, 0.3)], 1),
            float,
            (None, 3),
        ),
        off_us=frozen(np.zeros(n), np.int64, (None,)),
        on_us=frozen(np.full(n, 20_000_000), np.int64, (None,)),
        piece_start=frozen(np.arange(n + 1), np.int64, (None,)),
        piece_t0_us=frozen(np.zeros(n), np.int64, (None,)),
        piece_t1_us=frozen(np.full(n, 20_000_000), np.int64, (None,)),
        ctrl_start=frozen(np.arange(n + 1), np.int64, (None,)),
        ctrl=frozen(places, np.float64, (None, 3)),
        key_start=frozen(np.arange(n + 1), np.int64, (None,)),
        key_t_us=frozen(np.zeros(n), np.int64, (None,)),
        key_rgbw=frozen(np.concatenate([rgb, np.zeros((n, 1))], 1), np.uint8, (None, 4)),
        key_fade=frozen(np.zeros(n), np.bool_, (None,)),
    )


def heart(count: int = 160) -> Drones:
    """A pink heart before the show."""
    u = np.linspace(0, 2 * np.pi, count, endpoint=False)
    x = 16 * np.sin(u) ** 3
    z = 13 * np.cos(u) - 5 * np.cos(2 * u) - 2 * np.cos(3 * u) - np.cos(4 * u)
    places = np.stack([x * 2.1, np.full(count, -40.0), 84 + 2.1 * z], axis=1)
    return still_drones(places, np.tile([255, 70, 140], (count, 1)))


def night() -> Plan:
    """Everything at once, best seen at 3.0 s."""
    sky = Sky(drones=heart())
    sky.burst(KAMURO, 0.6, (-190, 15, 205)).burst(PEONY, 1.5, (35, 40, 250)).burst(CHRYSANTHEMUM, 1.75, (205, 0, 185))
    sky.burst(WILLOW, -1.4, (330, 90, 240), scale=1.15).burst(PALM, 1.3, (-335, 60, 165)).burst(
        RING, 1.7, (35, 40, 250), axis=(0.3, -0.5, 0.8)
    )
    sky.burst(STROBE, 1.2, (120, -10, 120)).burst(CRACKLE, 1.0, (-95, -15, 120))
    sky.tail(1.2, 2.6, (60, 0, 1.5), (95, 10, 210)).tail(1.5, 2.8, (-60, 0, 1.5), (-70, 0, 220))
    for n, position in enumerate(sky.venue.positions):
        x, y, z = position.at_m
        if n % 2:
            sky.burst(MINE, 2.0, (x, y, z))
        else:
            for lean in (-0.24, 0.0, 0.24):
                sky.burst(COMET, 1.7, (x, y, z), velocity=(86 * np.sin(lean), 0.0, 86 * np.cos(lean)))
    return sky.plan()
