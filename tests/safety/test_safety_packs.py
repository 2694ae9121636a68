"""Rule packs: what is shipped is sourced; what is not sourced, unknown or torn is refused."""

import json

import pytest
from showeditor.model.assets import asset
from showeditor.model.errors import BadFile, BadInput
from showeditor.safety.packs import load_pack, packs, read_pack


def altered(**changes: object) -> bytes:
    data = json.loads(asset("rules", "de-f4.json").read_text("utf-8"))
    data.update(changes)
    return json.dumps(data).encode()


def test_every_shipped_pack_loads() -> None:
    ids = {pack.id for pack in packs()}
    assert ids >= {"design-envelope", "nfpa-1123", "de-f4", "tokyo-2", "cn"}
    assert [pack.id for pack in packs() if not pack.legal] == ["design-envelope"]


@pytest.mark.parametrize(
    ("pack", "calibre", "height", "metres"),
    [
        ("design-envelope", 75, 110, 100),
        ("design-envelope", 76, 110, 150),
        ("design-envelope", 600, 480, 512),
        ("nfpa-1123", 150, 200, 126),
        ("de-f4", 150, 200, 160),
        ("de-f4", 200, 235, 188),
        ("tokyo-2", 150, 200, 180),
        ("tokyo-1", 76, 110, 140),
    ],
)
def test_shell_distances_are_those_of_the_tables(pack: str, calibre: float, height: float, metres: float) -> None:
    assert load_pack(pack).distance_m("shell", calibre, height) == pytest.approx(metres)


@pytest.mark.parametrize("pack", ["nfpa-1123", "tokyo-2", "cn"])
def test_what_a_source_does_not_say_stays_empty(pack: str) -> None:
    assert load_pack(pack).distance_m("comet", 45, 60) is None


def test_no_pack_but_the_empty_one_lacks_a_bigger_distance_for_a_bigger_shell() -> None:
    for pack in packs():
        if pack.id in ("cn", "nfpa-1126"):
            continue
        steps = [pack.distance_m("shell", c, c + 50) or float("inf") for c in range(20, 900, 5)]
        assert steps == sorted(steps), pack.id


def test_german_tilt_factors() -> None:
    pack = load_pack("de-f4")
    assert [pack.tilt_factor(t) for t in (0, 4, 5, 10, 10.5, 15, 16, 20, 20.5)] == [
        1.0, 1.0, 1.4, 1.4, 1.6, 1.6, 1.8, 1.8, None,
    ]  # fmt: skip


@pytest.mark.parametrize("pack", ["mars", "../cn", "", "CN"])
def test_an_unknown_pack_is_refused(pack: str) -> None:
    with pytest.raises(BadInput):
        load_pack(pack)


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"{", ""),
        (b"[]", ""),
        (altered(extra=1), ""),
        (altered(id="other"), "id"),
        (altered(source=" "), "pack"),
        (altered(distances=[{"device": "shell", "audience_m": 9, "source": "", "confidence": "S"}]), "distances[0]"),
        (altered(distances=[{"device": "shell", "audience_m": 9, "source": "x", "confidence": ""}]), "distances[0]"),
        (altered(distances=[{"device": "shell", "audience_m": 9, "source": "x", "confidence": "U"}]), "distances[0]"),
        (altered(distances=[{"device": "shell", "audience_m": 9, "confidence": "S"}]), ""),
        (altered(tilt=[{"max_deg": 9, "factor": 2, "source": " ", "confidence": "S"}]), "tilt[0]"),
    ],
)
def test_a_row_without_source_or_confidence_is_refused(data: bytes, place: str) -> None:
    with pytest.raises(BadFile) as caught:
        read_pack(data, "de-f4.json")
    assert caught.value.place == place
