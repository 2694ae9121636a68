import re
from dataclasses import dataclass
from importlib.metadata import EntryPoint

import pytest
from showeditor.export.format import Format
from showeditor.export.registry import GROUP, collect, format_named, formats, formats_json
from showeditor.model.errors import BadInput


@dataclass
class Stranger:
    """A format of somebody else's package."""

    id: str = "stranger"
    title: str = "A stranger"
    title_zh: str = "外来"
    status: str = "beta"
    reads: bool = True
    writes: bool = False
    limits: dict[str, int] = None

    def carried(self, plan):
        return None

    resolution = remarks = write = carried

    def read(self, files, name):
        return None

    recognises = read


stranger = Stranger()
impostor = Stranger(id="skyc")
nameless = Stranger(id="other")


def point(name, what, module=__name__):
    return EntryPoint(name, f"{module}:{what}", GROUP)


def test_built_in_formats_are_found_and_whole():
    found = formats()
    assert list(found)[:4] == ["cobra-3", "cobra-4", "cobra-5", "cobra-6"]
    assert {"skyc", "skyb"} <= set(found)
    for name, one in found.items():
        assert isinstance(one, Format)
        assert one.id == name
        assert one.title.isascii()
        assert not one.title_zh.isascii()
    with pytest.raises(TypeError):
        found["x"] = stranger


def test_list_for_the_command_line():
    rows = formats_json()
    assert set(rows[0]) == {"id", "title", "reads", "writes", "status", "limits", "options"}
    cobra = next(r for r in rows if r["id"] == "cobra-5")
    assert cobra["limits"]["channel_hi"] == 99
    assert cobra["limits"]["tick_us"] == 10_000


def test_a_stranger_may_add_but_not_replace():
    assert list(collect([point("stranger", "stranger")])) == ["stranger"]
    with pytest.raises(BadInput, match="built-in format id 'skyc'"):
        collect([point("skyc", "impostor")])
    with pytest.raises(BadInput, match="built-in format id 'vviz'"):
        collect([point("vviz", "stranger")])


def test_nobody_but_a_profile_is_called_one():
    with pytest.raises(BadInput, match="those of profiles"):
        collect([point("profile:x", "stranger")])


def test_two_claims_of_one_id_stop_the_start():
    with pytest.raises(BadInput, match="claimed twice"):
        collect([point("stranger", "stranger"), point("stranger", "nameless")])
    with pytest.raises(BadInput, match="claimed twice"):
        collect([EntryPoint("skyc", "exporters.skyc:SKYC", GROUP), point("skyc", "impostor")])


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (point("x", "missing"), "cannot be loaded"),
        (point("x", "y", "no_such_module_at_all"), "cannot be loaded"),
        (point("x", "GROUP"), "does not offer"),
        (point("stranger", "nameless"), "calls itself 'other'"),
    ],
)
def test_broken_entries_are_named(entry, words):
    with pytest.raises(BadInput, match=re.escape(words)):
        collect([entry])


def test_unknown_ids_list_the_known_ones():
    with pytest.raises(BadInput, match=r"'skyd'.*skyc"):
        format_named("skyd")
