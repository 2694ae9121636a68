"""Reading MIDI: exact times, text encodings, refusals."""

from contextlib import suppress
from io import BytesIO
from pathlib import Path

import mido
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from showeditor.audio.reading import describe
from showeditor.audio.score import decode_texts, load_midi, read_midi
from showeditor.model.errors import BadFile
from showeditor.model.music import PPQ


def midi_bytes(*tracks: list, ppq: int = 480, charset: str = "utf-8", kind: int = 1) -> bytes:
    file = mido.MidiFile(type=kind, ticks_per_beat=ppq, charset=charset)
    for track in tracks:
        file.tracks.append(mido.MidiTrack(track))
    out = BytesIO()
    file.save(file=out)
    return out.getvalue()


def meta(kind: str, time: int = 0, **values: object) -> mido.MetaMessage:
    return mido.MetaMessage(kind, time=time, **values)


def note(kind: str, key: int, time: int, **values: int) -> mido.Message:
    return mido.Message(kind, note=key, time=time, **values)


def test_tempo_changes_and_sevens_are_exact() -> None:
    data = midi_bytes(
        [
            meta("time_signature", numerator=4, denominator=4),
            meta("set_tempo", tempo=625_000),
            meta("time_signature", 4 * 480 * 2, numerator=7, denominator=8),
            meta("set_tempo", 480, tempo=454_545),
            meta("marker", 480 * 7 * 2, text="转"),
        ],
        ppq=480,
    )
    score = read_midi(data, "t.mid")
    tempo = score.tempo
    assert [(m.tick, m.us_per_quarter) for m in tempo.tempos] == [(0, 625_000), (9 * PPQ, 454_545)]
    assert [(s.tick, s.beats, s.unit) for s in tempo.signatures] == [(0, 4, 4), (8 * PPQ, 7, 8)]
    assert tempo.us_of_tick(9 * PPQ) == 9 * 625_000
    assert tempo.us_of_tick(23 * PPQ) == 9 * 625_000 + 14 * 454_545
    assert score.markers[0].tick == 23 * PPQ
    assert tempo.bar_beat(8 * PPQ + 7 * PPQ // 2) == (4, 1, 0)
    assert score.duration_us == 9 * 625_000 + 14 * 454_545


@pytest.mark.parametrize(("ppq", "raw", "wanted"), [(480, 7, 14), (96, 1, 10), (1000, 1, 1), (7, 1, 137), (1920, 1, 1)])
def test_ticks_are_rescaled_by_one_rounding_half_up(ppq: int, raw: int, wanted: int) -> None:
    data = midi_bytes([note("note_on", 60, raw, velocity=9), note("note_off", 60, 1)], ppq=ppq)
    assert read_midi(data, "t.mid").notes.tick[0] == wanted


@settings(max_examples=40, deadline=None)
@given(
    ppq=st.sampled_from([96, 120, 192, 384, 480, 960, 1000, 123]),
    changes=st.lists(st.tuples(st.integers(1, 5000), st.integers(100_000, 2_000_000)), max_size=8),
)
def test_our_clock_agrees_with_mido(ppq: int, changes: list[tuple[int, int]]) -> None:
    track = [meta("set_tempo", gap, tempo=tempo) for gap, tempo in changes] + [note("note_on", 60, 777, velocity=1)]
    data = midi_bytes(track, ppq=ppq)
    theirs = mido.MidiFile(file=BytesIO(data)).length
    ours = read_midi(data, "t.mid")
    # each tempo change may move by half of one of our ticks
    slack = sum(abs(tempo) for _, tempo in [*changes, (0, 500_000)]) / PPQ * 1e-6
    assert ours.tempo.us_of_tick(int(ours.notes.tick[0])) * 1e-6 == pytest.approx(theirs, abs=slack + 1e-5)


@pytest.mark.parametrize(
    ("charset", "text", "read_as"),
    [
        ("utf-8", "起 · 云起", "utf-8"),
        ("gb18030", "起承转合 河湾", "gb18030"),
        ("gb18030", "㐀𠀀", "gb18030"),
        ("latin-1", "caf\xe9", "latin-1"),
        ("ascii", "Act 1", "utf-8"),
    ],
)
def test_markers_survive_their_encoding(tmp_path: Path, charset: str, text: str, read_as: str) -> None:
    path = tmp_path / "文.mid"
    path.write_bytes(midi_bytes([meta("track_name", name=text), meta("marker", 480, text=text)], charset=charset))
    score = load_midi(path)
    assert [(t.tick, t.text, t.kind) for t in score.markers] == [(PPQ, text, "marker")]
    assert score.tracks == (text,)
    if read_as != "latin-1":
        assert score.encoding == read_as


def test_one_encoding_is_taken_for_the_whole_file() -> None:
    # 联通 in GB18030 is by chance valid UTF-8; its neighbour is not, so the file is GB18030
    texts = ["联通".encode("gb18030"), "河湾".encode("gb18030")]
    assert decode_texts(texts) == (["联通", "河湾"], "gb18030")
    assert decode_texts(texts, "latin-1")[1] == "latin-1"


def test_a_text_that_nothing_reads_keeps_its_bytes() -> None:
    texts, used = decode_texts(["云".encode(), b"\xff\xfe"])
    assert texts == ["云", "\xff\xfe"]
    assert used == "mixed"


def test_lyrics_cues_and_control_characters() -> None:
    data = midi_bytes(
        [
            meta("lyrics", text="山\x00"),
            meta("cue_marker", 10, text="fire"),
            meta("marker", text="\x07"),
            meta("text", text="remark"),
        ],
        ppq=960,
    )
    score = read_midi(data, "t.mid")
    assert [(t.text, t.kind) for t in score.texts] == [("山", "lyric"), ("fire", "cue"), ("remark", "text")]
    assert [t.text for t in score.markers] == ["fire"]


def test_notes_carry_their_setting_and_overlap() -> None:
    data = midi_bytes(
        [
            mido.Message("program_change", program=107, channel=2),
            mido.Message("control_change", control=10, value=20, channel=2),
            mido.Message("control_change", control=7, value=90, channel=2),
            note("note_on", 62, 0, velocity=80, channel=2),
            note("note_on", 62, 480, velocity=70, channel=2),
            note("note_on", 62, 480, velocity=0, channel=2),
            note("note_off", 62, 480, channel=2),
        ],
        [note("note_on", 40, 240, velocity=100, channel=9)],
    )
    notes = read_midi(data, "t.mid").notes
    assert notes.tick.tolist() == [0, 480, 960]
    assert notes.end_tick.tolist() == [1920, 480, 2880]
    assert notes.program.tolist() == [107, 0, 107]
    assert (notes.pan[0], notes.volume[0], notes.velocity[2], notes.track[1]) == (20, 90, 70, 1)
    score = read_midi(data, "t.mid")
    assert score.snap_ticks().tolist() == [0, 480, 960]
    assert score.snap_ticks(0).tolist() == [0, 960]


@pytest.mark.parametrize(("frames", "wanted_us"), [(25, 1_000_000), (24, 1_000_000), (30, 1_000_000), (29, 1_001_000)])
def test_smpte_time_is_read_in_seconds(frames: int, wanted_us: int) -> None:
    count = (30 if frames == 29 else frames) * 40
    data = bytearray(midi_bytes([note("note_on", 60, count, velocity=5), meta("set_tempo", tempo=1)]))
    data[12:14] = bytes([256 - frames, 40])
    score = read_midi(bytes(data), "t.mid")
    assert abs(score.tempo.us_of_tick(int(score.notes.tick[0])) - wanted_us) <= 261


def test_every_torn_length_is_refused_or_read() -> None:
    whole = midi_bytes([meta("marker", text="云"), note("note_on", 60, 480, velocity=9), note("note_off", 60, 480)])
    for length in range(len(whole)):
        with pytest.raises(BadFile, match=r"t\.mid"):
            read_midi(whole[:length], "t.mid")


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=120))
def test_nonsense_gives_bad_file_and_nothing_else(tail: bytes) -> None:
    head = b"MThd\0\0\0\6\0\1\0\1\1\xe0MTrk" + len(tail).to_bytes(4, "big")
    with suppress(BadFile):
        assert len(read_midi(head + tail, "x.mid").tracks) == 1


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"RIFF", "not a MIDI file"),
        (midi_bytes([meta("set_tempo", tempo=0)]), "tempo of 0"),
        (midi_bytes([meta("time_signature", numerator=3, denominator=64)]), "3/64"),
        (midi_bytes([note("note_on", 1, 1)], kind=2), "type 2"),
        (b"MThd\0\0\0\6\0\1\0\1\0\0MTrk\0\0\0\4\0\xff\x2f\0", "0 ticks"),
        (b"MThd\0\0\0\6\0\1\0\1\xf0\x04MTrk\0\0\0\5\1\xff\x2f\0\0", "torn|SMPTE"),
        (b"MThd\0\0\0\6\0\1\0\0\1\xe0", "no tracks"),
    ],
)
def test_impossible_files_are_refused(data: bytes, says: str) -> None:
    with pytest.raises(BadFile, match=says):
        read_midi(data, "t.mid")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"gone\.mid: the file does not exist"):
        describe(tmp_path / "gone.mid")


def test_the_description_of_a_score(tmp_path: Path) -> None:
    path = tmp_path / "七.mid"
    path.write_bytes(
        midi_bytes(
            [
                meta("track_name", name="古筝"),
                meta("set_tempo", tempo=625_000),
                meta("time_signature", numerator=7, denominator=8),
                meta("marker", 480 * 7, text="转"),
            ]
        )
    )
    said = describe(path)
    assert said["kind"] == "midi"
    assert said["tempo"] == [{"t_s": 0.0, "tick": 0, "bpm": 96.0, "us_per_quarter": 625_000}]
    assert said["signatures"][0]["beats"] == 7
    assert [b["beat"] for b in said["beats"]] == [1, 2, 3, 4, 5, 6, 7] * 2 + [1]
    assert said["beats"][-1] == {"t_s": 4.375, "bar": 3, "beat": 1}
    assert said["markers"] == [{"t_s": 4.375, "tick": 6720, "text": "转", "kind": "marker"}]
    assert said["tracks"] == [{"name": "古筝", "notes": 0}]
    assert np.isclose(said["duration_s"], 4.375)
