"""The traps of the format notes, section 2, one after the other, over every firing format that writes."""

import re
import time
from dataclasses import replace

import numpy as np
import pytest
from exporters.finale import FINALE_CSV
from exporters.texts import cells_of, decimal_us, excel, one_line, time_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from showeditor.export.compare import compared
from showeditor.export.registry import formats
from showeditor.model.arrays import frozen
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.finding import blocks
from showeditor.model.plan import ControllerSpec
from showeditor.model.times import us_of_text
from showeditor.safety.check import check

NAMES = "cobra-3 cobra-4 cobra-5 cobra-6 cobra-7 firetek firectrl finale-csv jingduan merlin starfire ignite".split()
MAKES = [n for n in NAMES if n != "finale-csv"]
ASCII = "cobra-3 cobra-4 cobra-5 cobra-6 cobra-7 firetek merlin starfire ignite".split()


def texts(name, plan):
    return "".join(data.decode("utf-8") for data in formats()[name].write(plan).values())


def rows(name, plan):
    """The lines of a file that fire something."""
    first = {
        "firetek": r"^[0-9]+,1,", "firectrl": "^<CUE ", "finale-csv": "^FIRING_DATA", "jingduan": r"^[0-9.]+,[0-9.]+,",
        "merlin": r"^[0-9]+,", "starfire": r"^[0-9]+\t", "ignite": r"^[0-9:.]+\t",
    }.get(name, r"^[0-9:.]+s,")  # fmt: skip
    return [line for line in texts(name, plan).split("\r\n") if re.match(first, line)]


# --- 1 ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_each_file_carries_the_times_that_its_system_wants(name, demo_plan):
    """The second shot ignites at 11.2 s and breaks at 14 s: ignition, effect, prefire as section 2 says."""
    row = rows(name, demo_plan)[1]
    ignition = bool(re.search(r"(?<![0-9])(?:11\.20?0?|11200)(?![0-9])", row))
    effect = bool(re.search(r"(?<![0-9])(?:14\.0?0?|14000)(?![0-9])", row))
    prefire = bool(re.search(r"(?<![0-9.])2\.80?0?(?![0-9])", row))
    wanted = {
        "ignite": (False, True, True),
        "jingduan": (True, False, True),
        "finale-csv": (True, False, True),
        "merlin": (True, True, False),
    }.get(name, (True, False, False))
    assert (ignition, effect, prefire) == wanted


# --- 2 ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", MAKES)
def test_one_row_for_a_chain_a_pair_and_a_flight_over_several_places(name, firing_plan):
    plan = firing_plan(
        [
            ("75mm Red Peony Chain of 5", 1, 1, 1_000_000),
            ("Mine", 1, 2, 2_000_000), ("Mine", 1, 2, 2_000_000),
            ("a", 1, 3, 3_000_000), ("b", 1, 3, 3_000_000), ("c", 1, 3, 3_000_000),
        ]
    )  # fmt: skip
    plan = replace(plan, firing=replace(plan.firing, position=("P1", "P2", "P2", "P3", "P4", "P5")))
    form = formats()[name]
    assert len(rows(name, plan)) == 3
    assert not compared(
        plan, form.carried(plan), form.read(form.write(plan), "x"), form.resolution(plan), name
    ).findings


# --- 3 ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("gap_us", [1, 4_000, 5_000_000])
@pytest.mark.parametrize("name", MAKES)
def test_an_igniter_never_fires_twice(name, gap_us, firing_plan):
    plan = firing_plan([("a", 1, 1, 1_000_000), ("b", 1, 1, 1_000_000 + gap_us)])
    with pytest.raises(Unfit, match="fires once"):
        formats()[name].write(plan)


@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_fires_a_pin_twice_is_blocked_by_the_check(name, demo_plan):
    form = formats()[name]
    ((file, data),) = form.write(demo_plan).items()
    text = data.decode("utf-8")
    second = rows(name, demo_plan)[1]
    later = re.sub(r"11\.2(?=[0-9]*)|11200", lambda m: "12.2" if "." in m[0] else "12200", second)
    if name == "ignite":
        later = second.replace("14.00", "15.00")
    text = text.replace(second + "\r\n", second + "\r\n" + later + "\r\n").replace('CUES="5"', 'CUES="6"')
    found = check(form.read({file: text.encode()}, file))
    assert any(f.code == "CTL-002" and f.severity == "block" and len(f.ids) == 2 for f in found)


# --- 5 ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_halves_round_up_in_integers(name, firing_plan):
    """Times whose halves binary floats and banker's rounding would turn down."""
    form = formats()[name]
    tick = form.resolution(firing_plan()).tick_us
    times = [2 * k * tick + tick // 2 for k in range(1, 9)] + [13_250_000, 36_350_000, 36_450_000]
    plan = firing_plan([("x", 1 + k // 10, 1 + k % 10, t) for k, t in enumerate(times)])
    back = form.read(form.write(plan), "x").firing
    assert sorted(back.ignition_us.tolist()) == sorted((2 * t + tick) // (2 * tick) * tick for t in times)


@pytest.mark.parametrize("name", NAMES)
def test_cues_that_fall_together_are_told_and_order_is_kept(name, firing_plan):
    form = formats()[name]
    tick = form.resolution(firing_plan()).tick_us
    step = max(1000, tick // 4)
    plan = firing_plan([("x", 1, k + 1, 1_000_000 + k * step) for k in range(6)])
    found = compared(plan, form.carried(plan), form.read(form.write(plan), "x"), form.resolution(plan), name).findings
    assert [f.code for f in found] == (["EXP-TICK"] if tick > step else [])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cues=st.lists(
        st.tuples(
            st.text(max_size=20), st.integers(1, 6), st.integers(1, 16), st.integers(0, 10**9), st.integers(0, 10**7)
        ),
        min_size=1, max_size=30, unique_by=lambda c: c[1:3],
    )
)  # fmt: skip
@pytest.mark.parametrize("name", NAMES)
def test_any_show_reads_back_as_it_is(name, cues, firing_plan):
    form = formats()[name]
    plan = firing_plan([c[:4] for c in cues])
    bloom = frozen(plan.firing.ignition_us + np.array([c[4] for c in cues]), "int64", (None,))
    plan = replace(plan, firing=replace(plan.firing, bloom_us=bloom, end_us=bloom))
    read = form.read(form.write(plan), "x")
    agreement = compared(plan, form.carried(plan), read, form.resolution(plan), name)
    assert not blocks(agreement.findings)
    assert 2 * agreement.time_us <= form.resolution(plan).tick_us
    assert not [f for f in check(read) if f.severity == "block"]


@given(st.integers(0, 10**11), st.integers(0, 6))
def test_times_are_read_as_the_model_reads_them(t_us, decimals):
    text = f"{t_us // 10**6}.{t_us % 10**6:06d}"[: -6 + decimals or None]
    assert time_of(text + "0") == us_of_text(text + "0")
    clock = f"{t_us // 3_600_000_000:02d}:{t_us // 60_000_000 % 60:02d}:{t_us // 10**6 % 60:02d}.{t_us % 10**6:06d}9"
    assert time_of(clock + "s") == us_of_text(clock) == t_us + 1
    assert decimal_us(text + "0", 1000) == us_of_text(str(t_us // 10**6)) // 1000 + decimal_us(
        "0." + text.split(".")[1] + "0", 1000
    )


# --- 6 ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ASCII)
def test_ascii_formats_get_pinyin_and_never_a_stand_in(name, firing_plan):
    plan = firing_plan([("红色牡丹 3寸 – ½ ☃", 1, 1, 0), ("金冠\ud800", 1, 2, 10**6)])
    plan = replace(plan, title="云起", firing=replace(plan.firing, position=("北岸", "北岸"), category=("礼花弹", "c")))
    text = texts(name, plan)
    assert text.isascii()
    assert "Hong Se Mu Dan" in text
    assert "?" not in text
    assert formats()[name].limits["encoding"] == "ASCII"


@pytest.mark.parametrize("name", ["firectrl", "finale-csv", "jingduan"])
def test_other_formats_keep_chinese(name, firing_plan):
    assert "红色牡丹" in texts(name, firing_plan([("红色牡丹", 1, 1, 0)]))


@pytest.mark.parametrize("name", NAMES)
def test_inch_marks_delimiters_and_line_breaks_never_break_a_row(name, firing_plan):
    bad = ('3"', '1.8" Comet, "Gold"', "a\tb", "c\r\nd\ne", "x;y|z", "<&>'", "END", "#x", "")
    plan = firing_plan([(text, 1, k + 1, k * 10**6) for k, text in enumerate(bad)])
    form = formats()[name]
    read = form.read(form.write(plan), "x")
    assert read.firing.pin.tolist() == list(range(1, len(bad) + 1))
    assert not blocks(compared(plan, form.carried(plan), read, form.resolution(plan), name).findings)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.text(st.sampled_from('ab\\",;|\n\t 云'), max_size=9), min_size=1, max_size=5),
    st.sampled_from([",", ";", "|"]),
)
def test_a_quoted_line_gives_back_its_cells(cells, delimiter):
    line = delimiter.join(excel(c, delimiter) for c in cells)
    assert cells_of(line, delimiter) == [one_line(c) for c in cells]


def test_backslashes_before_quotation_marks_are_an_old_way_of_quoting():
    assert cells_of('1,"Peony 3\\" red",2', ",") == ["1", 'Peony 3" red', "2"]


@pytest.mark.parametrize("line", ['"x,' * 3300, '"' * 9999, '"",' * 3300 + '"', 'a,"' + 'b"c' * 3300, '"a""' * 2400])
def test_lines_made_to_be_slow_are_taken_apart_quickly(line):
    start = time.process_time()
    for _ in range(200):
        assert cells_of(line, ",")
    assert time.process_time() - start < 2


def test_tables_of_absurd_width_are_refused(demo_plan):
    for name in ("finale-csv", "merlin"):
        ((file, data),) = formats()[name].write(demo_plan).items()
        wide = data.replace(b"\r\n", b"," * 300 + b"\r\n")
        with pytest.raises(BadFile, match="at most 200 columns"):
            formats()[name].read({file: wide}, file)


@pytest.mark.parametrize("address", ["1E5", "0x10", "1.0", "1e5", "\uff15"])
def test_addresses_are_never_numbers_by_accident(address):
    line = f"1,1,{address},10000,0,0,0,0,1,1,x,Show"
    columns = "Module ID,Rail,Channel,Time,Sequence,DMX Value,RampX,Duration or Rate,Position,SafetyZone,Channel Name"
    with pytest.raises(BadFile, match="line 3: whole numbers"):
        formats()["firetek"].read({"a.csv": f"##x\n{columns},Sequence Name\n{line}\n".encode()}, "a.csv")


# --- 7 ----------------------------------------------------------------------------------------------------------------


def test_delimiters_are_told_from_the_file_and_not_from_its_name(demo_plan):
    ((_, data),) = FINALE_CSV.write(demo_plan).items()
    tabs = data.decode().replace(",", "\t").encode("utf-16")
    assert FINALE_CSV.recognises("show.csv", tabs[:4096])
    assert FINALE_CSV.read({"show.csv": tabs}, "show.csv").firing.ignition_us.tolist() == [
        10_000_000, 11_200_000, 13_250_000, 20_000_000, 36_350_000,
    ]  # fmt: skip
    semicolons = b"Event Time;Description;Rail;Pin\n00:00:01.5;Peony, red;1;2\n"
    assert FINALE_CSV.read({"a.csv": semicolons}, "a.csv").firing.effect == ("Peony, red",)


# --- 2.1 --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_nothing_ignites_before_the_show(name, firing_plan):
    with pytest.raises(Unfit, match="c2") as caught:
        formats()[name].write(firing_plan([("a", 1, 1, 0), ("b", 1, 2, -1)]))
    assert caught.value.format_id == name


@pytest.mark.parametrize("name", MAKES)
def test_a_controller_of_another_make_is_left_out(name, firing_plan):
    plan = firing_plan([("a", 1, 1, 0), ("b", 1, 1, 10**6)], ["ours", "theirs"])
    own = ControllerSpec("ours", name, "ours", 0, 99, 1, 18, 1000, "test")
    plan = replace(plan, controllers=(own, replace(own, id="theirs", model="somebody-else")))
    assert formats()[name].carried(plan).firing == (0,)
    assert len(rows(name, plan)) == 1


@pytest.mark.parametrize("name", NAMES)
def test_rows_stand_in_their_order(name, firing_plan):
    plan = firing_plan([("d", 2, 1, 9_000_000), ("b", 1, 2, 3_000_000), ("a", 1, 1, 3_000_000), ("c", 2, 2, 3_000_000)])
    order = [line for line in rows(name, plan)]
    at = [next(k for k, line in enumerate(order) if re.search(rf"(?<![A-Za-z]){c}(?![A-Za-z])", line)) for c in "abcd"]
    assert at == ([1, 0, 2, 3] if name == "finale-csv" else [0, 1, 2, 3])
