import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from showeditor.effects.description import write
from showeditor.effects.grammar import parse
from showeditor.effects.looks import colours, families
from showeditor.effects.patterns import BODY_PATTERNS, PATTERNS
from showeditor.effects.reading import as_json, read
from showeditor.effects.words import vocabulary
from showeditor.model.errors import BadInput
from showeditor.model.look import Template
from showeditor.model.plan import ShotKind


def layers(text, role=None):
    found = [layer for layer in read(text).shots[0].layers if role is None or layer.role == role]
    assert found, f"{text} has no layer {role}"
    return found


def main(text):
    return layers(text, "main")[0]


def test_inches_and_bouquet():
    device = read('5" Red Peony With Bouquet')
    assert device.calibre_mm == 125
    assert device.category == "Shells"
    assert main('5" Red Peony With Bouquet').look.colour == colours()["Red"][0]
    assert not layers('5" Red Peony With Bouquet', "mine")[0].at_break


def test_colour_change_binds_the_adjective_to_its_own_part():
    layer = main("Red To Bright Green Chrysanthemum")
    assert layer.colours == ("Red", "Green")
    assert layer.look.colour_to == colours()["Green"][0]
    assert layer.look.change_at < 1
    assert layer.look.trail_s > 0
    assert read("Red To Bright Green Chrysanthemum").normalised == "75mm Red To Bright Green Chrysanthemum"


@pytest.mark.parametrize("order", ["Big Blue Pistil", "Blue Pistil Big", "Pistil Big Blue"])
def test_pistil(order):
    text = f"Red Peony w/ {order}"
    (pistil,) = layers(text, "pistil")
    assert pistil.colours == ("Blue",)
    plain = layers("Red Peony w/ Blue Pistil", "pistil")[0]
    assert plain.look.speed_mps < pistil.look.speed_mps < main(text).look.speed_mps


def test_several_colours_share_the_stars_of_one_effect():
    alone = main("150mm Red Peony").look.stars
    shared = layers("150mm Red & White & Blue Peony", "main")
    assert [layer.colours for layer in shared] == [("Red",), ("White",), ("Blue",)]
    assert sum(layer.look.stars for layer in shared) == pytest.approx(alone, abs=3)


def test_chain_of_tricolour_shells():
    device = read("Red & White & Blue Chain Of 6")
    assert len(device.shots) == 6
    assert device.calibre_mm == 75


def test_chain_has_equal_gaps_from_first_to_last_ignition():
    device = read('3" 8s Red Peony + Blue Peony + Gold Willow + Blue Peony + Red Peony Chain Of 5')
    assert [s.ignition_us for s in device.shots] == [0, 2_000_000, 4_000_000, 6_000_000, 8_000_000]
    assert [s.layers[0].effect for s in device.shots] == ["Peony", "Peony", "Willow", "Peony", "Peony"]
    assert device.duration_us == 8_000_000


def test_latency_below_half_a_second_and_lift_above():
    assert read("75mm Red Peony 0.3 PFT").shots[0].latency_us == 300_000
    lifted = read("75mm Red Peony 2.8 PFT").shots[0]
    assert (lifted.latency_us, lifted.rise_us) == (0, 2_800_000)
    delayed = read("75mm Red Peony 1 DLY 2.8 PFT")
    assert delayed.prefire_us == 2_800_000


def test_the_documented_candle_timing_is_consistent():
    device = read("50mm 21.0s 4.0 PFT 10 Shot RC 1.0 DLY Pink Peony w/ Green Mine 3.0 LFT")
    assert device.category == "Candles"
    assert device.prefire_us == 4_000_000
    assert device.duration_us == 21_000_000
    assert len(device.shots) == 10


def test_exact_heights_and_times_are_kept():
    shot = read("100mm 90m Gold Willow").shots[0]
    assert shot.height_m == 90
    assert shot.muzzle_mps < read("100mm Gold Willow").shots[0].muzzle_mps
    assert main("100mm Gold Willow 6 DUR").look.life_s == 6.0


def test_a_comet_is_lit_from_the_tube_and_rides_its_path():
    device = read("45mm Gold Comet w/ Red Mine")
    assert device.category == "Comets"
    assert device.prefire_us == 0
    assert [(layer.effect, layer.rides, layer.at_break) for layer in device.shots[0].layers] == [
        ("Comet", True, False),
        ("Mine", False, False),
    ]
    assert device.shots[0].kind is ShotKind.COMET


def test_what_flies_highest_is_the_body():
    assert read("75mm Red Mine w/ Gold Comet").category == "Comets"
    assert read("Gold Comet w/ Strobe").category == "Comets"


def test_styles():
    assert main("Red Strobing Willow").look.strobe_hz > 0
    assert main("Strobe Willow").effect == "Willow"
    assert main("Strobe Willow").look.strobe_hz > 0
    assert main("White Strobe").effect == "Strobe"
    assert main("Gold Glittering Kamuro").look.glitter > 0.7
    assert main("Crackling Chrysanthemum").look.crackle > 0


def test_trails():
    assert main("Red Peony").look.trail_s == 0
    assert main("Gold Peony").look.trail_s > 0
    assert main("Gold Tip Peony").look.trail_s == 0
    assert main("No Trail Chrysanthemum").look.trail_s == 0


def test_adjectives_come_in_three_strengths():
    stars = [main(f"150mm {word} Red Peony").look.stars for word in ("", "Slightly Dense", "Dense", "Very Dense")]
    assert stars == sorted(set(stars))
    repeated = main("150mm Dense Dense Red Peony").look.stars
    assert repeated > main("150mm Dense Red Peony").look.stars
    lives = [main(f"{word} Red Peony").look.life_s for word in ("Very Short", "Short", "", "Long", "Very Long")]
    assert lives == sorted(set(lives))


def test_big_shells_are_full_and_sized_by_the_table():
    assert main("200mm Red Peony").look.stars >= 400
    assert main("300mm Red Peony").look.stars > 550
    assert main("Palm").look.template is Template.PALM
    assert main("Ring").look.template is Template.RING


def test_angles():
    assert [read(f"Red Comet {a}").shots[0].angle_deg for a in ("R45", "L30")] == [45, -30]


def test_unknown_words_are_kept_verbatim_and_reported():
    device = read("75mm Red Dhalia Sparkli w/ Blue Zork")
    assert device.unknown == ("Dhalia", "Sparkli", "Zork")
    assert device.normalised == "75mm Red {Dhalia} {Sparkli} w/ Blue {Zork}"
    assert read("红牡丹 龘").unknown == ("龘",)


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("75毫米 红牡丹", "75mm Red Peony"),
        ("3号红色牡丹", '3" Red Peony'),
        ("100mm 金锦冠", "100mm Gold Kamuro"),
        ("4寸银柳", '4" Silver Willow'),
        ("红变蓝菊", "Red To Blue Chrysanthemum"),
        ("紫椰树 加 金尾", "Purple Palm w/ Gold Tail"),
        ("5号 蓝环 带 白芯", '5" Blue Ring w/ White Pistil'),
        ("45mm 金彗星", "45mm Gold Comet"),
        ("75mm 绿地礼", "75mm Green Mine"),
        ("30mm 49发 黄和橙彗星 扇形 组合 60度", "30mm 49 Shot Yellow & Orange Comet Fan Cake 60 Degrees"),
        ("单发 红彗星", "Single Shot Red Comet"),
        ("很亮 白 Peony", "Very Bright White Peony"),
    ],
)
def test_chinese_reads_as_its_english(chinese, english):
    assert read(chinese) == read(english)
    assert not read(chinese).unknown


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("hello world", "no known effect in 'hello world'"),
        ("红" * 50, "12 colours"),
        ("75mm Dhalia", "did you mean Dahlia"),
        ("-75mm Red Peony", "size must lie between"),
        ("900mm Red Peony", "no shell of 900 mm"),
        ("75mm 100mm Red Peony", "contradicts itself"),
        ("75mm Red Peony\0", r"U\+0000"),
        ("Red Peony + Blue Peony", "Cake, Candle or Chain"),
        ("30mm 5000 Shot Red Comet Cake", "whole number from 1 to 1000"),
        ("1 Shot 0.01 LFT 0.01 PFT Peony Cake", "at least 0.05"),
        ("75mm 900m 1 LFT Peony", "no charge brings"),
        ("123456789012345mm Peony", "too long"),
        ("Red Comet Cake, 1 Row (zz/FNT)", r"fires \(z\)"),
        ("3 Shot Red Comet Cake, 5 Rows", "3 shots cannot have 5 rows"),
        ("Red Comet Cake, Row 1 (a/XYZZY)", "firing pattern 'XYZZY'"),
        ("Red Comet Cake, 1 Row (a50/!/CAK)", "must read"),
    ],
)
def test_what_cannot_be_read_says_why(text, words):
    with pytest.raises(BadInput, match=words):
        read(text)


def test_json_lists_every_shot():
    found = as_json(read("30mm 5 Shot Gold Comet Fan 40 Degrees"))
    assert [shot["angle_deg"] for shot in found["shots"]] == [-20, -10, 0, 10, 20]
    shell = as_json(read("75mm Red Peony"))
    assert shell["shots"][0]["break_s"] == pytest.approx(4.16, abs=0.02)
    assert {"normalised", "unknown", "duration_s", "shots"} <= shell.keys()
    assert {"ignition_s", "break_s", "angle_deg", "calibre_mm", "layers"} <= shell["shots"][0].keys()
    assert shell["shots"][0]["layers"][0]["colours"] == ["Red"]


WORDS = sorted([*vocabulary().phrases, *vocabulary().han])
NUMBERS = st.builds("{}{}".format, st.sampled_from(["3", "2.5", "75", "100", "1", "0.4", "12"]),
                    st.sampled_from(["mm", '"', "s", " Shot", "m", " PFT", " LFT", " DLY", " DUR", " CDS", " HTM",
                                     " Degrees", "号", "发", "", " Rows"]))  # fmt: skip
SIGNS = st.sampled_from(
    ["+", "&", "w/", ",", "(a)", "(b)", "R45", "L30", "{", "}", "Row 1", "Row 2-3", "(ab/FNT)", "(0.5/a/STR/2*)",
     "(a10/-20b/a/CAK)", "Of", "Very", "Zork", "龘", "1,3"]
)  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(WORDS), NUMBERS, SIGNS), max_size=14).map(" ".join)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_the_normalised_text_reads_back_to_the_same_device(text):
    try:
        device = read(text)
    except BadInput:
        return
    assert read(device.normalised) == device


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=60), st.text(alphabet='+&,;(){}/"-. 0123456789wamsRrL红牡丹变', max_size=60)))
def test_nonsense_is_read_or_refused_but_nothing_else(text):
    try:
        description = parse(text)
    except BadInput:
        return
    assert parse(write(description)) == description


@pytest.mark.parametrize(
    "piece",
    ["a", "红", "(", "{", "1", "9" * 9 + " ", "Very ", "w/", "+", "Red Peony + ", "Red ", "-", ".", "To ", "5 Shot ",
     "Row 1-200 (a) ", "w/ Blue Pistil ", "(a)", '"', "1红", "1a", "R4", "To", "((", "{a", "1.", "& "],
)  # fmt: skip
def test_ten_thousand_characters_are_answered_at_once(piece):
    text = (piece * 10_000)[:10_000]
    start = time.perf_counter()
    try:
        read(text)
    except BadInput:
        pass
    assert time.perf_counter() - start < 2.0


def test_every_word_of_the_vocabulary_means_something_real():
    for word in vocabulary().phrases.values():
        if word.kind == "colour":
            assert word.text in colours()
        if word.kind == "effect":
            assert word.text in families()
        if word.kind == "pattern":
            assert word.text in BODY_PATTERNS
    assert len({p.name for p in PATTERNS.values()}) == 25
