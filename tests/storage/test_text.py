"""The text of a show: round trips, canonical bytes, clear refusals."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from show_strategies import shows
from showeditor.model.cue import Cue, Track
from showeditor.model.errors import BadFile, BadInput
from showeditor.model.music import AtBeat, AtTime
from showeditor.model.show import Act, Show
from showeditor.model.swarm import TextSource
from showeditor.model.venue import Zone
from showeditor.storage.files import load_show
from showeditor.storage.text import VERSION, fingerprint_of_show, show_of_text, show_to_text

BASELINES = Path(__file__).parent / "baselines"


@settings(max_examples=120)
@given(shows)
def test_every_show_reads_back_the_same_and_its_text_is_canonical(show: Show) -> None:
    text = show_to_text(show)
    back = show_of_text(text, "x.show")
    assert back == show
    assert show_to_text(back) == text
    assert text.endswith("}\n")
    assert show_of_text(text.encode(), "x.show") == show


def small() -> Show:
    return load_show(BASELINES / "version-1.show")


def test_one_cue_stands_on_one_line_and_chinese_is_readable() -> None:
    text = show_to_text(small())
    (line,) = [line for line in text.splitlines() if '"id":"c0001"' in line]
    assert line.startswith('{"id":"c0001","effect":"75mm gold willow"')
    assert "云起河湾" in text
    assert "\\u" not in text


def test_changing_one_cue_changes_one_line() -> None:
    show = small()
    track = show.tracks[0]
    cue = msgspec.structs.replace(track.cues[0], tilt_deg=3.0)
    other = msgspec.structs.replace(
        show, tracks=(msgspec.structs.replace(track, cues=(cue, *track.cues[1:])), *show.tracks[1:])
    )
    before, after = show_to_text(show).splitlines(), show_to_text(other).splitlines()
    assert sum(old != new for old, new in zip(before, after, strict=True)) == 1


def test_whole_numbers_in_decimal_fields_are_written_as_they_read_back() -> None:
    cue = Cue("c1", "x", "p", AtTime(0), tilt_deg=30)
    show = Show("t", 1, tracks=(Track("t1", "", (cue,)),))
    assert '"tilt_deg":30.0' in show_to_text(show)


def test_every_version_ever_written_still_loads() -> None:
    files = sorted(BASELINES.glob("version-*.show"))
    assert [file.stem for file in files] == [f"version-{v}" for v in range(VERSION + 1)]
    for file in files:
        assert load_show(file).cues()


def test_the_version_1_baseline_says_what_it_said() -> None:
    show = small()
    assert show.title == "云起河湾 test"
    assert [cue.when for cue in show.cues()] == [AtBeat(960), AtTime(62_400_000)]
    assert show.flights[0].scenes[0].lights[1].own
    assert show.formations[0].points.millimetres()[3:6] == [1250, 0, 2000]


def test_fields_younger_than_the_version_stand_only_where_they_say_something() -> None:
    show = small()
    hall = Zone("hall", "building", ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0)))
    plain = msgspec.structs.replace(show, venue=msgspec.structs.replace(show.venue, zones=(hall,)))
    assert '"sky"' not in show_to_text(plain)
    assert '{"id":"hall","kind":"building","ring":[[0.0,0.0],[9.0,0.0],[9.0,9.0]],"name":""}]' in show_to_text(plain)
    high = msgspec.structs.replace(hall, height_m=12.0)
    venue = msgspec.structs.replace(show.venue, zones=(high,), sky="day")
    text = show_to_text(msgspec.structs.replace(show, venue=venue))
    assert '"sky":"day"' in text
    assert '"name":"","height_m":12.0}]' in text
    assert show_of_text(text, "x.show").venue == venue


def test_version_0_becomes_the_show_it_meant() -> None:
    show = load_show(BASELINES / "version-0.show")
    assert show.duration_us == 160_000_000
    assert show.acts == (Act("a1", "起", 0, 40_500_000),)
    first, second = show.cues()
    assert first.when == AtTime(12_345_679)  # half up
    assert second == Cue("c2", "30mm silver comet", "p1", AtTime(62_400_000), tilt_deg=-20.0)


BASE = (BASELINES / "version-1.show").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        (BASE.replace('"pan_deg":90.0', '"pam_deg":90.0'), "$.show.tracks[0].cues[0]", "unknown field `pam_deg`"),
        (BASE.replace('"note":"n"', '"note":"n","colour":1'), "$.show", "unknown field `colour`"),
        (BASE.replace('"show":{', '"extra":1,"show":{', 1), "$", "unknown field `extra`"),
        (BASE.replace('"pan_deg":90.0', '"pan_deg":NaN'), "line 47, column", "malformed"),
        (BASE.replace('"pan_deg":90.0', '"pan_deg":1e999'), "cues[0].pan_deg", "out of range"),
        (BASE.replace('"pan_deg":90.0', '"pan_deg":null'), "$.show.tracks[0].cues[0].pan_deg", "Expected `float`"),
        (BASE.replace("c0002", "c0001"), "$.show.tracks[0].cues[1].id", "'c0001' is used twice"),
        (BASE.replace('"a02"', '"a01"'), "$.show.acts[1].id", "'a01' is used twice"),
        (BASE.replace('"tick":960', '"tick":960.5'), "$.show.tracks[0].cues[0].when.tick", "Expected `int`"),
        (BASE.replace("62400000", "-5"), "$.show.tracks[0].cues[1].when", "time must lie between 0"),
        (BASE.replace("62400000", "9" * 30), "$.show.tracks[0].cues[1].when", "time must lie between 0"),
        (BASE.replace("1250,0,2000", "1250,0"), "$.show.formations[0].points", "must divide by 3"),
        (BASE.replace("1250,0,2000", "1250,0.5,2000"), "$.show.formations[0].points", "whole millimetres"),
        (BASE.replace('"count":4', '"count":0'), "$.show.fleets[0]", "at least 1 drone"),
        (BASE.replace("music.ogg", "../music.ogg"), "$.show.music", "inside the show's folder"),
        (BASE.replace("music.ogg", "/etc/passwd"), "$.show.music", "inside the show's folder"),
        (BASE.replace('"version":1', '"version":2'), "$.version", "written by a newer version"),
        (BASE.replace('"version":1', '"version":-1'), "$.version", "expected a version"),
        (BASE.replace('"showeditor"', '"finale"'), "$.format", "expected 'showeditor'"),
        (BASE[: len(BASE) // 2], "line ", "ends too early"),
        ("", "", "empty"),
        (" \n", "", "empty"),
        ("[1,2]", "", "not a show"),
        ('{"title":"x"}', "", "not a show"),
        ("PK\x03\x04 zip", "line 1, column 1", "malformed"),
        (BASE + "x", "line ", "malformed"),
        ('{"format":"showeditor","version":0,"tracks":5}', "version 0", "tracks must be a list"),
        ('{"format":"showeditor","version":0,"duration_s":"1"}', "version 0", "must be a number of seconds"),
        ('{"format":"showeditor","version":0,"title":"x","duration_s":1,"bad":2}', "$.show", "unknown field `bad`"),
        ('{"format":"showeditor","version":1,"show":' + "[" * 100_000, "", "nested too deeply"),
        ('{"format":"showeditor","version":0,"x":' + "[" * 100_000, "", "nested too deeply"),
    ],
)
def test_bad_files_are_refused_with_name_place_and_expectation(text: str, place: str, expected: str) -> None:
    with pytest.raises(BadFile) as caught:
        show_of_text(text, "雨.show")
    assert caught.value.file == "雨.show"
    assert place in caught.value.place
    assert expected in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("cut", range(0, len(BASE.encode()) - 3, 97))
def test_a_file_torn_anywhere_is_refused(cut: int) -> None:
    with pytest.raises(BadFile):
        show_of_text(BASE.encode()[:cut], "torn.show")


def test_bytes_that_are_not_utf_8_are_refused_and_a_byte_order_mark_is_not() -> None:
    with pytest.raises(BadFile, match="UTF-8"):
        show_of_text(BASE.encode("gb18030"), "gb.show")
    assert show_of_text(b"\xef\xbb\xbf" + BASE.encode(), "bom.show") == small()


def test_the_column_counts_characters() -> None:
    with pytest.raises(BadFile, match="line 2, column 7"):
        show_of_text('{"format":"showeditor","version":1,\n"云云": ?', "x.show")


@pytest.mark.parametrize(
    "show",
    [
        Show("t", 1, tracks=(Track("a", ""), Track("a", ""))),
        Show("t", 1, note="\ud800"),
        Show("t", 1, seed=2**31 - 1, rules=5),
        msgspec.structs.replace(
            small(),
            formations=(msgspec.structs.replace(small().formations[0], source=TextSource("x", height_m=float("nan"))),),
        ),
    ],
    ids=["twice", "surrogate", "type", "nan"],
)
def test_what_no_file_can_hold_is_refused_when_writing(show: Show) -> None:
    with pytest.raises(BadInput, match="this show cannot be written"):
        show_to_text(show)


def test_fingerprints_differ_when_the_text_does() -> None:
    show = small()
    assert fingerprint_of_show(show) == fingerprint_of_show(small())
    assert fingerprint_of_show(show) != fingerprint_of_show(msgspec.structs.replace(show, seed=8))
