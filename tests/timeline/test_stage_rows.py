"""Stage cues and captions as rows of text, and back; what is not touched stays what it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from showeditor.model.errors import BadInput
from showeditor.model.music import AtBeat, AtTime, When
from showeditor.model.show import Show
from showeditor.model.stage import Call, Caption, Dmx, Msc, Osc, StageCue, StageTrack
from showeditor.model.times import clock, us_of_text
from showeditor.timeline.stage_rows import (
    action_of_text,
    captions_of_rows,
    rows_of_captions,
    rows_of_stage,
    stage_of_rows,
    text_of_action,
)


def shown(when: When) -> str:
    return clock(when.t_us, 3) if isinstance(when, AtTime) else f"{when.tick}t"


def read(text: str) -> When:
    return AtTime(us_of_text(text))


SHOW = Show(
    "Demo",
    60_000_000,
    stage=(
        StageTrack(
            "s1",
            "灯光",
            (
                StageCue("q1", "Red", AtTime(1_000_499), Osc("/eos/go", (1, 0.1, "some words", True, "", "7"))),
                StageCue("q2", "Fade", AtBeat(960), Dmx(1, 10, (255, 0), 2_500_000)),
            ),
            muted=True,
        ),
        StageTrack("s2", "Sound", (StageCue("q3", "Bells", AtTime(5_000_000), Msc("go", "12.5", "1", 3, "sound")),)),
    ),
    captions=(Caption("n1", AtTime(2_000_333), 1_500_000, "夜\n晚", "Night", "Ann"),),
)


def test_untouched_rows_change_nothing():
    assert stage_of_rows(SHOW, rows_of_stage(SHOW, shown), shown, read) == SHOW.stage
    assert captions_of_rows(SHOW, rows_of_captions(SHOW, shown), shown, read) == SHOW.captions


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8).filter(lambda t: "\0" not in t)
numbers = st.integers(-(2**31), 2**31 - 1) | st.floats(-1e30, 1e30, allow_nan=False)


@given(st.lists(st.booleans() | numbers | texts, max_size=4))
def test_any_osc_message_reads_back(values):
    action = Osc("/x", tuple(values))
    assert action_of_text(text_of_action(action)) == action


@pytest.mark.parametrize(
    "action",
    [
        Call(),
        Msc(),
        Msc("stop", "1.5"),
        Msc("all_off", kind="video"),
        Msc("load", "9", "2", 0),
        Dmx(3, 512, (7,)),
        Dmx(1, 1, (1, 2, 3), 1),
    ],
)
def test_messages_read_back(action):
    assert action_of_text(text_of_action(action)) == action


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("go", "begins with osc, msc or dmx"),
        ("osc eos", "begins with /"),
        ("msc pyro go 1", "pyro"),
        ("msc lighting go 1 2 3", "KIND COMMAND"),
        ("msc lighting go a", "digits"),
        ("dmx 1 255", "UNIVERSE/CHANNEL"),
        ("dmx 1/1 256", "between 0 and 255"),
        ("dmx 1/1 2 in soon", "not a time"),
    ],
)
def test_messages_that_make_no_sense(text, said):
    with pytest.raises(ValueError, match=said):
        action_of_text(text)


def test_new_rows_get_ids_and_departments_tracks():
    rows = rows_of_stage(SHOW, shown)
    rows.append(["", "10", "Sound", "Gong", "osc /gong", ""])
    rows.append(["", "0:11.5", "Actors", "Enter", "", "left side"])
    lights, sound, actors = stage_of_rows(SHOW, rows, shown, read)
    assert lights == SHOW.stage[0]
    assert [cue.id for cue in sound.cues] == ["q3", "q04"]
    assert actors.name == "Actors"
    assert actors.cues == (StageCue("q05", "Enter", AtTime(11_500_000), Call(), "left side"),)
    assert actors.id not in {"s1", "s2"}
    assert stage_of_rows(SHOW, [], shown, read) == ()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["", "soon", "A", "x", "", ""], "row 4: not a time"),
        (["", "1", "A", "", "", ""], "row 4: name"),
        (["q1", "1", "A", "x", "", ""], "'q1' is used twice"),
        (["", "1", "A", "x", "osc", ""], "row 4: a message"),
    ],
)
def test_a_bad_row_is_named(row, said):
    with pytest.raises(BadInput, match=said):
        stage_of_rows(SHOW, [*rows_of_stage(SHOW, shown), row], shown, read)


def test_captions_change_and_bad_ones_are_named():
    (row,) = rows_of_captions(SHOW, shown)
    assert row == ["n1", "0:02.000", "1.5", "夜 / 晚", "Night", "Ann"]
    (changed, fresh) = captions_of_rows(
        SHOW, [[*row[:3], "夜", *row[4:]], ["", "3", "2", "", "Two / lines", ""]], shown, read
    )
    assert (changed.when, changed.zh) == (AtTime(2_000_333), "夜")
    assert fresh == Caption("n02", AtTime(3_000_000), 2_000_000, "", "Two\nlines")
    with pytest.raises(BadInput, match="caption in row 1: length"):
        captions_of_rows(SHOW, [["", "3", "0", "a", "", ""]], shown, read)
