import pytest
from showeditor.effects.patterns import PATTERNS
from showeditor.effects.reading import read


def shots(text):
    return read(text).shots


def angles(text):
    return [round(s.angle_deg, 3) for s in shots(text)]


def times(text):
    return [s.ignition_us for s in shots(text)]


def test_a_straight_cake_spreads_its_shots_over_its_duration():
    # the duration runs from the first ignition to the last break; a comet blooms when it is lit
    assert times("30mm 5 Shot 8s Red Comet Cake") == [0, 2_000_000, 4_000_000, 6_000_000, 8_000_000]
    assert set(angles("30mm 5 Shot 8s Red Comet Cake")) == {0}


def test_the_last_shell_of_a_cake_breaks_at_its_end():
    device = read("30mm 10 Shot 12s Red Peony Cake")
    assert max(s.bloom_us for s in device.shots) == pytest.approx(12_000_000, abs=2)
    assert device.duration_us == pytest.approx(12_000_000, abs=2)


def test_fans_fire_together_over_the_total_angle():
    text = "30mm 5 Shot Gold Comet Cake 60 Degrees, 1 Row (aaaaa/FNT)"
    assert angles(text) == [-30, -15, 0, 15, 30]
    assert set(times(text)) == {0}
    assert read("5 Shot Gold Comet Fan 60 Degrees").category == "Cakes"
    assert angles("5 Shot Gold Comet Fan 60 Degrees") == [-30, -15, 0, 15, 30]


def test_a_z_shape_goes_there_and_back():
    text = "30mm 6 Shot 5s Red Comet Cake Z-Shape 60 Degrees, 2 Rows"
    assert angles(text) == [-30, 0, 30, -30, 0, 30]
    found = sorted(zip(times(text), angles(text), strict=True))
    assert [angle for _, angle in found] == [-30, 0, 30, 30, 0, -30]
    assert [t for t, _ in found] == [0, 1_000_000, 2_000_000, 3_000_000, 4_000_000, 5_000_000]


def test_the_documented_cake_of_forty_nine():
    text = (
        "30mm 49 Shot 5s (a) Red Pearl + (b) Blue Pearl Cake Z-Shape, 7 Rows, Row 1,3,5 (aaaaaaa), "
        "Row 2,4,6 (bbbbbbb), Row 7 (1.2/abababa/FNT)"
    )
    found = shots(text)
    assert len(found) == 49
    colours = ["".join(s.layers[0].colours[0][0] for s in found[i : i + 7]) for i in range(0, 49, 7)]
    assert colours == ["R" * 7, "B" * 7, "R" * 7, "B" * 7, "R" * 7, "B" * 7, "RBRBRBR"]
    assert {s.ignition_us for s in found[42:]} == {5_000_000}
    # the delay before the last row is kept as written, everything else shares the rest
    gap = found[1].ignition_us - found[0].ignition_us
    assert found[42].ignition_us - (max(s.ignition_us for s in found[:42]) + gap) == pytest.approx(1_200_000, abs=3)


def test_rows_marked_with_a_star_fire_with_the_row_before():
    text = "30mm 4 Shot Red Comet Cake, 2 Rows, Row 1 (aa/STR/2), Row 2 (aa/STR/2*)"
    assert times(text) == [0, 1_000_000, 0, 1_000_000]


def test_an_exact_simulation_keeps_angles_and_delays():
    text = "30mm (a) Red Comet + (b) Blue Comet Cake, 1 Row (-30a250/30b0/0a500/10b/CAK)"
    assert angles(text) == [-30, 30, 0, 10]
    assert times(text) == [0, 250_000, 250_000, 750_000]
    equal = "30mm 6s (a) Red Comet Cake, 1 Row (-30a/a/30a/0a/CAK)"
    assert times(equal) == [0, 2_000_000, 4_000_000, 6_000_000]
    assert angles(equal) == [-30, -30, 30, 0]


def test_labels_that_do_not_fill_the_row_repeat():
    found = shots(
        "30mm 0.6 PFT 11 Shot Cake (a) 1.6 LFT Red Dahlia w/ Red Tail + (b) Green Dahlia w/ Green Tail, 1 Row (ab/FNT)"
    )
    assert len(found) == 11
    assert [s.layers[0].colours[0] for s in found[:4]] == ["Red", "Green", "Red", "Green"]
    assert found[0].rise_us == 1_600_000


W_CASES = [("TRI", [3, 5, 3]), ("TRX", [4, 3, 4])]


@pytest.mark.parametrize(("name", "thirds"), W_CASES)
def test_w_geometry_of_eleven_tubes(name, thirds):
    leans = PATTERNS[name].leans(11)
    assert [leans.count(-1.0), leans.count(0.0), leans.count(1.0)] == thirds


@pytest.mark.parametrize("name", sorted(PATTERNS))
@pytest.mark.parametrize("n", [1, 2, 3, 7, 12])
def test_every_pattern_gives_every_tube_an_angle_and_an_order(name, n):
    pattern = PATTERNS[name]
    leans, ranks = pattern.leans(n), pattern.ranks(n)
    assert len(leans) == len(ranks) == n
    assert all(-1 <= lean <= 1 for lean in leans)
    assert min(ranks) == 0
    assert set(ranks) == set(range(max(ranks) + 1))


@pytest.mark.parametrize(
    ("name", "order"),
    [("STR", [0, 1, 2, 3]), ("STL", [3, 2, 1, 0]), ("FNT", [0, 0, 0, 0]), ("CTO", [1, 0, 0, 1]), ("OTC", [0, 1, 1, 0])],
)
def test_orders(name, order):
    assert PATTERNS[name].ranks(4) == order
