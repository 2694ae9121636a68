"""The table of drone models: every row with its source, bad tables refused with a place."""

import json

import pytest
from showeditor.model.errors import BadFile, BadInput
from showeditor.model.limits import Limits
from showeditor.planning.models import drone_model, drone_models, read_models

ROW = {
    "id": "x",
    "title": "X",
    "limits": {"min_gap_m": 2.0},
    "takeoff_speed_mps": 1.0,
    "takeoff_altitude_m": 5.0,
    "landing_speed_mps": 1.0,
    "source": "a book",
    "confidence": "S",
}


def table(*rows: dict[str, object]) -> bytes:
    return json.dumps({"about": "", "models": rows}).encode()


def test_every_row_says_where_it_comes_from() -> None:
    rows = drone_models()
    assert len(rows) >= 5
    for row in rows:
        assert row.source.strip()
        assert row.confidence.strip()


def test_the_first_rows_are_what_their_sources_say() -> None:
    stated = Limits(max_yaw_rate_dps=30.0, max_light_steps_hz=50.0)
    assert drone_model("skybrush-default").limits == stated
    drotek = drone_model("drotek-recommended").limits
    assert (drotek.min_gap_m, drotek.max_speed_xy_mps, drotek.max_accel_mps2) == (1.5, 3.5, 1.5)


def test_an_unknown_model_is_refused_with_the_known_ones() -> None:
    with pytest.raises(BadInput, match=r"'kite' is not known; known are skybrush-default"):
        drone_model("kite")


@pytest.mark.parametrize("field", ["source", "confidence"])
@pytest.mark.parametrize("value", [None, "", "   "])
def test_a_row_without_source_or_confidence_is_refused(field: str, value: str | None) -> None:
    row = {k: v for k, v in ROW.items() if k != field} | ({} if value is None else {field: value})
    with pytest.raises(BadFile, match=field):
        read_models(table(row), "models.json")


def test_a_bad_number_a_double_id_and_no_json_are_refused() -> None:
    with pytest.raises(BadFile, match="min_gap_m"):
        read_models(table(ROW | {"limits": {"min_gap_m": -1}}), "models.json")
    with pytest.raises(BadFile, match="stands twice"):
        read_models(table(ROW, ROW), "models.json")
    with pytest.raises(BadFile, match="not JSON"):
        read_models(b"{", "models.json")
