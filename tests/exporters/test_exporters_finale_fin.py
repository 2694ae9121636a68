import io
import re
import time
import zipfile

import pytest
from exporters.finale import FINALE_FIN, FinaleFin, Switches
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.finding import blocks
from showeditor.safety.check import check

TABLES = (
    "##partsHeader|partNumber|description|partType|size|internalDelay\n"
    "##partsRow|P1|Red Peony|Shells|75mm|2.8\n"
    "##partsRow|P2|Gold Comet|Comets|45mm|\n"
    "##scriptHeader|x|externalDelay|actionTime|partNumber|duration|railAddress|pinAddress\n"
    "##scriptRow||0|00:11.200|P1|1.6|01|2\n"
    "##scriptRow||0|01:10.000|P2|1.5|02|1\n"
    "##scriptRow||0|01:12.000|DMX|1.5||\n"
).replace("|", "\t")


def fin(text=TABLES, name="show_tables.txt", **more):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text if isinstance(text, bytes) else text.encode())
        for other, data in more.items():
            archive.writestr(other, data)
    return target.getvalue()


def read(data, form=FINALE_FIN):
    return form.read({"a.fin": data}, "a.fin")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_show_is_read_and_what_is_unsure_is_said(encoding):
    plan = read(fin(TABLES.encode(encoding)))
    assert plan.firing.effect == ("Red Peony", "Gold Comet")
    assert plan.firing.ignition_us.tolist() == [11_200_000, 70_000_000]
    assert plan.firing.bloom_us.tolist() == [14_000_000, 70_000_000]
    assert list(zip(plan.firing.module.tolist(), plan.firing.pin.tolist(), strict=True)) == [(1, 2), (2, 1)]
    assert [(f.code, f.severity) for f in plan.problems] == [
        ("FINALE-ACTION", "warn"),
        ("FINALE-READ", "note"),
        ("FIRING-LEFT-OUT", "note"),
    ]
    wide = read(fin(TABLES.replace("||0|01:10".replace("|", "\t"), "|y|0.5|01:10".replace("|", "\t"))))
    assert next(f.ids for f in wide.problems if f.code == "FIRING-LEFT-OUT") == ("externaldelay", "x")
    assert not blocks(check(plan))


def test_action_time_as_the_effect():
    plan = read(fin(), FinaleFin(Switches(action_time="effect")))
    assert plan.firing.ignition_us.tolist() == [8_400_000, 70_000_000]


def test_it_is_read_only(firing_plan):
    assert not FINALE_FIN.writes
    assert not FINALE_FIN.carried(firing_plan())
    with pytest.raises(Unfit, match="finale-csv instead"):
        FINALE_FIN.write(firing_plan())


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"", "a zip archive"),
        (b"PK\x03\x04 torn", "a zip archive"),
        (fin(name="other.txt"), "show_tables.txt: this member was expected"),
        (fin(**{"../evil.txt": b"x"}), "../evil.txt"),
        (fin(**{"/evil.txt": b"x"}), "/evil.txt"),
        (fin("##scriptRow\tx\n"), "line 1: ##scriptHeader was expected"),
        (fin("##partsHeader\tpartNumber\n"), "a table ##scriptHeader"),
        (fin(TABLES.replace("railAddress", "rail")), "'railaddress' of ##scriptHeader is missing"),
        (fin(TABLES.replace("00:11.200", "NaN")), "show_tables.txt line 5: actionTime"),
        (fin(TABLES.replace("\t01\t2", "\t1A\t2")), "line 5: a whole number"),
        (fin(TABLES.replace("\t01\t2", "\t01\t2\t3")), "line 5: 7 cells"),
        (fin(b"##\xff\xff\xff"), "text in"),
        (fin(b"##a\0b\n"), "NUL"),
    ],
)
def test_bad_files_name_the_member_and_line(data, place):
    with pytest.raises(BadFile, match=re.escape(place)):
        read(data)


def test_a_bomb_is_not_unpacked():
    start = time.process_time()
    with pytest.raises(BadFile, match=r"zip bomb|at most"):
        read(fin(b"\0" * 200_000_000))
    with pytest.raises(BadFile, match="this member was expected"):
        read(fin(b"", name="inner.fin", **{"show_tables.fin": fin()}))  # a zip in a zip stays shut
    assert time.process_time() - start < 4
