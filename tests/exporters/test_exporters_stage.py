"""Stage cues, messages and captions before mido, python-osc, PyAV and Python's csv."""

import csv
import io
from dataclasses import replace

import av
import mido
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pythonosc.osc_bundle import OscBundle
from pythonosc.osc_message import OscMessage
from showeditor.export.control import compared_control, left_out_of_control
from showeditor.export.format import Carried
from showeditor.export.registry import format_named
from showeditor.export.wire import msc_bytes, msc_of, osc_bundle, osc_bundle_of, osc_bytes, osc_of
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.finding import blocks
from showeditor.model.plan import Mark, Plan
from showeditor.model.stage import Call, CaptionSpan, Msc, Osc, StageEvent

from control_by_hand import CAPTIONS, STAGE, with_control

PLAN = with_control(Plan("云起河湾", 60_000_000, marks=(Mark("第一章", 3_000_000),)))
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


def back(form_id: str, plan: Plan) -> Plan:
    form = format_named(form_id)
    return form.read(form.write(plan), "back")


def disagreement(form_id: str, plan: Plan, read: Plan):
    form = format_named(form_id)
    return compared_control(plan, form.carried(plan), read, form.resolution(plan), form_id)


def only(form_id: str, plan: Plan = PLAN) -> bytes:
    (data,) = format_named(form_id).write(plan).values()
    return data


def test_the_sheet_opens_in_any_csv_reader_and_keeps_everything():
    text = only("stage-csv").decode("utf-8-sig")
    head, *rows = list(csv.reader(io.StringIO(text)))
    assert head[:5] == ["Cue", "Department", "Time", "Timecode", "Name"]
    assert [r[4] for r in rows[:-1]] == [e.name for e in STAGE]
    assert rows[0][2:4] == ["00:00:00.000", "23:59:56;00"]
    assert rows[2][3] == PLAN.timecode.label_at(2_500_000) == "23:59:58;14"
    read = back("stage-csv", PLAN)
    assert read.timecode == PLAN.timecode
    assert read.duration_us == PLAN.duration_us
    assert [replace(e, t_us=0) for e in read.stage] == [replace(e, t_us=0) for e in STAGE]


@given(st.lists(st.tuples(words.filter(str.strip), words, words, st.integers(-(10**9), 10**10)), max_size=4))
@settings(max_examples=40, deadline=None)
def test_any_words_pass_through_the_sheet(rows):
    events = tuple(StageEvent(f"q{k}", t, n, d, Call(), o) for k, (n, d, o, t) in enumerate(rows))
    events += (StageEvent("last", 10**9, "x", "y", Osc("/a", tuple(words for words, *_ in rows if "\0" not in words))),)
    plan = replace(PLAN, stage=events)
    assert not disagreement("stage-csv", plan, back("stage-csv", plan))


@pytest.mark.parametrize("form_id", ["stage-csv", "stage-midi", "osc-cues", "msc-cues"])
@pytest.mark.parametrize("harm", ["late", "lost", "more", "other"])
def test_the_gate_sees_a_cue_that_is_not_as_planned(form_id, harm):
    read = back(form_id, PLAN)
    assert not disagreement(form_id, PLAN, read)
    first, *rest = read.stage
    other = {"osc-cues": {"action": Osc("/x")}, "msc-cues": {"action": Msc("go_off")}}.get(form_id, {"name": "other"})
    harmed = {
        "late": (replace(first, t_us=first.t_us + 3000), *rest),
        "lost": tuple(rest),
        "more": (first, *rest, first),
        "other": (replace(first, **other), *rest),
    }[harm]
    assert blocks(disagreement(form_id, PLAN, replace(read, stage=harmed)))


def test_mido_reads_markers_in_utf_8():
    file = mido.MidiFile(file=io.BytesIO(only("stage-midi")), charset="utf-8")
    now, found = 0.0, []
    for message in file:
        now += message.time
        if message.type == "marker":
            found.append((round(now, 3), message.text))
    assert (1.0, "[灯光] 红色") in found
    assert (3.0, "第一章") in found
    assert len(found) == len(STAGE) + 1
    assert [m.name for m in back("stage-midi", PLAN).marks] == ["第一章"]


def test_mido_reads_show_control_messages():
    found = [m for m in mido.MidiFile(file=io.BytesIO(only("msc-cues"))) if m.type == "sysex"]
    assert found[0].data == (0x7F, 3, 0x02, 0x01, 0x01, *b"12.5", 0, *b"1")
    assert found[1].data == (0x7F, 127, 0x02, 0x10, 0x02)


@given(
    st.sampled_from(["go", "stop", "resume", "go_off"]),
    st.sampled_from(["", "1", "12.5", "100.25.3"]),
    st.sampled_from(["", "3"]),
    st.integers(0, 127),
    st.sampled_from(["lighting", "sound", "machinery", "video", "projection", "process"]),
)
def test_show_control_reads_back(command, number, cue_list, device, kind):
    message = Msc(command, number, cue_list if number else "", device, kind)
    assert msc_of(msc_bytes(message)) == message
    assert mido.Message.from_bytes(msc_bytes(message)).type == "sysex"


def test_nothing_that_could_fire_is_taken_from_a_file():
    for kind in (0x60, 0x7F, 0x02):
        with pytest.raises(ValueError, match="not read"):
            msc_of(bytes((0xF0, 0x7F, 1, 2, kind, 1, 0x31, 0xF7)))


values = st.booleans() | st.integers(-(2**31), 2**31 - 1) | st.floats(width=32, allow_nan=False, allow_infinity=False)
osc_values = st.lists(values | words.filter(lambda t: "\0" not in t), max_size=5).map(tuple)


@given(st.sampled_from(["/a", "/eos/cue/1/fire", "/x/y/z/abc"]), osc_values, st.integers(0, 10**11))
@settings(max_examples=60)
def test_python_osc_reads_our_messages_and_bundles(address, given_values, t_us):
    given_values = tuple(v for v in given_values if not isinstance(v, float) or abs(v) < 3e38)
    message = Osc(address, given_values)
    theirs = OscMessage(osc_bytes(message))
    assert theirs.address == address
    assert tuple(theirs.params) == given_values
    assert osc_of(osc_bytes(message)) == message
    bundle = OscBundle(osc_bundle(t_us, (message,)))
    assert bundle.num_contents == 1
    assert bundle.content(0).params == list(given_values)
    assert osc_bundle_of(osc_bundle(t_us, (message,))) == (t_us, (message,))


def test_the_score_file_holds_a_bundle_for_each_cue():
    data, at, found = only("osc-cues"), 0, []
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        bundle = OscBundle(data[at + 4 : at + 4 + size])
        tag = int.from_bytes(data[at + 12 : at + 20], "big")
        found.append((tag / 2**32, bundle.content(0).address))
        at += 4 + size
    assert [(round(t, 6), a) for t, a in found] == [(1.0, "/eos/cue/1/fire"), (7.777777, "/eos/key/go")]


@pytest.mark.parametrize(("form_id", "kind"), [("subtitles-srt", "srt"), ("subtitles-vtt", "webvtt")])
def test_ffmpeg_reads_the_subtitles(form_id, kind):
    files = format_named(form_id).write(PLAN)
    assert sorted(name.split(".", 1)[1] for name in files) == sorted(f"{x}.{form_id[-3:]}" for x in ("en", "zh"))
    for name, data in files.items():
        with av.open(io.BytesIO(data)) as box:
            stream = box.streams.subtitles[0]
            assert stream.codec_context.name == kind
            packets = [p for p in box.demux(stream) if p.size]
        language = name.split(".")[-2]
        wanted = [c for c in CAPTIONS if getattr(c, language)]
        assert [(float(p.pts * p.time_base), float(p.duration * p.time_base)) for p in packets] == [
            (round(c.t0_us, -3) / 1e6, pytest.approx((c.t1_us - c.t0_us) / 1e6, abs=1e-3)) for c in wanted
        ]
        plain = bytes(packets[0]).decode().replace("\r\n", "\n")
        assert ("夜色渐浓\n云起河湾" if language == "zh" else "Night falls\nclouds") in plain


@pytest.mark.parametrize("form_id", ["subtitles-srt", "subtitles-vtt"])
def test_captions_read_back_in_both_languages(form_id):
    read = back(form_id, PLAN)
    assert [(c.zh, c.en) for c in read.captions] == [(c.zh, c.en) for c in CAPTIONS]
    assert [c.speaker for c in read.captions] == (["Ann & Bo", "", ""] if form_id == "subtitles-vtt" else [""] * 3)
    assert not disagreement(form_id, PLAN, read)
    harmed = replace(read, captions=(replace(read.captions[0], zh="x"), *read.captions[1:]))
    assert blocks(disagreement(form_id, PLAN, harmed))
    assert blocks(disagreement(form_id, PLAN, replace(read, captions=read.captions[1:])))


caption_words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=9)


@given(st.lists(st.tuples(st.integers(0, 10**7), st.integers(2000, 10**6), caption_words, caption_words), max_size=4))
@settings(max_examples=40, deadline=None)
def test_any_words_pass_through_subtitles(rows):
    spans = tuple(
        CaptionSpan(f"n{k}", t, t + d, zh.strip(), en.strip())
        for k, (t, d, zh, en) in enumerate(rows)
        if zh.strip() and en.strip() and "<" not in en and "{" not in en + zh and "<" not in zh
    )
    plan = replace(PLAN, captions=spans)
    for form_id in ("subtitles-srt", "subtitles-vtt"):
        if format_named(form_id).carried(plan):
            assert not disagreement(form_id, plan, back(form_id, plan))


def test_subtitles_of_other_programs():
    form = format_named("subtitles-srt")
    read = form.read({"a.srt": "1\n00:00:01,000 --> 00:00:02,500\n<i>你好</i>\n世界\n".encode("gb18030")}, "a.srt")
    assert read.captions == (CaptionSpan("caption 1", 1_000_000, 2_500_000, "你好\n世界", ""),)
    vtt = format_named("subtitles-vtt")
    text = (
        "WEBVTT - x\n\nSTYLE\n::cue{}\n\n00:01.000 --> 00:02.000 align:start\n<v.loud Bob>Hi &amp; <b>bye</b></v>\n\n"
    )
    (caption,) = vtt.read({"a.en.vtt": text.encode()}, "a.en.vtt").captions
    assert (caption.en, caption.speaker, caption.t0_us) == ("Hi & bye", "Bob", 1_000_000)


@pytest.mark.parametrize(
    ("form_id", "data", "said"),
    [
        ("subtitles-srt", b"1\n00:00:02,000 --> 00:00:01,000\nx\n\n", "ends after it begins"),
        ("subtitles-srt", b"hello\nworld\n", "line 2"),
        ("stage-csv", b"Cue,Time\n", "columns"),
        ("osc-cues", b"\0\0\0\x20#bundle\0" + b"\0" * 24, "bundle"),
        ("msc-cues", b"MThd\0\0\0\x06\0\0\0\1\0\x60MTrk\0\0\0\4\0\xff\x2f\0", "Show Control"),
        ("stage-midi", b"MThd\0\0\0\x06\0\0\0\1\xe7\x28", "ticks in a beat"),
        ("osc-cues", b"\0\0\0\x20#bundle\0\x80\0\0\0\0\0\0\0\0\0\0\x0c/a\0\0,i\0\0\0\0\0\1", "100 hours"),
        (
            "stage-midi",
            b"MThd\0\0\0\x06\0\0\0\1\0\1MTrk\0\0\0\x0c\xff\xff\xff\x7f\xff\x06\1a\0\xff\x2f\0",
            "100 hours",
        ),
    ],
)
def test_what_is_wrong_is_said(form_id, data, said):
    with pytest.raises(BadFile, match=said):
        format_named(form_id).read({"a": data}, "a")


def test_a_sheet_names_the_line_of_a_bad_message():
    text = only("stage-csv").decode("utf-8-sig").replace('""/eos/key/go""', '""eos""')
    with pytest.raises(BadFile, match=r"line 7.*begins with /"):
        format_named("stage-csv").read({"a.csv": text.encode()}, "a.csv")


def test_cues_before_show_zero_do_not_fit_files_that_begin_there():
    early = replace(PLAN, stage=(StageEvent("q0", -1_000_000, "x", action=Osc("/a")),))
    for form_id in ("stage-midi", "osc-cues"):
        with pytest.raises(Unfit, match=r"q0.*before show zero"):
            format_named(form_id).write(early)
    assert not disagreement("stage-csv", early, back("stage-csv", early))


def test_a_department_with_a_bracket_does_not_fit_markers():
    with pytest.raises(Unfit, match="must not hold"):
        format_named("stage-midi").write(replace(PLAN, stage=(StageEvent("q", 0, "x", "a]b"),)))


def test_what_no_file_holds_is_told():
    found = left_out_of_control(PLAN, [Carried(stage=(0, 1)), Carried(timecode=True)])
    assert [(f.severity, f.measured) for f in found] == [("note", 4.0), ("note", 3.0)]
    assert left_out_of_control(replace(PLAN, stage=(), captions=()), [Carried()]) == ()
