import json
import re
from dataclasses import replace

import pytest
from exporters.profiles import load_profile
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from showeditor.export.compare import compared
from showeditor.export.format import Format
from showeditor.model.arrays import frozen
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.finding import blocks
from showeditor.safety.check import check

# a system that does not exist: profiles of real ones need a real file
MADE_UP = {
    "id": "made-up",
    "title": "Made-up controller",
    "source": "a test",
    "confidence": "I",
    "suffix": ".SHW",
    "encoding": "utf-8",
    "bom": True,
    "delimiter": ";",
    "head": ["# {title}", "# rows: {rows}"],
    "tail": ["#END"],
    "tick_us": 10_000,
    "addresses": {"module_lo": 0, "module_hi": 255, "pin_lo": 0, "pin_hi": 15},
    "columns": [
        {"field": "number", "name": "No"},
        {"field": "ignition", "name": "点火时间", "as": "clock"},
        {"field": "prefire", "name": "Pre", "as": "hundredths"},
        {"field": "module", "name": "Mod", "base": 16, "pad": 2},
        {"field": "pin", "name": "Pin", "base": 16},
        {"field": "text", "name": "", "text": "A"},
        {"field": "name", "name": "Effect"},
        {"field": "calibre", "name": "Cal"},
    ],
}


def profile(**more):
    return load_profile(json.dumps(MADE_UP | more))


def test_a_profile_is_a_format_and_writes_what_it_says(demo_plan):
    form = profile()
    assert isinstance(form, Format)
    assert form.status == "profile"
    ((name, data),) = form.write(demo_plan).items()
    assert name == "Demo.SHW"
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig").split("\r\n") == [
        "# Demo",
        "# rows: 5",
        "No;点火时间;Pre;Mod;Pin;;Effect;Cal",
        "1;00:00:10.00;0;01;1;A;Gold Comet w/ Red Mine;45mm",
        "2;00:00:11.20;280;01;2;A;Red Peony 3in;75mm",
        "3;00:00:13.25;325;02;1;A;Blue To Silver Chrysanthemum;100mm",
        "4;00:00:20.00;0;02;2;A;36 Shot Fan Cake;30mm",
        "5;00:00:36.35;390;01;3;A;Gold Kamuro 5in;125mm",
        "#END",
        "",
    ]
    back = form.read({name: data}, name)
    assert back.title == "Demo"
    assert back.firing.bloom_us.tolist() == demo_plan.firing.bloom_us.tolist()
    assert back.firing.calibre_mm.tolist() == [45, 75, 100, 30, 125]
    assert not blocks(check(back))
    assert form.recognises(name, data[:4096])
    assert not form.recognises("x.SHW", b"a;b;c\n1;2;3\n")
    assert any("a test" in f.message for f in form.remarks(demo_plan))


def test_the_four_columns_of_a_tab_file_without_header(demo_plan):
    """The shape that Dance of Fire is known to have; how it writes times is not known, so this is no Dance of Fire."""
    columns = [{"field": f} for f in ("ignition", "module", "pin", "name")]
    form = profile(
        encoding="ascii", bom=False, delimiter="\t", quoting="none", head=[], tail=[], column_names=False,
        columns=columns, suffix=".txt", tick_us=1000,
    )  # fmt: skip
    names = ("红牡丹", 'a\tb "c"', "Peony", "d", 'Peony 3"')
    plan = replace(demo_plan, firing=replace(demo_plan.firing, effect=names))
    ((name, data),) = form.write(plan).items()
    assert data.decode("ascii").split("\r\n")[:2] == ["10.000\t1\t1\tHong Mu Dan", "11.200\t1\t2\ta b 'c'"]
    assert form.read({name: data}, name).firing.pin.tolist() == [1, 2, 1, 2, 3]
    assert form.recognises(name, data)


def test_signs_that_an_encoding_lacks_become_pinyin_or_are_refused(demo_plan):
    plan = replace(demo_plan, firing=replace(demo_plan.firing, effect=("Ölfeuer 红", "b", "c", "d", "e")))
    western = profile(encoding="cp1252", bom=False, columns=[*MADE_UP["columns"][2:], {"field": "ignition"}])
    (data,) = western.write(plan).values()
    assert "Ölfeuer Hong".encode("cp1252") in data
    chinese = profile(encoding="gb18030", bom=False)
    (data,) = chinese.write(plan).values()
    assert "Ölfeuer 红".encode("gb18030") in data
    assert chinese.read({"a.SHW": data}, "a").firing.effect[0] == "Ölfeuer 红"
    with pytest.raises(Unfit, match="cannot be written in cp1252"):
        profile(encoding="cp1252", bom=False).write(plan)  # its column names are Chinese


def test_forbidden_signs_and_long_names(demo_plan):
    form = profile(forbidden="/\\", longest_name=12)
    (data,) = form.write(demo_plan).values()
    assert "Gold Com ..." in data.decode("utf-8-sig")
    assert "/" not in profile(forbidden="/").write(demo_plan)["Demo.SHW"].decode("utf-8-sig")


@pytest.mark.parametrize("row", [("x", 256, 1, 0), ("x", 1, 16, 0), ("x", 1, 1, -1)])
def test_addresses_and_times_are_bounded(row, firing_plan):
    with pytest.raises(Unfit, match="c1"):
        profile().write(firing_plan([row]))


def test_rows_are_bounded(firing_plan):
    with pytest.raises(Unfit, match="3 events"):
        profile(max_rows=2).write(firing_plan([("x", 1, k, k) for k in range(3)]))


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"source": " "}, "source"),
        ({"confidence": "U"}, "confidence"),
        ({"delimiter": "ab"}, "delimiter"),
        ({"tick_us": 7}, "tick_us must divide"),
        ({"tick_us": 40_000}, "clock times need"),
        ({"id": "cobra-6"}, "built-in"),
        ({"id": "../x"}, "id must be"),
        ({"suffix": "/x"}, "suffix"),
        ({"columns": [{"field": "module"}, {"field": "pin"}]}, "'ignition', or 'effect' and 'prefire'"),
        ({"columns": [{"field": "__import__('os')"}]}, "field"),
        ({"columns": [{"field": "pin"}, {"field": "ignition"}]}, "'module' is needed"),
        ({"columns": [*MADE_UP["columns"], {"field": "pin"}]}, "stands twice"),
        ({"addresses": {"module_lo": 5, "module_hi": 1, "pin_lo": 0, "pin_hi": 1}}, "range of modules"),
        ({"head": ["a\nb"]}, "one line"),
        ({"code": "x"}, "code"),
        ({"encoding": "rot13"}, "encoding"),
    ],
)
def test_a_bad_profile_says_why(change, word):
    with pytest.raises(BadFile, match=re.escape(word)):
        profile(**change)


@pytest.mark.parametrize("text", ["", "[", "[" * 90_000, "NaN", '{"id": 1e999}', "\ud800", "x" * 200_000])
def test_what_is_no_profile_at_all(text):
    with pytest.raises(BadFile):
        load_profile(text)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("# rows", "# lines", "line 2: '# rows: {rows}' was expected"),
        ("#END", "#FIN", "'#END' was expected"),
        ("00:00:13.25", "later", "line 6: a time as clock"),
        (";325;", ";3.25;", "line 6: a time as hundredths"),
        (";02;1;", ";0G;1;", "line 6: a whole number was expected for module"),
        (";100mm", "", "line 6: 8 columns"),
    ],
)
def test_bad_files_name_the_line(old, new, place, demo_plan):
    ((name, data),) = profile().write(demo_plan).items()
    with pytest.raises(BadFile, match=re.escape(place)):
        profile().read({name: data.replace(old.encode(), new.encode())}, name)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    encoding=st.sampled_from(["ascii", "utf-8", "utf-16-le", "cp1252", "gb18030"]),
    bom=st.booleans(),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    line_end=st.sampled_from(["\r\n", "\n", "\r"]),
    quoting=st.sampled_from(["excel", "all", "none"]),
    form=st.sampled_from(["seconds", "clock", "ms", "tenths", "hundredths", "frames"]),
    tick=st.sampled_from([1000, 10_000, 40_000, 100_000]),
    base=st.sampled_from([10, 16]),
    pad=st.integers(0, 5),
    kind=st.sampled_from(["ignition", "effect"]),
    names=st.lists(st.text(max_size=12), min_size=5, max_size=5),
    rise=st.integers(0, 9_000_000),
)
def test_any_profile_reads_back_what_it_wrote(
    encoding, bom, delimiter, line_end, quoting, form, tick, base, pad, kind, names, rise, demo_plan
):
    columns = [
        {"field": kind, "name": "t", "as": form, "base": base, "pad": pad},
        {"field": "prefire", "name": "p", "as": form, "base": base},
        {"field": "name", "name": "n"},
        {"field": "pin", "name": "a", "base": base, "pad": pad},
        {"field": "module", "name": "b"},
    ]
    try:
        made = profile(
            encoding=encoding, bom=bom and encoding.startswith("utf"), delimiter=delimiter, line_end=line_end,
            quoting=quoting, tick_us=tick, frames_per_second=25, columns=columns,
        )  # fmt: skip
    except BadFile:
        assume(False)
    bloom = frozen(demo_plan.firing.ignition_us + rise, "int64", (None,))
    plan = replace(demo_plan, firing=replace(demo_plan.firing, effect=tuple(names), bloom_us=bloom))
    files = made.write(plan)
    read = made.read(files, "a")
    agreement = compared(plan, made.carried(plan), read, made.resolution(plan), "x")
    assert not [f for f in agreement.findings if f.severity == "block"]
    assert 2 * agreement.time_us <= tick
    for got, exact in zip(sorted(read.firing.bloom_us.tolist()), sorted(bloom.tolist()), strict=True):
        assert 2 * abs(got - exact) <= tick
    (name,) = files
    assert made.recognises(name, files[name])
