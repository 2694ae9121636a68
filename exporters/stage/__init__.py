"""Stage cue lists and captions as files: CSV, MIDI markers, OSC and MIDI Show Control messages, SRT and WebVTT."""

from exporters.control import ControlFormat, single
from exporters.stage.captions import read_srt, read_vtt, tells_srt, tells_vtt, with_words, write_srt, write_vtt
from exporters.stage.messages import (
    read_msc,
    read_osc,
    tells_msc,
    tells_osc,
    with_msc,
    with_osc,
    write_msc,
    write_osc,
)
from exporters.stage.sheet import (
    every_cue,
    read_markers,
    read_sheet,
    tells_markers,
    tells_sheet,
    write_markers,
    write_sheet,
)
from showeditor.model.plan import Plan


def _words_advice(plan: Plan) -> list[tuple[str, str]]:
    pairs = list(zip(plan.captions, plan.captions[1:], strict=False))
    over = sum(a.t1_us > b.t0_us for a, b in pairs)
    if not over:
        return []
    return [(f"{over} captions are still shown when the next begins", f"有 {over} 条字幕在下一条开始时仍在显示")]


STAGE_CSV = ControlFormat(
    id="stage-csv",
    title="Stage cue list (CSV)",
    title_zh="舞台提示表（CSV）",
    status="proven",
    source="this program; read by any spreadsheet",
    keeps=("id", "name", "department", "note", "action"),
    tick_us=1000,
    carrying=every_cue,
    writing=write_sheet,
    reading=single(read_sheet, "CSV"),
    telling=tells_sheet,
    more_limits={"encoding": "UTF-8 with BOM"},
)
STAGE_MIDI = ControlFormat(
    id="stage-midi",
    title="Stage cues as markers (MIDI file)",
    title_zh="舞台提示标记（MIDI 文件）",
    status="proven",
    source="Standard MIDI Files 1.0; mido as reader",
    keeps=("name", "department"),
    tick_us=1000,
    carrying=every_cue,
    writing=write_markers,
    reading=single(read_markers, "MIDI"),
    telling=tells_markers,
    more_limits={"encoding": "UTF-8"},
)
OSC_CUES = ControlFormat(
    id="osc-cues",
    title="OSC messages with their times (bundles, as SuperCollider's score files)",
    title_zh="带时间的 OSC 消息（消息束，SuperCollider 乐谱格式）",
    status="proven",
    source="Open Sound Control 1.0; SuperCollider non-realtime score files; python-osc as reader",
    keeps=("action",),
    tick_us=1,
    carrying=with_osc,
    writing=write_osc,
    reading=single(read_osc, "OSC"),
    telling=tells_osc,
)
MSC_CUES = ControlFormat(
    id="msc-cues",
    title="MIDI Show Control messages (MIDI file)",
    title_zh="MIDI 演出控制消息（MIDI 文件）",
    status="proven",
    source="MIDI Show Control 1.1; mido as reader",
    keeps=("action",),
    tick_us=1000,
    carrying=with_msc,
    writing=write_msc,
    reading=single(read_msc, "MIDI"),
    telling=tells_msc,
)
SUBTITLES_SRT = ControlFormat(
    id="subtitles-srt",
    title="Subtitles (SubRip), one file per language",
    title_zh="字幕（SRT），每种语言一个文件",
    status="proven",
    source="SubRip; PyAV (FFmpeg) as reader",
    keeps=("zh", "en"),
    tick_us=1000,
    carrying=with_words,
    writing=write_srt,
    reading=read_srt,
    telling=tells_srt,
    advising=_words_advice,
    more_limits={"encoding": "UTF-8"},
)
SUBTITLES_VTT = ControlFormat(
    id="subtitles-vtt",
    title="Subtitles (WebVTT) with speakers, one file per language",
    title_zh="字幕（WebVTT，含讲话人），每种语言一个文件",
    status="proven",
    source="W3C WebVTT; PyAV (FFmpeg) as reader",
    keeps=("zh", "en", "speaker"),
    tick_us=1000,
    carrying=with_words,
    writing=write_vtt,
    reading=read_vtt,
    telling=tells_vtt,
    advising=_words_advice,
    more_limits={"encoding": "UTF-8"},
)
