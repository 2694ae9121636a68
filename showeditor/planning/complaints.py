"""The Findings that firework planning can make; codes are stable and never reused.

PLAN-EFFECT block: the effect text of a cue stands for nothing that can be flown. Remedy: write it anew, or choose an
    effect of the catalogue.
PLAN-WORDS warn: words of an effect text were not understood and change nothing. Remedy: correct or remove them.
PLAN-POSITION block: a cue stands at a position that the venue does not have. Remedy: add the position or name another.
PLAN-CONTROLLER block: a cue names a controller that the show does not have. Remedy: add the controller or name another.
PLAN-MODEL block: a controller is of a model that is not known. Remedy: choose a known model.
PLAN-AIM block: a shot points at or below the horizon. Remedy: stand the tube up.
PLAN-GROUND block: a shot falls back to the ground before its time ends. Remedy: a shorter delay, or stand the tube up.
PLAN-TWICE block: two cues, positions or controllers have one id. Remedy: give one of them another id.
"""

from showeditor.effects.words import nearest
from showeditor.model.cue import Controller, Cue
from showeditor.model.errors import BadInput
from showeditor.model.finding import Finding
from showeditor.model.venue import Position

EFFECT = "PLAN-EFFECT"
WORDS = "PLAN-WORDS"
POSITION = "PLAN-POSITION"
CONTROLLER = "PLAN-CONTROLLER"
MODEL = "PLAN-MODEL"
AIM = "PLAN-AIM"
GROUND = "PLAN-GROUND"
TWICE = "PLAN-TWICE"

_LISTED = 8
_NAMES_ZH = {"cue": "点火", "position": "点位", "controller": "控制器"}


def unreadable_effect(cue: Cue, t_us: int, error: BadInput) -> Finding:
    """The effect text stands for nothing that can be flown; the cue is not in the plan."""
    return Finding(
        EFFECT,
        "block",
        f"cue {cue.id}: {error}",
        f"点火 {cue.id}：效果描述无法理解（{error}）",
        t0_us=t_us,
        t1_us=t_us,
        ids=(cue.id,),
    )


def unknown_words(cue: Cue, t_us: int, words: tuple[str, ...]) -> Finding:
    """Some words of the effect were not understood; they change nothing in the plan."""
    listed = ", ".join(words[:_LISTED]) + (", …" if len(words) > _LISTED else "")
    near = [f"{word} → {nearest(word)}" for word in words[:_LISTED] if nearest(word)]
    hint = f" ({', '.join(near)}?)" if near else ""
    hint_zh = f"（{'，'.join(near)}？）" if near else ""
    return Finding(
        WORDS,
        "warn",
        f"cue {cue.id}: not understood in its effect: {listed}{hint}",
        f"点火 {cue.id}：效果描述中有未识别的词：{listed}{hint_zh}",
        t0_us=t_us,
        t1_us=t_us,
        ids=(cue.id,),
    )


def unknown_position(cue: Cue, t_us: int) -> Finding:
    """The cue stands at a position that the venue does not have; it is not in the plan."""
    return Finding(
        POSITION,
        "block",
        f"cue {cue.id}: the venue has no position {cue.position!r}",
        f"点火 {cue.id}：场地没有点位 {cue.position!r}",
        t0_us=t_us,
        t1_us=t_us,
        ids=(cue.id, cue.position),
    )


def unknown_controller(cue: Cue, t_us: int) -> Finding:
    """The cue's address names a controller that the show does not have."""
    name = cue.address.controller if cue.address else ""
    return Finding(
        CONTROLLER,
        "block",
        f"cue {cue.id}: the show has no controller {name!r}",
        f"点火 {cue.id}：方案中没有控制器 {name!r}",
        t0_us=t_us,
        t1_us=t_us,
        ids=(cue.id, name),
    )


def unknown_model(controller: Controller) -> Finding:
    """The controller's model is not in assets/controllers."""
    return Finding(
        MODEL,
        "block",
        f"controller {controller.id}: no controller model {controller.model!r} is known",
        f"控制器 {controller.id}：未知的控制器型号 {controller.model!r}",
        ids=(controller.id,),
    )


def aims_down(cue: Cue, t_us: int, position: Position) -> Finding:
    """A shot of the cue points at or below the horizon."""
    return Finding(
        AIM,
        "block",
        f"cue {cue.id}: a shot points at or below the horizon",
        f"点火 {cue.id}：有发射方向水平或朝下",
        t0_us=t_us,
        t1_us=t_us,
        ids=(cue.id, position.id),
        place_m=position.at_m,
    )


def breaks_at_ground(cue: Cue, t_us: int, position: Position) -> Finding:
    """A shot of the cue is back at its mortar's level before its fuse or flight ends."""
    return Finding(
        GROUND,
        "block",
        f"cue {cue.id}: a shot falls back to the ground before its time ends",
        f"点火 {cue.id}：有弹体在延时结束前已落回地面",
        t0_us=t_us,
        t1_us=t_us,
        ids=(cue.id, position.id),
        place_m=position.at_m,
    )


def same_id(kind: str, name: str) -> Finding:
    """Two things of one kind (cue, position, controller) share an id, so that findings could not tell them apart."""
    return Finding(
        TWICE,
        "block",
        f"two {kind}s have the id {name!r}",
        f"有两个{_NAMES_ZH[kind]}使用同一编号 {name!r}",
        ids=(name,),
    )
