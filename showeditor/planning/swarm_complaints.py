"""What can be wrong with the swarm of a show, as Findings in both languages; codes are stable and never reused.

PLAN-FLEET block: a flight flies a fleet that the show does not have. Remedy: add the fleet or name another.
PLAN-FORMATION block: a scene shows a formation that the show does not have. Remedy: add the formation or name another.
PLAN-DRONE-MODEL block: a fleet is of a drone model that is not known. Remedy: choose a known model.
PLAN-FLEET-SIZE block: a formation has more places than its fleet has drones. Remedy: thin the formation out, or enlarge
    the fleet.
PLAN-OVERLAP block: a scene is to stand before the one before it ends. Remedy: move it to the earliest moment named.
PLAN-TIME block: the way to a scene takes longer than there is time. Remedy: give the transition the time named.
PLAN-SPACING block: places of a formation lie nearer together than drones may be. Remedy: enlarge it by the factor
    named, or space it wider.
PLAN-CROSSING block: drones come too near on their way to a scene, and no way round was found. Remedy: space the
    formations as wide as named, or give the transition more time.
PLAN-TAKEOFF block: a fleet is to take off before it is down from its last flight. Remedy: move the flight later.
PLAN-WHITE warn: a fleet is to use white lamps that its model does not state. Remedy: turn them off for the fleet, or
    choose a model that has them.
PLAN-PARK block: drones left over find no place in the park of their fleet. Remedy: enlarge the park.
PLAN-MARKS block: more points are kept for carriers of a load than there are, or (warn) for a group, or for one that
    the fleet does not have. Remedy: mark fewer points, or give the load (group) more drones.
PLAN-FLEETS block: drones of two fleets come too near, and no time and no way round was found. Remedy: arrive the
    seconds named later, or move the fleets apart by the metres named.
PLAN-LOW block: a formation stands below the ground. Remedy: raise it by the metres named.
PLAN-PROOF note: how many ways between formations are clear by the theorem of swap-stable pairings, how many by the
    search alone, and the closest pair of them.
"""

from showeditor.model.finding import Finding
from showeditor.model.swarm import Fleet, Flight, Formation, Scene
from showeditor.model.times import clock, seconds
from showeditor.model.venue import Vec3

FLEET = "PLAN-FLEET"
FORMATION = "PLAN-FORMATION"
DRONE_MODEL = "PLAN-DRONE-MODEL"
FLEET_SIZE = "PLAN-FLEET-SIZE"
OVERLAP = "PLAN-OVERLAP"
TIME = "PLAN-TIME"
SPACING = "PLAN-SPACING"
CROSSING = "PLAN-CROSSING"
TAKEOFF = "PLAN-TAKEOFF"
WHITE = "PLAN-WHITE"
PARK = "PLAN-PARK"
MARKS = "PLAN-MARKS"
FLEETS = "PLAN-FLEETS"
PROOF = "PLAN-PROOF"
LOW = "PLAN-LOW"


def no_fleet(flight: Flight) -> Finding:
    """A flight names a fleet that the show does not have."""
    return Finding(
        FLEET,
        "block",
        f"flight {flight.id!r} flies fleet {flight.fleet!r}, which the show does not have",
        f"航段 {flight.id!r} 使用的机队 {flight.fleet!r} 在节目中不存在",
        ids=(flight.id, flight.fleet),
    )


def no_formation(scene: Scene, t_us: int) -> Finding:
    """A scene names a formation that the show does not have."""
    return Finding(
        FORMATION,
        "block",
        f"scene {scene.id!r} shows formation {scene.formation!r}, which the show does not have",
        f"画面 {scene.id!r} 使用的队形 {scene.formation!r} 在节目中不存在",
        t_us,
        t_us,
        (scene.id, scene.formation),
    )


def no_model(fleet: Fleet, known: str) -> Finding:
    """A fleet's drone model is not in the table."""
    return Finding(
        DRONE_MODEL,
        "block",
        f"fleet {fleet.id!r} is of drone model {fleet.model!r}, which is not known; known are {known}",
        f"机队 {fleet.id!r} 的机型 {fleet.model!r} 未知；已知机型：{known}",
        ids=(fleet.id, fleet.model),
    )


def no_white(fleet: Fleet) -> Finding:
    """A fleet is to use white lamps that its model does not have."""
    return Finding(
        WHITE,
        "warn",
        f"fleet {fleet.id!r} is to use its white lamps, but drone model {fleet.model!r} states none; "
        "it is lit in red, green and blue",
        f"机队 {fleet.id!r} 要求使用白光灯珠，但机型 {fleet.model!r} 未注明有白光；仍以红、绿、蓝发光",
        ids=(fleet.id, fleet.model),
    )


def too_many_places(formation: Formation, scene: Scene, fleet: Fleet, t_us: int) -> Finding:
    """A formation has more places than the fleet has drones."""
    need, have = len(formation.points), fleet.count
    return Finding(
        FLEET_SIZE,
        "block",
        f"formation {formation.id!r} needs {need} places, fleet {fleet.id!r} has {have} drones",
        f"队形 {formation.id!r} 需要 {need} 个位置，机队 {fleet.id!r} 只有 {have} 架无人机",
        t_us,
        t_us,
        (scene.id, formation.id, fleet.id),
        float(need),
        float(have),
        "drones",
    )


def park_full(fleet: Fleet, scene: Scene, spare: int, over: int, t_us: int) -> Finding:
    """The declared park does not hold all drones that a scene leaves over."""
    return Finding(
        PARK,
        "block",
        f"scene {scene.id!r} leaves {spare} drones over, the park of fleet {fleet.id!r} holds {spare - over}; "
        f"enlarge it by {over} places",
        f"画面 {scene.id!r} 多出 {spare} 架无人机，机队 {fleet.id!r} 的停放区只能容纳 {spare - over} 架；"
        f"请增加 {over} 个位置",
        t_us,
        t_us,
        (scene.id, fleet.id),
        float(spare),
        float(spare - over),
        "drones",
    )


def overlap(before: Scene, scene: Scene, ends_us: int, arrive_us: int, earliest_us: int) -> Finding:
    """A scene is to stand before the one before it is over."""
    return Finding(
        OVERLAP,
        "block",
        f"scene {scene.id!r} is to stand at {clock(arrive_us)}, but scene {before.id!r} holds until {clock(ends_us)}; "
        f"after that it can stand at {clock(earliest_us)} at the earliest",
        f"画面 {scene.id!r} 应在 {clock(arrive_us)} 到位，但画面 {before.id!r} 保持到 {clock(ends_us)}；"
        f"其后最早可在 {clock(earliest_us)} 到位",
        arrive_us,
        ends_us,
        (before.id, scene.id),
        seconds(arrive_us - ends_us),
        seconds(earliest_us - ends_us),
        "s",
    )


def too_little_time(
    start: str, scene: Scene, given_us: int, shortest_us: int, depart_us: int, arrive_us: int
) -> Finding:
    """The way to a scene (`start` '' = from the airfield) needs more time than there is; the drones arrive late."""
    given, need, late = seconds(given_us), seconds(shortest_us), seconds(shortest_us - given_us)
    where, where_zh = (f"scene {start!r}", f"画面 {start!r}") if start else ("the take-off", "起飞")
    return Finding(
        TIME,
        "block",
        f"the way from {where} to scene {scene.id!r} has {given:.2f} s; the shortest safe duration is {need:.2f} s, "
        f"so the drones arrive {late:.2f} s late",
        f"从{where_zh}到画面 {scene.id!r} 只有 {given:.2f} 秒；最短安全时间为 {need:.2f} 秒，将迟到 {late:.2f} 秒",
        min(depart_us, arrive_us),
        max(depart_us, arrive_us),
        (start, scene.id) if start else (scene.id,),
        given,
        need,
        "s",
    )


def too_dense(
    what: str, what_zh: str, scene: Scene, gap_m: float, limit_m: float, t0_us: int, t1_us: int, place_m: Vec3
) -> Finding:
    """Two places of a scene lie nearer together than drones may fly."""
    times = limit_m / max(gap_m, 1e-3)
    return Finding(
        SPACING,
        "block",
        f"{what} of scene {scene.id!r} has places {gap_m:.2f} m apart, drones must keep {limit_m:.2f} m; "
        f"enlarge it {times:.2f} times or use more spacing",
        f"画面 {scene.id!r} 的{what_zh}中有两点相距仅 {gap_m:.2f} 米，无人机须保持 {limit_m:.2f} 米；"
        f"请放大 {times:.2f} 倍或加大点距",
        t0_us,
        t1_us,
        (scene.id, scene.formation),
        gap_m,
        limit_m,
        "m",
        place_m,
    )


def below_ground(scene: Scene, low_m: float, ground_m: float, t0_us: int, t1_us: int, place_m: Vec3) -> Finding:
    """A scene stands lower than the ground of the venue and of its fleet."""
    short = ground_m - low_m
    return Finding(
        LOW,
        "block",
        f"scene {scene.id!r} reaches down to {low_m:.2f} m, {short:.2f} m below the ground; raise it by that at least",
        f"画面 {scene.id!r} 的最低点为 {low_m:.2f} 米，低于地面 {short:.2f} 米；请至少抬高这么多",
        t0_us,
        t1_us,
        (scene.id, scene.formation),
        low_m,
        ground_m,
        "m",
        place_m,
    )


def too_near(
    start: str,
    end: str,
    names: tuple[str, str],
    gap_m: float,
    limit_m: float,
    at_us: int,
    span_us: tuple[int, int],
    spacing_m: float,
    more: int,
) -> Finding:
    """A transition ('' = the airfield) cannot be bent so that all pairs keep their distance."""
    rest = f" and {more} more pairs" if more else ""
    rest_zh = f"等 {more + 1} 对" if more else ""
    clear = limit_m * 2.0**0.5
    short = max(0.0, clear - spacing_m)
    wider = f", {short:.2f} m more than now," if short > 0.0 else ""
    wider_zh = f"（比现在增加 {short:.2f} 米）" if short > 0.0 else ""
    return Finding(
        CROSSING,
        "block",
        f"between {start or 'take-off'!r} and {end or 'landing'!r} drones {names[0]} and {names[1]}{rest} come within "
        f"{gap_m:.2f} m at {clock(at_us)}, they must keep {limit_m:.2f} m; formations with a spacing of {clear:.2f} m"
        f"{wider} that are flown together are always clear",
        f"从 {start or '起飞'!r} 到 {end or '降落'!r} 途中，{names[0]} 与 {names[1]} {rest_zh}在 {clock(at_us)} 相距仅 "
        f"{gap_m:.2f} 米，须保持 {limit_m:.2f} 米；点距达到 {clear:.2f} 米{wider_zh}且同时出发的队形必然安全",
        span_us[0],
        span_us[1],
        names,
        gap_m,
        limit_m,
        "m",
    )


def takes_off_too_early(flight: Flight, fleet: Fleet, takeoff_us: int, down_us: int) -> Finding:
    """A fleet is to take off again before it has landed."""
    return Finding(
        TAKEOFF,
        "block",
        f"flight {flight.id!r} takes off at {clock(takeoff_us)}, but fleet {fleet.id!r} is not down "
        f"before {clock(down_us)}",
        f"航段 {flight.id!r} 于 {clock(takeoff_us)} 起飞，但机队 {fleet.id!r} 到 {clock(down_us)} 才全部落地",
        takeoff_us,
        down_us,
        (flight.id, fleet.id),
    )


def lacking(scene: Scene, name: str, load: bool, points: int, drones: int, t_us: int) -> Finding:
    """More points are kept for a group (load) than it has drones; others fill them."""
    what, what_zh = ("carriers of load", "挂载") if load else ("drones of group", "分组")
    return Finding(
        MARKS,
        "block" if load else "warn",
        f"scene {scene.id!r} keeps {points} points for {what} {name!r}, of which there are {drones}",
        f"画面 {scene.id!r} 为{what_zh} {name!r} 保留了 {points} 个点，但只有 {drones} 架",
        t_us,
        t_us,
        (scene.id, name),
        float(points),
        float(drones),
        "drones",
    )


def unknown_mark(scene: Scene, name: str, fleet: Fleet, t_us: int) -> Finding:
    """Points are kept for a group or load that the fleet does not have."""
    return Finding(
        MARKS,
        "warn",
        f"scene {scene.id!r} keeps points for {name!r}, which fleet {fleet.id!r} does not have",
        f"画面 {scene.id!r} 为 {name!r} 保留了点位，但机队 {fleet.id!r} 没有该分组或挂载",
        t_us,
        t_us,
        (scene.id, name, fleet.id),
    )


def fleets_too_near(
    where: tuple[str, str],
    names: tuple[str, str],
    gap_m: float,
    limit_m: float,
    at_us: int,
    span_us: tuple[int, int],
    later_us: int | None,
    more: int,
) -> Finding:
    """Drones of two fleets come too near, and neither times nor ways in reach avoid it."""
    rest = f" ({more} more pairs)" if more else ""
    rest_zh = f"（另有 {more} 对）" if more else ""
    short = limit_m - gap_m
    wish = f"arrive {later_us / 1e6:g} s later, or " if later_us is not None else ""
    wish_zh = f"推迟 {later_us / 1e6:g} 秒到位，或" if later_us is not None else "请"
    return Finding(
        FLEETS,
        "block",
        f"between {where[0]!r} and {where[1]!r} drones {names[0]} and {names[1]} of two fleets{rest} come within "
        f"{gap_m:.2f} m at {clock(at_us)}, they must keep {limit_m:.2f} m: {wish}move the fleets {short:.2f} m further "
        "apart",
        f"从 {where[0]!r} 到 {where[1]!r} 途中，两个机队的 {names[0]} 与 {names[1]}{rest_zh}在 {clock(at_us)} 相距仅 "
        f"{gap_m:.2f} 米，须保持 {limit_m:.2f} 米：{wish_zh}将两个机队再拉开 {short:.2f} 米",
        span_us[0],
        span_us[1],
        names,
        gap_m,
        limit_m,
        "m",
    )


def proof(ways: int, proven: int, gap_m: float, limit_m: float, t0_us: int, t1_us: int) -> Finding:
    """Why the ways between scenes keep their distance: by theorem, or by the search alone."""
    clear = limit_m * 2.0**0.5
    rest = ways - proven
    said = (
        f"{proven} of {ways} ways between formations are clear by theorem: all leave together, no two gain by changing "
        f"places (every pair verified), and places lie {clear:.2f} m apart, sqrt(2) times the limit"
    )
    said_zh = (
        f"{ways} 段转场中有 {proven} 段由定理保证安全：全体同时出发，任意两架交换目标都不会更短（已逐对验证），"
        f"点距不小于 {clear:.2f} 米，即限值的 √2 倍"
    )
    searched = f"; {rest} by the search of every pair in continuous time" if rest else ""
    searched_zh = f"；其余 {rest} 段由连续时间逐对检查保证" if rest else ""
    return Finding(
        PROOF,
        "note",
        f"{said}{searched}. The closest pair is {gap_m:.2f} m apart, the limit is {limit_m:.2f} m.",
        f"{said_zh}{searched_zh}。最近一对相距 {gap_m:.2f} 米，限值为 {limit_m:.2f} 米。",
        t0_us,
        t1_us,
        measured=gap_m,
        limit=limit_m,
        unit="m",
    )
