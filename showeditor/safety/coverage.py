"""What could not be judged about a file from elsewhere, because the file does not say it.

SAFE-010 note: rules that could not be applied, and what they would need. Remedy: build the show here, or import the
    file into a show that has it.
SAFE-011 note: the file states no flight limits, so it was held to those of the program. Remedy: give the limits of the
    drones (`--limits`).

A rule that lacks data in a show blocks; a file from elsewhere can never hold all of it, so it is told instead.
"""

from collections.abc import Iterator

from showeditor.model.finding import Finding
from showeditor.model.plan import Plan
from showeditor.safety.case import Case

DEFAULT_LIMITS = Plan(title="-", duration_us=0).limits_source


def judge_coverage(case: Case) -> Iterator[Finding]:
    """A note for each thing that the file does not hold; nothing for a plan that was compiled from a show."""
    plan = case.plan
    if not plan.read_as:
        return
    flies, fires = len(plan.drones) > 0, len(plan.firing) > 0
    kinds = {zone.kind for zone in plan.venue.zones}
    if flies and plan.venue.geofence is None:
        yield _missing(
            "a geofence", "地理围栏", "whether drones stay inside it, and fly-aways", "无人机是否越界及失控飞离"
        )
    if flies and "audience" not in kinds:
        yield _missing(
            "an audience area", "观众区", "flight over people and power cuts above them", "飞越人群与断电坠落"
        )
    if flies and "no_fly" not in kinds:
        yield _missing("no-fly zones", "禁飞区", "whether drones enter them", "无人机是否进入")
    if flies and not fires:
        yield _missing(
            "fireworks", "烟花", "drones against rises, bursts, stars and duds", "无人机与上升、爆炸、星体、哑弹的冲突"
        )
    if fires and not flies:
        yield _missing("drones", "无人机", "fireworks against drones", "烟花与无人机的冲突")
    if fires and not len(plan.shots):
        en = "distances, dud footprints, burning stars, tilt and calibre"
        yield _missing("what is fired from where", "器材与位置", en, "距离、哑弹落点、燃烧星体、倾角与口径")
    if fires and not plan.controllers:
        en = "ranges of modules and pins, capacity, gaps and ticks"
        yield _missing("the controller", "控制器型号", en, "模块与针脚范围、容量、间隔与时间刻度")
    if len(plan.shots):
        for kind, en, zh in (
            ("building", "buildings", "建筑物"),
            ("special", "special hazards", "特殊危险源"),
            ("dry_grass", "dry grass", "干草地"),
            ("road", "roads", "道路"),
        ):
            if kind not in kinds:
                yield _missing(en, zh, f"fireworks against {en}", f"烟花与{zh}的距离")
    if flies and plan.limits_source == DEFAULT_LIMITS:
        limits = plan.limits
        yield Finding(
            "SAFE-011",
            "note",
            f"The file states no flight limits: it was held to the program's own ({limits.min_gap_m:g} m apart, "
            f"{limits.max_speed_xy_mps:g} m/s across).",
            f"文件未给出飞行限值，按程序默认值检查（间距 {limits.min_gap_m:g} 米，水平速度 "
            f"{limits.max_speed_xy_mps:g} 米/秒）。",
            ids=(plan.read_as,),
        )


def _missing(what: str, what_zh: str, unjudged: str, unjudged_zh: str) -> Finding:
    return Finding(
        "SAFE-010",
        "note",
        f"The file does not hold {what}; not judged: {unjudged}.",
        f"文件不含{what_zh}，未检查：{unjudged_zh}。",
        ids=(what,),
    )
