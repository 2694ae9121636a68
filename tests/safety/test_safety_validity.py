"""Rule packs in time and in hand: dates against the day of the show, tables entered by two, packs that tighten."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safety_plans import cue, fireworks, quiet
from showeditor.model.assets import asset
from showeditor.model.errors import BadFile, BadInput
from showeditor.model.plan import ShotKind
from showeditor.safety.check import check
from showeditor.safety.packs import Distance, Figure, Pack, Tilt, load_pack, read_pack
from showeditor.safety.validity import judge_validity

NFPA = load_pack("nfpa-1123")


def dated(**changes: object) -> Pack:
    days = {
        key: date.fromisoformat(value) if key.endswith(("_on", "_from")) else value for key, value in changes.items()
    }
    return msgspec.structs.replace(NFPA, **days)


def codes(pack: Pack, day: str) -> list[str]:
    return [f.code for f in judge_validity(pack, day)]


@pytest.mark.parametrize(
    ("changes", "day", "expected"),
    [
        ({}, "", []),
        ({"superseded_by": "newer"}, "2027-01-01", ["SAFE-003"]),
        ({"superseded_by": "newer", "superseded_on": "2027-01-01"}, "2026-12-31", []),
        ({"superseded_by": "newer", "superseded_on": "2027-01-01"}, "2027-01-01", ["SAFE-003"]),
        ({"superseded_by": "newer", "superseded_on": "2027-01-01"}, "", ["SAFE-003"]),
        ({"superseded_on": "2027-01-01"}, "2027-01-02", ["SAFE-003"]),
        ({"effective_from": "2027-01-01"}, "2026-12-31", ["SAFE-004"]),
        ({"effective_from": "2027-01-01"}, "2027-01-01", []),
        ({"effective_from": "2027-01-01"}, "", ["SAFE-006"]),
    ],
)
def test_packs_hold_on_their_days(changes: dict[str, object], day: str, expected: list[str]) -> None:
    assert codes(dated(**changes), day) == expected


def test_a_base_that_is_superseded_blocks_what_tightens_it() -> None:
    assert codes(msgspec.structs.replace(NFPA, id="ours", under=dated(superseded_by="newer")), "") == ["SAFE-003"]


def own(folder: Path, pack_id: str, **changes: object) -> None:
    data = json.loads(asset("rules", "cn.json").read_text("utf-8"))
    data.update(id=pack_id, **changes)
    (folder / f"{pack_id}.json").write_text(json.dumps(data), "utf-8")


ENTERED = [{"device": "shell", "per_mm": 2.0, "source": "official table", "confidence": "S"}]


@pytest.mark.parametrize(
    ("entered", "checked", "clear"),
    [("", "", False), ("王", "", False), ("Wang Wei", " wang  wei ", False), ("Wang Wei", "Li Na", True)],
)
def test_the_chinese_table_needs_two_persons(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entered: str, checked: str, clear: bool
) -> None:
    own(tmp_path, "cn", distances=ENTERED, entered_by=entered, checked_by=checked)
    monkeypatch.setenv("SHOWEDITOR_RULES", str(tmp_path))
    found = [f.code for f in check(replace(quiet(), rules="cn")) if f.severity == "block"]
    assert found == ([] if clear else ["SAFE-005"])


def test_a_half_filled_chinese_table_still_blocks_what_it_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own(tmp_path, "cn", distances=ENTERED, entered_by="a", checked_by="b")
    monkeypatch.setenv("SHOWEDITOR_RULES", str(tmp_path))
    plan = replace(quiet(), rules="cn", **fireworks(cue("c", kind=ShotKind.COMET, calibre=45)))
    assert [f.code for f in check(plan) if f.severity == "block"] == ["FWK-004"]


def test_an_own_pack_may_not_take_the_place_of_a_shipped_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own(tmp_path, "nfpa-1123", distances=ENTERED)
    own(tmp_path, "cn", distances=ENTERED, table="shipped")
    own(tmp_path, "ours", base="ours")
    own(tmp_path, "theirs", under=None, base="mars")
    monkeypatch.setenv("SHOWEDITOR_RULES", str(tmp_path))
    for pack in ("nfpa-1123", "cn", "ours", "theirs"):
        with pytest.raises(BadInput):
            load_pack(pack)


def test_a_pack_on_a_base_drops_no_signature_and_allows_no_more_to_be_signed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign = {"code": "FWK-007", "roles": ["safety officer", "cook"], "source": "own", "confidence": "I"}
    own(tmp_path, "ours", base="cn", approval=None, signable=[sign])
    approval = {"roles": ["mayor"], "source": "own", "confidence": "I"}
    own(tmp_path, "theirs", base="cn", approval=approval)
    monkeypatch.setenv("SHOWEDITOR_RULES", str(tmp_path))
    roles = load_pack("cn").approval.roles
    assert load_pack("ours").approval.roles == roles
    assert load_pack("ours").signable == ()
    assert load_pack("theirs").approval.roles == (*roles, "mayor")


def test_a_file_does_not_hold_its_base() -> None:
    data = json.loads(asset("rules", "de-f4.json").read_text("utf-8"))
    data["under"] = dict(data)
    with pytest.raises(BadFile, match="names its base"):
        read_pack(json.dumps(data).encode(), "de-f4.json")


figures = st.none() | st.floats(0, 400)
tightenings = st.builds(
    lambda rows, tilt, special, building, wind: msgspec.structs.replace(
        NFPA,
        id="ours",
        distances=tuple(
            Distance(device, "own", "I", calibre_max_mm=c, audience_m=a, per_mm=p) for device, c, a, p in rows
        ),
        tilt=tuple(Tilt(m, f, "own", "I") for m, f in tilt),
        special_factor=Figure(special, "own", "I"),
        building_m=Figure(building, "own", "I"),
        max_wind_mps=Figure(wind, "own", "I"),
    ),
    st.lists(
        st.tuples(
            st.sampled_from(["shell", "comet", "mine", "other"]),
            st.none() | st.floats(20, 400),
            figures,
            st.none() | st.floats(0, 3),
        ),
        max_size=4,
    ),
    st.lists(st.tuples(st.floats(0, 90), st.floats(0, 3)), max_size=3),
    figures,
    figures,
    st.none() | st.floats(1, 30),
)


@given(
    tightenings,
    st.sampled_from(["nfpa-1123", "nfpa-1126", "de-f4", "tokyo-2", "cn", "design-envelope"]),
    st.sampled_from(["shell", "comet", "mine", "other"]),
    st.floats(20, 500),
    st.floats(1, 400),
    st.floats(0, 40),
)
@settings(max_examples=150, deadline=None)
def test_a_pack_only_tightens_its_base(
    pack: Pack, base: str, device: str, calibre: float, height: float, tilt: float
) -> None:
    under = load_pack(base)
    ours = msgspec.structs.replace(pack, under=under)

    def stricter(a: float | None, b: float | None) -> bool:
        return b is None if a is None else b is None or b >= a

    assert stricter(under.distance_m(device, calibre, height, 9.0), ours.distance_m(device, calibre, height, 9.0))
    assert stricter(under.tilt_factor(tilt), ours.tilt_factor(tilt))
    for figure in ("special", "building"):
        known = getattr(under, figure)()
        assert known is None or getattr(ours, figure)() >= known
    wind = under.wind_limit_mps()
    assert wind is None or ours.wind_limit_mps() <= wind


@given(tightenings, st.integers(-260, -120), st.integers(0, 25))
@settings(max_examples=25, deadline=None)
def test_a_tightened_pack_removes_no_finding(pack: Pack, y: int, tilt: int) -> None:
    plan = replace(quiet(), **fireworks(cue("a", at=(0, y, 0), tilt=tilt), cue("b", calibre=150, at=(0, y - 20, 0))))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("showeditor.safety.check.load_pack", lambda _: NFPA)
        before = {(f.code, i) for f in check(plan) if f.severity == "block" for i in f.ids}
        patch.setattr("showeditor.safety.check.load_pack", lambda _: msgspec.structs.replace(pack, under=NFPA))
        after = {(f.code, i) for f in check(plan) if f.severity == "block" for i in f.ids}
    # beyond the tilts of a pack a cue blocks as a whole (FWK-007) instead of for its distance
    apart = {i for code, i in after if code == "FWK-007"}
    assert {pair for pair in before if pair[1] not in apart} <= after


def test_proximate_distance_is_twice_the_fallout() -> None:
    pack = load_pack("nfpa-1126")
    assert pack.distance_m("comet", 30, 25, 12.5) == 25.0
    assert pack.distance_m("mine", 30, 25, 1.0) == 4.57
    assert pack.distance_m("comet", 30, 25) is None
    assert pack.distance_m("shell", 75, 110, 30.0) is None
