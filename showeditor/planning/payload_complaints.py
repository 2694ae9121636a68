"""What can be wrong with fireworks on drones and with headings, as Findings in both languages.

PLAN-CARRIER block: a fleet is to carry a load that its model, or one of its drones, cannot. Remedy: choose a model with
    a payload, or take the load off.
PLAN-PAYLOAD-MASS block: a load is too heavy, or its mass is not stated. Remedy: a lighter load, or state the mass.
PLAN-CARRIER-LIMITS block: nobody states how fast a drone may fly with its load. Remedy: state it with its source.
PLAN-PAYLOAD-EFFECT block: a charge's effect stands for nothing that can be lit. Remedy: write it anew.
PLAN-PAYLOAD-CHANNEL block: a channel is used that the drone or its load does not have. Remedy: choose another channel.
PLAN-PAYLOAD-TWICE block: a channel is fired twice. Remedy: take one of the triggers out.
PLAN-YAW block: drones are to turn faster than they can, or their model states no turning. Remedy: give the turn the
    time named, or leave the headings alone.
"""

from showeditor.model.errors import BadInput
from showeditor.model.finding import Finding
from showeditor.model.payload import Charge, Load, Trigger
from showeditor.model.swarm import Fleet, Scene

CARRIER = "PLAN-CARRIER"
PAYLOAD_MASS = "PLAN-PAYLOAD-MASS"
CARRIER_LIMITS = "PLAN-CARRIER-LIMITS"
PAYLOAD_EFFECT = "PLAN-PAYLOAD-EFFECT"
PAYLOAD_CHANNEL = "PLAN-PAYLOAD-CHANNEL"
PAYLOAD_TWICE = "PLAN-PAYLOAD-TWICE"
YAW = "PLAN-YAW"


def no_carrier(fleet: Fleet, load: Load) -> Finding:
    """A fleet is to carry fireworks, but its drone model is not known to lift anything."""
    return Finding(
        CARRIER,
        "block",
        f"fleet {fleet.id!r} carries load {load.id!r}, but drone model {fleet.model!r} states no payload; "
        "choose a carrier model or give the load its own flight numbers",
        f"机队 {fleet.id!r} 挂载 {load.id!r}，但机型 {fleet.model!r} 未注明载荷；"
        "请换用载药机型，或为该挂载填写飞行参数",
        ids=(fleet.id, load.id),
    )


def no_such_drone(fleet: Fleet, load: Load, number: int, *, twice: bool = False) -> Finding:
    """A load hangs under a drone that the fleet does not have, or that carries another load already."""
    what = "carries another load already" if twice else f"does not exist; the fleet has {fleet.count}"
    what_zh = "已挂有其他载荷" if twice else f"不存在，该机队共 {fleet.count} 架"
    return Finding(
        CARRIER,
        "block",
        f"load {load.id!r} hangs under drone {number} of fleet {fleet.id!r}, which {what}",
        f"载荷 {load.id!r} 挂在机队 {fleet.id!r} 的第 {number} 架上，该机{what_zh}",
        ids=(fleet.id, load.id),
    )


def no_mass(fleet: Fleet, load: Load) -> Finding:
    """Nobody has said what a charge weighs."""
    channels = ", ".join(str(c.channel) for c in load.charges if c.mass_kg is None)
    return Finding(
        PAYLOAD_MASS,
        "block",
        f"the mass of load {load.id!r} of fleet {fleet.id!r} is not known: channel {channels} states none",
        f"机队 {fleet.id!r} 的载荷 {load.id!r} 质量未知：通道 {channels} 未填写质量",
        ids=(fleet.id, load.id),
    )


def too_heavy(fleet: Fleet, load: Load, mass_kg: float, limit_kg: float) -> Finding:
    """A load weighs more than the drone lifts."""
    return Finding(
        PAYLOAD_MASS,
        "block",
        f"load {load.id!r} weighs {mass_kg * 1000:.0f} g, a drone of fleet {fleet.id!r} lifts {limit_kg * 1000:.0f} g",
        f"载荷 {load.id!r} 重 {mass_kg * 1000:.0f} 克，机队 {fleet.id!r} 的无人机最多挂载 {limit_kg * 1000:.0f} 克",
        ids=(fleet.id, load.id),
        measured=mass_kg,
        limit=limit_kg,
        unit="kg",
    )


def too_many_channels(fleet: Fleet, load: Load, used: int, limit: int) -> Finding:
    """A load uses a channel that the carrier does not have."""
    return Finding(
        PAYLOAD_CHANNEL,
        "block",
        f"load {load.id!r} uses channel {used}, a drone of fleet {fleet.id!r} has {limit}",
        f"载荷 {load.id!r} 使用通道 {used}，机队 {fleet.id!r} 的无人机只有 {limit} 个通道",
        ids=(fleet.id, load.id),
        measured=float(used),
        limit=float(limit),
        unit="channels",
    )


def no_handling(fleet: Fleet, load: Load, mass_kg: float) -> Finding:
    """Nobody states how the loaded drone may be flown."""
    return Finding(
        CARRIER_LIMITS,
        "block",
        f"nobody states how fast a drone of fleet {fleet.id!r} may fly with {mass_kg * 1000:.0f} g under it "
        f"(load {load.id!r}); give the load its own flight numbers with their source",
        f"机队 {fleet.id!r} 的无人机挂载 {mass_kg * 1000:.0f} 克（载荷 {load.id!r}）时的飞行限值无出处；"
        "请为该挂载填写飞行参数并注明来源",
        ids=(fleet.id, load.id),
        measured=mass_kg,
        unit="kg",
    )


def bad_effect(fleet: Fleet, load: Load, charge: Charge, error: BadInput) -> Finding:
    """The description of a charge cannot be read."""
    return Finding(
        PAYLOAD_EFFECT,
        "block",
        f"channel {charge.channel} of load {load.id!r} (fleet {fleet.id!r}): {error}",
        f"机队 {fleet.id!r} 载荷 {load.id!r} 通道 {charge.channel} 的效果描述无法识别：{charge.effect!r}",
        ids=(fleet.id, load.id),
    )


def not_carried(fleet: Fleet, load: Load, charge: Charge, why: str, why_zh: str) -> Finding:
    """A charge is of a kind that no drone can carry, or has words that were not understood."""
    return Finding(
        PAYLOAD_EFFECT,
        "block",
        f"channel {charge.channel} of load {load.id!r} (fleet {fleet.id!r}), {charge.effect!r}: {why}",
        f"机队 {fleet.id!r} 载荷 {load.id!r} 通道 {charge.channel}“{charge.effect}”：{why_zh}",
        ids=(fleet.id, load.id),
    )


def nothing_to_fire(scene: Scene, trigger: Trigger, t_us: int, points: tuple[int, ...] = ()) -> Finding:
    """A trigger finds no carrier with its channel, at all or at points that it names."""
    where = (
        f"points {', '.join(map(str, points[:5]))}{' and more' if len(points) > 5 else ''}" if points else "any point"
    )
    where_zh = f"点 {'、'.join(map(str, points[:5]))}{' 等' if len(points) > 5 else ''}" if points else "任何点"
    return Finding(
        PAYLOAD_CHANNEL,
        "block",
        f"trigger {trigger.id!r} of scene {scene.id!r} fires channel {trigger.channel}, but no drone at {where} "
        "carries one",
        f"画面 {scene.id!r} 的触发 {trigger.id!r} 点燃通道 {trigger.channel}，但{where_zh}上没有带该通道的无人机",
        t_us,
        t_us,
        (scene.id, trigger.id),
    )


def fired_twice(name: str, channel: int, first: str, again: str, t_us: int, more: int) -> Finding:
    """A charge is fired that has been fired before."""
    rest, rest_zh = (f" and {more} more", f"等 {more + 1} 处") if more else ("", "")
    return Finding(
        PAYLOAD_TWICE,
        "block",
        f"channel {channel} of drone {name} is fired by {again!r}, but {first!r} has fired it already{rest}",
        f"无人机 {name} 的通道 {channel} 由 {again!r} 触发，但 {first!r} 已将其点燃{rest_zh}",
        t_us,
        t_us,
        (name, again),
    )


def turns_too_fast(scene: Scene, rate_dps: float, limit_dps: float, needs_s: float, t0_us: int, t1_us: int) -> Finding:
    """Drones must turn faster than their model can."""
    return Finding(
        YAW,
        "block",
        f"towards scene {scene.id!r} drones turn at {rate_dps:.1f}°/s, their limit is {limit_dps:.1f}°/s; "
        f"{needs_s:.1f} s would do",
        f"飞往画面 {scene.id!r} 途中机头转动 {rate_dps:.1f}°/秒，限值为 {limit_dps:.1f}°/秒；需要 {needs_s:.1f} 秒",
        t0_us,
        t1_us,
        (scene.id,),
        rate_dps,
        limit_dps,
        "deg/s",
    )


def no_turning(scene: Scene, fleet: Fleet, t_us: int) -> Finding:
    """A scene turns noses, but the drone model does not say how fast it can."""
    return Finding(
        YAW,
        "block",
        f"scene {scene.id!r} turns the noses of fleet {fleet.id!r}, but drone model {fleet.model!r} states no "
        "turning rate",
        f"画面 {scene.id!r} 要求机队 {fleet.id!r} 转动机头，但机型 {fleet.model!r} 未注明偏航角速度",
        t_us,
        t_us,
        (scene.id, fleet.id),
    )
