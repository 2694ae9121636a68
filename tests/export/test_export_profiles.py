"""Profiles as the program keeps them: found in folders, named by hand, never in the place of another format."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from showeditor.export import profiles
from showeditor.export.gate import publish, verify
from showeditor.export.profiles import SHELF, config_folder, drafts, drafts_of, learn
from showeditor.export.registry import format_named, formats, formats_json, installed
from showeditor.model.errors import BadFile, BadInput
from showeditor.model.plan import ControllerSpec, Plan

from plans_by_hand import firing_of

TEXT = """
id = "mine"
title = "My box"
source = "a test"
confidence = "I"
suffix = ".txt"
encoding = "ascii"
delimiter = "\\t"
quoting = "none"
column_names = false
tick_us = 10000
sort = ["ignition"]
[addresses]
module_lo = 0
module_hi = 9
pin_lo = 1
pin_hi = 120
[[columns]]
field = "ignition"
as = "clock"
[[columns]]
field = "pattern"
text = "{module}-{pin:03}"
[[columns]]
field = "name"
"""


@pytest.fixture(autouse=True)
def shelf(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("APPDATA", str(tmp_path / "config"))
    SHELF.clear()
    yield
    SHELF.clear()


@pytest.fixture
def own():
    folder = config_folder()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def test_a_profile_in_the_users_folder_is_a_format(own):
    (own / "mine.toml").write_text(TEXT)
    assert formats()["profile:mine"].status == "profile"
    assert list(formats())[-1] == "profile:mine"
    assert format_named("profile:mine").title == "My box"
    row = next(r for r in formats_json() if r["id"] == "profile:mine")
    assert row["status"] == "profile"
    assert "a test" in row["limits"]["not_proven"]


def test_without_profiles_the_list_is_that_of_the_installation():
    assert formats() == installed()
    assert not SHELF.problems()


def test_one_beside_the_show_goes_with_the_show(own, tmp_path):
    (own / "mine.toml").write_text(TEXT)
    (tmp_path / "x.profile.toml").write_text(TEXT.replace("My box", "The show's box"))
    (tmp_path / "other.toml").write_text("not a profile")
    SHELF.open_beside(tmp_path)
    assert formats()["profile:mine"].title == "The show's box"
    SHELF.open_beside(None)
    assert formats()["profile:mine"].title == "My box"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('as = "clock"', 'as = "sundial"', "bad.toml: columns[0].as: Invalid enum value 'sundial'"),
        ("tick_us = 10000", "", "bad.toml: profile: Object missing required field `tick_us`"),
        ("tick_us = 10000", "tick_us = 7", "bad.toml: profile: tick_us must divide a second, got 7"),
        ("pin_hi = 120", "pin_hi = true", "bad.toml: addresses.pin_hi: Expected `int`, got `bool`"),
        ('id = "mine"', 'id = "skyc"', "bad.toml: profile: id 'skyc' is the id of a built-in format"),
        ('id = "mine"', "id = mine", "bad.toml: a profile in TOML was expected"),
        ('id = "mine"', 'id = "mine"\ncode = "x"', "bad.toml: profile: Object contains unknown field `code`"),
        ("{module}-", "{module}", "bad.toml: columns[1]: a sign must stand between"),
        ("{module}-", "{modul}-", "bad.toml: columns[1]: a pattern such as"),
    ],
)
def test_a_bad_profile_is_named_with_its_key_and_stops_nothing(own, old, new, words):
    (own / "bad.toml").write_text(TEXT.replace(old, new))
    (own / "good.toml").write_text(TEXT.replace('"mine"', '"good"'))
    assert "profile:good" in formats()
    assert set(formats()) - set(installed()) == {"profile:good"}
    (problem,) = SHELF.problems()
    assert problem.code == "PROFILE-BAD"
    assert words.replace("columns[1]: ", "") in problem.message.replace("profile: a ", "a ").replace("columns[1]: ", "")
    with pytest.raises(BadFile, match="bad"):
        SHELF.add(own / "bad.toml")


def test_two_profiles_of_one_id_are_told(own):
    (own / "a.toml").write_text(TEXT)
    (own / "b.toml").write_text(TEXT)
    assert "profile:mine" in formats()
    assert "id 'profile:mine' is that of a.toml already" in SHELF.problems()[0].message


def test_a_missing_or_binary_profile(tmp_path):
    with pytest.raises(BadFile, match="cannot be read"):
        SHELF.add(tmp_path / "none.toml")
    (tmp_path / "x.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadFile, match="UTF-8"):
        SHELF.add(tmp_path / "x.toml")


def test_a_show_is_published_through_the_gate_as_a_profile_says(tmp_path):
    (tmp_path / "p.toml").write_text(TEXT)
    SHELF.add(tmp_path / "p.toml")
    firing = firing_of([("Red Peony", 2, 7, 1_234_000), ("Mine", 3, 120, 2_000_000)], ["box", "box"])
    spec = ControllerSpec("box", "mine", "My box", 0, 9, 1, 120, 10_000, "a test")
    plan = Plan("Demo", 10**7, firing=firing, controllers=(spec,))
    receipt = publish(plan, ["profile:mine", "finale-csv"], tmp_path / "out")
    assert receipt.formats[0].status == "profile"
    written = (tmp_path / "out" / "profile-mine" / "Demo.txt").read_bytes()
    assert written == b"00:00:01.23\t2-007\tRed Peony\r\n00:00:02.00\t3-120\tMine\r\n"
    assert not [f for f in verify(tmp_path / "out") if f.severity == "block"]


def test_drafts_state_their_source_and_what_is_missing():
    known = drafts()
    assert {"shangyi-tech", "dance-of-fire", "showven", "explo", "pyroneo", "fire-pioneer", "firelinx"} <= set(known)
    assert known["shangyi-tech"]["names"] == ["域", "点火时间", "", "地址", "篇章"]
    assert known["shangyi-tech"]["sort"][0] == "act"
    row = '[[draft]]\nid="x"\ntitle="x"\ntitle_zh="x"\nconfidence="S"\nmissing="x"\nmissing_zh="x"\n'
    with pytest.raises(BadFile, match="x: source was expected"):
        drafts_of(row, "f")
    with pytest.raises(BadInput, match="no draft 'nobody'"):
        learn(profiles.asset("profiles", "drafts.toml"), "nobody")


def test_a_profile_learned_from_a_sample_writes_that_sample_again(tmp_path):
    sample = tmp_path / "dof.TXT"
    sample.write_bytes(b"10.500\t1\t1\tGold Comet\r\n11.200\t1\t2\tRed Peony\r\n13.250\t2\t1\tBlue Mine\r\n")
    text = learn(sample, "dance-of-fire")
    assert "reads 3 rows" in text
    (tmp_path / "p.toml").write_text(text, encoding="utf-8")
    form = SHELF.add(tmp_path / "p.toml")
    plan = form.read({"dof.TXT": sample.read_bytes()}, "dof.TXT")
    assert list(form.write(plan).values()) == [sample.read_bytes()]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xef\xbb\xbftime;module;pin;effect\r\n00:00:01.50;1;2;Mine\r\n00:00:02.00;1;3;Mine\r\n",
         ['delimiter = ";"', "bom = true", 'as = "clock"', "tick_us = 10000", 'field = "module"', "reads 2 rows"]),
        (b"# Box 7\nTime ms,Cue,What\n1500,1,A\n2500,2,B\n",
         ['as = "?"', "say whether they are ms", 'head = ["# Box 7"]', r'line_end = "\n"', "Not complete"]),
        ("时间,模块,点位\r\n1.5,1,1\r\n2.5,1,2\r\n".encode("gb18030"), ['encoding = "gb18030"', "tick_us = 100000"]),
        (b'"1.5","1","2"\r\n"2.5","1","3"\r\n', ['quoting = "all"']),
    ],
)  # fmt: skip
def test_what_a_sample_shows(tmp_path, data, words):
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    text = learn(path)
    for word in words:
        assert word in text


def test_where_a_sample_is_otherwise_than_known(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("域,点火时间,,地址,篇章\r\n1,10.5,7,1-01,开场\r\n1,12.0,7,1-02,开场\r\n".encode())
    text = learn(path, "shangyi-tech")
    assert "bom: True is known of this system, the sample has False" in text
    assert 'field = "act"' in text
    assert 'field = "?"' in text


@pytest.mark.parametrize("data", [b"", b"\0\1\2", b"one\ntwo\n", b"\xff\xff"])
def test_what_is_no_sample(tmp_path, data):
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    with pytest.raises(BadFile):
        learn(path)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.lists(st.text(st.sampled_from('a1.:,;|\t"#云\\n'), max_size=6), min_size=1, max_size=4), max_size=5
    ),
    sign=st.sampled_from([",", ";", "\t", "|"]),
    like=st.sampled_from(["", "shangyi-tech", "dance-of-fire", "pyroneo"]),
    more=st.binary(max_size=20),
)
def test_any_sample_gives_a_text_or_a_clear_refusal(tmp_path, rows, sign, like, more):
    path = tmp_path / "a.csv"
    path.write_bytes("\r\n".join(sign.join(row) for row in rows).encode() + b"\r\n" + more)
    try:
        text = learn(path, like)
    except BadFile:
        return
    (tmp_path / "p.toml").write_text(text, encoding="utf-8")
    try:
        one = profiles.load(tmp_path / "p.toml")
    except BadFile:
        return
    assert one.id.startswith("profile:")
