"""Whether everything that fires and sounds runs by one clock.

CTL-014 block: a controller is to follow timecode, but its maker names another kind than the show sends (LTC, MTC).
    Remedy: start it by hand, or with a converter that the crew states.
CTL-015 warn: several controllers fire and not all of them follow the timecode, so that they drift apart. Remedy: let
    all follow it.
CTL-016 block: the sound that a controller plays is not the show's music, or begins at another moment. Remedy: load the
    show's music, beginning where the show says.
CTL-024 warn: a controller is to follow timecode and nobody has stated that it can. Remedy: try it out.
CTL-025 warn: the labels of the timecode begin again at 00:00:00:00 while cues are fired. Remedy: choose another label
    for show zero.
CTL-026 warn: the fingerprint of the sound that a controller plays cannot be compared with the show's music. Remedy:
    take the sound into the controller anew.
"""

from collections.abc import Iterator

from showeditor.model.control import Sound
from showeditor.model.cue import Controller
from showeditor.model.finding import Finding
from showeditor.model.plan import ControllerSpec
from showeditor.model.times import US, clock
from showeditor.safety.case import Case
from showeditor.safety.control import SLACK_US
from showeditor.safety.wording import listed

SENT = frozenset(("ltc", "mtc"))
"""The kinds of timecode that this program sends."""


def judge_clocks(case: Case) -> Iterator[Finding]:
    """Findings about controllers that have cues."""
    firing = case.plan.firing
    used = {name for k, name in enumerate(firing.controller) if firing.module[k] >= 0}
    pairs = [(spec, spec.site) for spec in case.plan.controllers if spec.id in used]
    sites = [(spec, site) for spec, site in pairs if site is not None]
    for spec, site in sites:
        if site.follows == "timecode":
            yield from _follows(spec)
    by_hand = tuple(spec.id for spec, site in sites if site.follows != "timecode")
    if len(pairs) > 1 and by_hand:
        yield Finding(
            "CTL-015",
            "warn",
            f"{len(pairs)} controllers fire, but not by one clock: {listed(by_hand)} do not follow the timecode.",
            f"共有 {len(pairs)} 台控制器点火，但时钟不统一：{listed(by_hand)} 未跟随时间码。",
            ids=by_hand,
            measured=float(len(by_hand)),
            limit=0.0,
        )
    if any(site.follows == "timecode" for _, site in sites):
        yield from _wraps(case)
    for spec in case.plan.controllers:
        if spec.site is not None and spec.site.sound is not None:
            yield from _sound(case, spec, spec.site, spec.site.sound)


def _follows(spec: ControllerSpec) -> Iterator[Finding]:
    if spec.timecode is None:
        yield Finding(
            "CTL-024",
            "warn",
            f"{spec.id} is to follow timecode; nobody has stated that {spec.title} can.",
            f"{spec.id} 设为跟随时间码，但未说明 {spec.title} 是否支持。",
            ids=(spec.id,),
        )
    elif not SENT & set(spec.timecode):
        kinds = ", ".join(spec.timecode).upper() or "none"
        yield Finding(
            "CTL-014",
            "block",
            f"{spec.id} is to follow timecode; {spec.title} follows {kinds}, the show sends LTC and MTC.",
            f"{spec.id} 设为跟随时间码；{spec.title} 支持 {kinds}，而演出发送 LTC 和 MTC。",
            ids=(spec.id,),
        )


def _wraps(case: Case) -> Iterator[Finding]:
    code, firing = case.plan.timecode, case.plan.firing
    first, last = int(firing.ignition_us.min()), int(firing.ignition_us.max())
    day = code.clock.day_frames
    if code.frame_at(first) // day == code.frame_at(last) // day:
        return
    at = code.clock.us_of_frame((code.frame_at(first) // day + 1) * day - code.zero_frame)
    yield Finding(
        "CTL-025",
        "warn",
        f"The timecode begins again at 00:00:00:00 at {clock(at)}, between the first and the last cue.",
        f"时间码在 {clock(at)} 从 00:00:00:00 重新开始，此时演出仍在点火。",
        at,
        at,
    )


def _sound(case: Case, spec: ControllerSpec, site: Controller, sound: Sound) -> Iterator[Finding]:
    music = case.plan.music
    if music is None or music.file is None:
        yield _wrong(spec, sound, "the show has no music", "演出没有音乐", 0, None)
        return
    late = sound.start_us - music.start_us
    bound = spec.tick_us // 2 + SLACK_US
    if sound.file != music.file:
        yield _wrong(spec, sound, f"the show's music is {music.file}", f"演出音乐为 {music.file}", late, None)
    elif abs(late) > bound:
        en = f"it begins {abs(late) / US:g} s {'late' if late > 0 else 'early'}"
        zh = f"比演出{'晚' if late > 0 else '早'} {abs(late) / US:g} 秒开始"
        yield _wrong(spec, sound, en, zh, late, bound)
    elif sound.sha256 and music.sha256 and sound.sha256 != music.sha256:
        yield _wrong(spec, sound, "the show's music has changed since", "演出音乐此后已更改", late, None)
    elif not (sound.sha256 and music.sha256):
        yield Finding(
            "CTL-026",
            "warn",
            f"Whether {site.id} plays the very sound {sound.file} cannot be told: a fingerprint is missing.",
            f"无法确认 {site.id} 播放的 {sound.file} 是否为同一音频：缺少指纹。",
            ids=(site.id, sound.file),
        )


def _wrong(spec: ControllerSpec, sound: Sound, en: str, zh: str, late_us: int, bound_us: int | None) -> Finding:
    return Finding(
        "CTL-016",
        "block",
        f"The sound {sound.file} on {spec.id} is wrong: {en}.",
        f"{spec.id} 的音频 {sound.file} 有误：{zh}。",
        sound.start_us,
        sound.start_us,
        (spec.id, sound.file),
        late_us / US,
        None if bound_us is None else bound_us / US,
        "s",
    )
