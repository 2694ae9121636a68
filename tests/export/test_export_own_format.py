"""The template of a stranger's format: found, held to the gate, and kept from what is not its business."""

import tomllib
from dataclasses import replace
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from showeditor.export import gate, registry
from showeditor.export.foreign import read_foreign
from showeditor.export.format import Format
from showeditor.export.gate import Refused, publish, verify
from showeditor.export.registry import GROUP, collect
from showeditor.model.arrays import frozen
from showeditor.model.errors import BadFile, BadInput, Unfit
from showeditor.model.plan import ControllerSpec, Plan

from plans_by_hand import DEMO, firing_of, small_swarm

MAIN = ControllerSpec("main", "", "any make", 0, 99, 1, 18, 1000, "test")
TEMPLATE = Path(__file__).resolve().parents[2] / "docs" / "own-format"


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """The template as an installer leaves it: the package and its entry points on the path."""

    def install(entries=None):
        project = tomllib.loads((TEMPLATE / "pyproject.toml").read_text())["project"]
        place = tmp_path / "site"
        info = place / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
        )
        points = entries or project["entry-points"][GROUP]
        lines = [f"[{GROUP}]", *(f"{name} = {value}" for name, value in points.items()), ""]
        (info / "entry_points.txt").write_text("\n".join(lines))
        (place / "plainlist").symlink_to(TEMPLATE / "plainlist")
        monkeypatch.syspath_prepend(place)
        return collect(entry_points(group=GROUP))

    return install


@pytest.fixture
def plan():
    return Plan(title="Demo", duration_us=60_000_000, firing=firing_of(DEMO, None, 75.0), controllers=(MAIN,))


def use(monkeypatch, known):
    for room in (registry, gate):
        monkeypatch.setattr(room, "formats", lambda: known)
    monkeypatch.setattr("showeditor.export.foreign.formats", lambda: known)


def test_the_template_has_60_lines_and_is_found_last(installed):
    assert len((TEMPLATE / "plainlist" / "__init__.py").read_text().splitlines()) <= 60
    known = installed()
    assert list(known)[-1] == "plain-list"
    assert isinstance(known["plain-list"], Format)


def test_it_is_published_verified_and_read_like_any_other(installed, plan, tmp_path, monkeypatch):
    use(monkeypatch, installed())
    out = tmp_path / "out"
    receipt = publish(plan, ["plain-list"], out)
    assert [f.id for f in receipt.formats] == ["plain-list"]
    assert verify(out) == ()
    assert (out / "show.plain").read_bytes().startswith(b"plain list 1\n10000 1 1\n")
    assert read_foreign(out / "show.plain").firing.ignition_us.tolist() == [t for *_, t in DEMO]
    (out / "show.plain").write_bytes((out / "show.plain").read_bytes().replace(b"11200", b"11201"))
    assert [f.code for f in verify(out)] == ["VERIFY-CHANGED"]
    (out / "show.plain").write_bytes(b"plain list 1\n1 2\nend\n")
    with pytest.raises(BadFile, match="three whole numbers"):
        read_foreign(out / "show.plain")


@pytest.mark.parametrize("taken", ["skyc", "cobra-6"])
def test_it_cannot_take_the_place_of_ours(installed, taken):
    with pytest.raises(BadInput, match=taken):
        installed({taken: "plainlist:PLAIN_LIST"})


def watched(known, **changes):
    """The stranger's format with some of its functions replaced, and a list of what its `write` was given."""
    seen = []
    plain = known["plain-list"]

    class Watched(type(plain)):
        def write(self, *args, **more):
            seen.append((args, more))
            return changes.get("write", super().write)(*args, **more)

    return {**known, "plain-list": Watched()}, seen


def test_it_is_handed_a_plan_and_nothing_else(installed, plan, tmp_path, monkeypatch):
    known, seen = watched(installed())
    use(monkeypatch, known)
    publish(plan, ["plain-list"], tmp_path / "out")
    (((handed,), more),) = seen
    assert isinstance(handed, Plan)
    assert not more
    assert str(tmp_path) not in repr(handed)


def test_it_is_not_even_asked_for_a_plan_that_is_not_clear(installed, tmp_path, monkeypatch):
    known, seen = watched(installed())
    use(monkeypatch, known)
    swarm = small_swarm()
    meeting = replace(
        swarm.drones, home_m=frozen(swarm.drones.home_m * 0.1, "float64", (None, 3)), ctrl=swarm.drones.ctrl * 0.1
    )
    with pytest.raises(Refused):
        publish(replace(swarm, drones=meeting, firing=firing_of(DEMO, None, 75.0)), ["plain-list"], tmp_path / "out")
    assert seen == []
    assert not (tmp_path / "out").exists()


def test_what_it_moves_or_drops_is_noticed(installed, plan, tmp_path, monkeypatch):
    original = installed()["plain-list"]
    known, _ = watched(
        collect(entry_points(group=GROUP)),
        write=lambda p: {"show.plain": original.write(p)["show.plain"].replace(b"11200", b"11300")},
    )
    use(monkeypatch, known)
    with pytest.raises(Refused, match=r"the file says 0:11\.300"):
        publish(plan, ["plain-list"], tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["../show.plain", "/etc/show.plain", "a/../../b", "receipt.json", "con.txt"])
def test_names_that_leave_the_folder_are_refused(installed, plan, tmp_path, monkeypatch, name):
    known, _ = watched(installed(), write=lambda p: {name: b"x"})
    use(monkeypatch, known)
    with pytest.raises(Unfit, match="file name"):
        publish(plan, ["plain-list"], tmp_path / "out")
    assert list(tmp_path.glob("*.plain")) == []
    assert not (tmp_path / "out").exists()


def test_a_format_that_cannot_read_back_is_not_published(installed, plan, tmp_path, monkeypatch):
    known = dict(installed())
    deaf = type(known["plain-list"])()
    deaf.reads = False
    use(monkeypatch, {**known, "plain-list": deaf})
    with pytest.raises(BadInput, match="must be able to write and to read back"):
        publish(plan, ["plain-list"], tmp_path / "out")
