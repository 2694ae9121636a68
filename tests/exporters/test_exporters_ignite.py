import re
from dataclasses import replace

import pytest
from exporters.ignite import IGNITE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from showeditor.model.arrays import frozen
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.finding import blocks
from showeditor.safety.check import check

# worked sample of the format notes 4.7
SAMPLE = (
    "00:00:10.00|Red|1|Gold Comet w/ Red Mine|1.5|0\n"
    "00:00:14.00|Red|2|Red Peony 3in|1.6|2.8\n"
    "00:00:16.50|(colour 2)|1|Blue To Silver Chrysanthemum|2.2|3.25\n"
    "00:00:20.00|(colour 2)|2|36 Shot Fan Cake|18|0\n"
    "00:00:40.25|Red|3|Gold Kamuro 5in|5|3.9\n"
).replace("|", "\t")


def read(text):
    return IGNITE.read({"a.txt": text.encode()}, "a.txt")


def test_demo_show_is_the_worked_sample_with_effect_times(demo_plan):
    ((name, data),) = IGNITE.write(demo_plan).items()
    assert name == "Demo.txt"
    assert data == SAMPLE.replace("\n", "\r\n").encode("ascii")


def test_ignitions_are_worked_back():
    plan = read(SAMPLE)
    assert plan.firing.ignition_us.tolist() == [10_000_000, 11_200_000, 13_250_000, 20_000_000, 36_350_000]
    assert plan.firing.bloom_us[1] == 14_000_000
    assert plan.firing.module.tolist() == [1, 1, 2, 2, 1]
    assert not blocks(check(plan))


@given(ignition=st.integers(0, 10**9), rise=st.integers(0, 10**7))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_effect_less_prefire_is_the_rounded_ignition(ignition, rise, firing_plan):
    plan = firing_plan([("x", 1, 1, ignition)])
    plan = replace(plan, firing=replace(plan.firing, bloom_us=frozen([ignition + rise], "int64", (None,))))
    back = IGNITE.read(IGNITE.write(plan), "a.txt").firing
    assert 2 * abs(int(back.ignition_us[0]) - ignition) <= 10_000
    assert 2 * abs(int(back.bloom_us[0]) - ignition - rise) <= 10_000


def test_other_colours_get_the_next_rails_and_are_told():
    plan = read(SAMPLE.replace("(colour 2)", "Blue"))
    assert plan.firing.module.tolist() == [1, 1, 2, 2, 1]
    assert [f.code for f in plan.problems] == ["IGNITE-COLOUR"]


def test_more_than_108_ignitions_cannot_be_addressed(firing_plan):
    rows = [("x", k // 18 + 1, k % 18 + 1, k * 10_000) for k in range(108)]
    assert IGNITE.write(firing_plan(rows))
    with pytest.raises(Unfit, match="rail 7"):
        IGNITE.write(firing_plan([*rows, ("x", 7, 1, 0)]))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "rows were expected"),
        (SAMPLE.replace("\t3.25", ""), "line 3: 6 columns"),
        (SAMPLE.replace("\t3.25", "\tNaN"), "line 3: event time, cue"),
        (SAMPLE.replace("\tRed\t", "\t\t"), "line 1: one of six colours"),
    ],
)
def test_bad_rows_name_the_line(text, place):
    with pytest.raises(BadFile, match=re.escape(place)):
        read(text)
