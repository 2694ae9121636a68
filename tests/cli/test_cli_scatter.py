"""`showeditor scatter`: one seed one answer at any number of workers, JSON, and bad input in one line."""

import json
from pathlib import Path

import pytest
from showeditor.cli import main

SHOW = str(Path(__file__).resolve().parents[2] / "shows/yun-qi-he-wan/yun-qi-he-wan.show")


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["scatter", *arguments])
    out, err = capsys.readouterr()
    return code, out, err


def test_json_is_the_same_at_any_number_of_workers(capsys: pytest.CaptureFixture[str]) -> None:
    one, two = (said(capsys, SHOW, "--runs", "32", "--workers", n, "--json") for n in ("1", "2"))
    assert one == two
    answer = json.loads(one[1])
    assert (answer["trials"], answer["seed"]) == (32, 960)
    assert answer["drones"]["landings"] == 32 * 120
    assert answer["duds"]["landings"] > 0
    areas = [c["area_m2"] for c in answer["duds"]["contours"]]
    assert areas == sorted(areas)
    assert [c["share"] for c in answer["duds"]["contours"]] == [0.5, 0.95, 0.999]
    assert 0.0 <= answer["drones"]["in_audience"] < 0.5
    assert said(capsys, SHOW, "--runs", "32", "--seed", "7", "--json")[1] != one[1]


def test_a_person_reads_one_line_for_each_kind(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, SHOW, "--runs", "16")
    assert code == 0
    assert out.count("landings; 50 % on ") == 3


@pytest.mark.parametrize("arguments", [["--runs", "0"], ["--workers", "-1"], ["--cell", "0"], ["--seed", "-5"]])
def test_bad_numbers_are_one_line(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    code, out, err = said(capsys, SHOW, *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
