"""What a charge does under a drone: its device as columns, and how far, how wide and how deep its sparks are lit."""

import math
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from showeditor.effects.device import Axis, Device, DeviceShot, Layer
from showeditor.effects.looks import longest_life_us
from showeditor.effects.reading import read
from showeditor.kernels.ballistics_stars import star_flights
from showeditor.model.errors import BadInput
from showeditor.model.look import Look, Template
from showeditor.model.plan import ShotKind
from showeditor.planning.device_rows import DeviceRows, rows_of

_EVERY_US = 100_000
_SAMPLES = 25


@dataclass(frozen=True, slots=True)
class Reach:
    """Where the sparks of a charge are lit about a drone that hovers in calm air (see `model.carried.Ignitions`)."""

    cone_deg: float
    reach_m: float
    fall_m: float
    fall_s: float


@dataclass(frozen=True, slots=True)
class ChargeRows:
    """A charge's device; `burnt_us`, `dark_us`: its last birth and its last light after ignition."""

    rows: DeviceRows
    burnt_us: int
    dark_us: int


class NotCarried(BadInput):
    """A charge that can hang under no drone; `zh` says so in Chinese."""

    def __init__(self, message: str, zh: str) -> None:
        super().__init__(message)
        self.zh = zh


@lru_cache(maxsize=512)
def charge_rows(effect: str) -> ChargeRows:
    """The device of a charge; raises NotCarried for what no drone carries and BadInput for what cannot be read.

    Several places of one device (the jets of a waterfall) become one: it hangs at a point. What follows its own path on
    the ground (a flare, a comet) burns along the drone's.
    """
    device = read(effect)
    if device.unknown:
        words = ", ".join(device.unknown)
        raise NotCarried(f"words that are not known: {words}", f"含无法识别的词：{words}")
    if any(shot.kind is ShotKind.SHELL for shot in device.shots):
        raise NotCarried(
            "a shell needs a mortar and cannot be fired from a drone", "礼花弹须由炮筒发射，不能由无人机挂载"
        )
    first: dict[int, DeviceShot] = {}
    for shot in device.shots:
        first.setdefault(shot.ignition_us, shot)
    carried = replace(device, shots=tuple(_hung(shot) for shot in first.values()))
    rows = rows_of(carried)
    burnt, dark = _ends(carried)
    return ChargeRows(rows, burnt, dark)


def _hung(shot: DeviceShot) -> DeviceShot:
    standing = shot.kind is ShotKind.OTHER
    layers = tuple(_burning(layer, shot.rise_us) if standing and layer.rides else layer for layer in shot.layers)
    return replace(shot, offset_m=(0.0, 0.0, 0.0), climb_mps=0.0, layers=layers)


def _burning(layer: Layer, lit_us: int) -> Layer:
    """A flame that stays with the drone, as flames born one after another where the drone then is."""
    look = replace(layer.look, life_s=1.2e-6 * _EVERY_US, life_jitter=0.0, fade_s=0.03, speed_mps=0.0)
    births = max(1, lit_us // _EVERY_US)
    return replace(layer, look=look, rides=False, births=births, every_us=_EVERY_US)


def _ends(device: Device) -> tuple[int, int]:
    burnt, dark = 0, 0
    for shot in device.shots:
        lift = shot.ignition_us + shot.latency_us
        burnt = max(burnt, lift)
        for layer in shot.layers:
            last = lift + (max(1, layer.births) - 1) * layer.every_us
            burnt, dark = max(burnt, last), max(dark, last + _lasts(layer))
    return burnt, dark


def _lasts(layer: Layer) -> int:
    own = longest_life_us(layer.look)
    return max([own, *(child.after_us + _lasts(child) for child in layer.children)])


def _edge_deg(look: Look) -> float:
    """How far from its axis a star of a look may leave; the stray of a hand-packed cone is the picture's."""
    if look.template is Template.SINGLE:
        return 0.0
    if look.template is Template.CONE:
        return min(180.0, look.cone_deg + 0.3 * min(look.cone_deg, 60.0))
    if look.template is Template.PALM:
        return min(90.0, look.cone_deg) + 3.0
    return 91.0 if look.template is Template.RING else 180.0


@lru_cache(maxsize=2048)
def reach_of(effect: str, pitch_deg: float) -> Reach:
    """How far a charge's sparks are lit when it is mounted at a pitch; bounds, from the stars of the picture."""
    device = charge_rows(effect).rows.device
    cone, reach, fall, life = 0.0, 0.0, 0.0, 0.0
    for shot in device.shots:
        for layer in shot.layers:
            muzzle = shot.muzzle_mps if layer.rides else 0.0
            one = _layer_reach(layer, pitch_deg, muzzle)
            cone, reach = max(cone, one.cone_deg), max(reach, one.reach_m)
            fall, life = max(fall, one.fall_m), max(life, one.fall_s)
    return Reach(cone, reach, fall, life)


def _layer_reach(layer: Layer, pitch_deg: float, muzzle_mps: float) -> Reach:
    look = layer.look
    edge = _edge_deg(look)
    lead = pitch_deg
    if layer.axis is Axis.DEVICE and layer.directions:
        x, y, z = layer.directions[0]
        lead = math.degrees(math.atan2(z, math.hypot(x, y)))
    elif layer.axis is Axis.RANDOM:
        edge = 180.0
    lean = np.radians(lead + np.linspace(-edge, edge, 13 if edge else 1))
    speed = max(look.speed_mps * (1.0 + 3.0 * look.speed_jitter), muzzle_mps)
    life = longest_life_us(look) * 1e-6
    life = max([life, *(child.after_us * 1e-6 + _lasts(child) * 1e-6 for child in layer.children)])
    launch = np.stack([speed * np.cos(lean), np.zeros_like(lean), speed * np.sin(lean)], axis=1)
    age = np.linspace(0.0, life, _SAMPLES)
    gone, _ = star_flights(
        np.repeat(launch, _SAMPLES, axis=0),
        np.full(len(lean) * _SAMPLES, max(0.05, look.terminal_mps)),
        np.zeros(3),
        np.tile(age, len(lean)),
    )
    return Reach(
        min(180.0, edge + abs(lead - pitch_deg)),
        float(np.sqrt((gone * gone).sum(axis=1)).max()),
        max(0.0, -float(gone[:, 2].min())),
        life,
    )
