"""The language reference, line by line: worked examples of vdl.md sections 1 to 11, and every word it names."""

import re

import pytest
from showeditor.effects.colouring import colours
from showeditor.effects.looks import families
from showeditor.effects.nearness import distance
from showeditor.effects.reading import as_json, read
from showeditor.effects.words import nearest, vocabulary
from showeditor.model.errors import BadInput
from showeditor.model.look import Template
from showeditor.model.plan import ShotKind


def layers(text, role=None):
    return [layer for layer in read(text).shots[0].layers if role is None or layer.role == role]


EXAMPLES = {
    "Flame Projector L105": "30mm Flame L105",
    '5" Red Peony With Bouquet': "125mm Red Peony w/ Mine",
    "Red To Bright Green Chrysanthemum": "75mm Red To Bright Green Chrysanthemum",
    "Red Peony w/ Big Blue Pistil": "75mm Red Peony w/ Big Blue Pistil",
    "Yellow Flashing Falling Leaves w/ Red Tail": "75mm Yellow Strobing Falling Leaves w/ Red Tail",
    "Red Comet + Gold Comet Cake": "30mm Red Comet + Gold Comet Cake",
    "Red & White & Blue Chain Of 6": "75mm Red & White & Blue Chain Of 6",
    "Gold Comet w/ Red Mine": "45mm Gold Comet w/ Red Mine",
    "Gold Palm With Red Ring": "75mm Gold Palm w/ Red Ring",
    "Red Dahlia w/ Red Tail": "75mm Red Dahlia w/ Red Tail",
    "Gold Chrysanthemum With Blue": "75mm Gold Chrysanthemum w/ Blue",
    "50mm 21.0s 4.0 PFT 10 Shot RC 1.0 DLY Pink Peony w/ Green Mine 3.0 LFT":
        "50mm 21s 4 PFT 1 DLY 10 Shot Pink Peony w/ Green Mine 3 LFT Candle",
    '3" 8s Red Peony + Blue Peony + Gold Willow + Blue Peony + Red Peony Chain Of 5':
        "75mm 8s Red Peony + Blue Peony + Gold Willow + Blue Peony + Red Peony Chain Of 5",
    "30mm 49 Shot 5s (a) Red Pearl + (b) Blue Pearl Cake Z-Shape, 7 Rows, Row 1,3,5 (aaaaaaa), "
    "Row 2,4,6 (bbbbbbb), Row 7 (1.2/abababa/FNT)":
        "30mm 5s 49 Shot (a) Red Pearl + (b) Blue Pearl Cake Z-Shape, 7 Rows, Row 1 (aaaaaaa), Row 2 (bbbbbbb), "
        "Row 3 (aaaaaaa), Row 4 (bbbbbbb), Row 5 (aaaaaaa), Row 6 (bbbbbbb), Row 7 (1.2/abababa/FNT)",
    "30mm 0.6 PFT 11 Shot Cake (a) 1.6 LFT Red Dahlia w/ Red Tail + (b) Green Dahlia w/ Green Tail, 1 Row (ab/FNT)":
        "30mm 0.6 PFT 11 Shot (a) Red Dahlia w/ Red Tail 1.6 LFT + (b) Green Dahlia w/ Green Tail Cake, 1 Row, "
        "Row 1 (ab/FNT)",
}  # fmt: skip


@pytest.mark.parametrize("text", EXAMPLES)
def test_every_worked_example_reads_whole(text):
    device = read(text)
    assert not device.unknown
    assert device.normalised == EXAMPLES[text]
    assert read(device.normalised) == device
    assert read(text.upper()) == device


# vdl.md section 3: every term of the table, each alone
TERMS = (
    "Peony, Chrysanthemum, Dahlia, Willow, Kamuro, Brocade, Brocade Crown, Palm, Coconut, Coconut Palm, Horsetail, "
    "Crossette, Spider, Ring, Atomic Rings, Crown, Flower, Salute, Ghost Shell, Shell-Of-Shells, Half-And-Half, "
    "Falling Leaves, Bouquet, Bombette, Comet, Tail, Mine, Gas Mine, Pearl, Tourbillion, Flare, Gerb, Fountain, "
    "Waterfall, Strobe, Spinner, Saxon, Wheel, Time Rain, Whistle, Report, Serpent, Go-Getter, Hummer, Parachute, "
    "Senko, Flame Projector, DMX safety channel, DMX Pre-Heat, Sparks, Cryo, Confetti, Streamer, Flame"
)
STYLES = (
    "Glitter, Glittering, Crackle, Crackling, Strobe, Flashing, Blink, Twinkle, Flicker, Time Rain, Whistle, Report, "
    "Serpent, Go-Getter, Hummer, Split, Smoke, Parachute, Senko, Wave, Multi-Color, Variegated, Changing, Ghost"
)
DEVICES = "Cake, Slice, Candle, Roman Candle, RC, Chain"


@pytest.mark.parametrize("term", TERMS.split(", "))
def test_every_effect_word_is_an_effect(term):
    device = read(term)
    assert not device.unknown
    assert all(shot.layers for shot in device.shots)
    assert read(device.normalised) == device
    coloured = read(f"Blue {term}")
    assert not coloured.unknown
    assert coloured != device or "DMX" in term


@pytest.mark.parametrize("term", STYLES.split(", "))
def test_every_style_changes_a_peony(term):
    plain, styled = read("Red Peony"), read(f"Red {term} Peony")
    assert not styled.unknown
    assert styled.shots[0].layers != plain.shots[0].layers
    assert read(styled.normalised) == styled


@pytest.mark.parametrize("term", DEVICES.split(", "))
def test_every_device_of_many_shots(term):
    device = read(f"30mm 5 Shot Red Comet {term}")
    assert not device.unknown
    assert len(device.shots) == 5


PAIRS = (
    "Big, Small, Bright, Dim, Bright Trail, Dim Trail, Bright Tip, Dim Tip, Dense, Sparse, Thick, Thin, "
    "Long Trail, Short Trail, Long, Short, Droopy, Ragged, Uniform"
)


def measure(word, look):
    return {
        "Big": look.speed_mps, "Bright": look.brightness, "Bright Trail": look.trail_brightness,
        "Bright Tip": look.brightness, "Dense": look.stars, "Thick": look.size_m, "Long Trail": look.trail_s,
        "Long": look.life_s, "Ragged": look.speed_jitter,
    }[word]  # fmt: skip


@pytest.mark.parametrize(
    ("more", "less"),
    [("Big", "Small"), ("Bright", "Dim"), ("Bright Trail", "Dim Trail"), ("Bright Tip", "Dim Tip"),
     ("Dense", "Sparse"), ("Thick", "Thin"), ("Long Trail", "Short Trail"), ("Long", "Short"), ("Ragged", "Uniform")],
)  # fmt: skip
def test_adjectives_in_three_strengths_that_repeat(more, less):
    def of(words):
        return measure(more, layers(f"150mm {words} Gold Chrysanthemum", "main")[0].look)

    scale = [
        *(of(f"{strength} {less}") for strength in ("Very", "", "Slightly")), of(""),
        *(of(f"{strength} {more}") for strength in ("Slightly", "", "Very")),
    ]  # fmt: skip
    assert scale == sorted(set(scale))
    assert of(f"{more} {more}") > of(more)


def test_every_adjective_is_known():
    for word in PAIRS.split(", "):
        assert read(f"{word} Red Fountain").unknown == ()


def test_the_colours_are_those_of_the_table():
    table = {
        "Ruby": (0.95, 0.10, 0.30), "Lime": (0.35, 0.70, 0.11), "Sky Blue": (0.20, 0.50, 0.80),
        "Indigo": (0.50, 0.25, 1.15), "Plum": (0.70, 0.10, 0.50), "Gold Tip": (0.80, 0.70, 0.05),
        "Gamboge Tip": (1.00, 0.35, 0.05), "Dark": (0.0, 0.0, 0.0),
    }  # fmt: skip
    for name, rgb in table.items():
        assert layers(f"{name} Peony", "main")[0].look.colour == rgb
    assert layers("Aqua Peony", "main")[0].look.colour == table["Sky Blue"]
    named = {name for name in colours() if not name.endswith(" Tip")}
    assert len(named) == 29
    assert {f"{name} Tip" for name in named} <= colours().keys()


def test_a_change_of_three_colours_keeps_them_all():
    (layer,) = layers("Red To White To Blue Peony", "main")
    assert layer.colours == ("Red", "White", "Blue")
    assert layer.look.via == (colours()["White"][0],)
    assert (layer.look.colour, layer.look.colour_to) == (colours()["Red"][0], colours()["Blue"][0])
    assert as_json(read("Red To White To Blue Peony"))["shots"][0]["layers"][0]["colours"] == ["Red", "White", "Blue"]
    assert read("Red To White To Blue Peony").normalised == "75mm Red To White To Blue Peony"


def test_colours_side_by_side_in_a_comet():
    red, blue = layers("45mm Red & Blue Comet", "main")
    assert (red.rides, blue.rides) == (True, False)
    assert (red.colours, blue.colours) == (("Red",), ("Blue",))


def test_tips_colour_the_star_and_leave_the_trail():
    (layer,) = layers("Gold Willow w/ Red Tips", "main")
    assert layer.look.colour == colours()["Red"][0]
    assert layer.look.trail_colour == layers("Gold Willow", "main")[0].look.trail_colour
    assert layers("Gold Willow Red Tip", "main")[0].look == layer.look
    assert layers("Gold Tip Peony", "main")[0].look.trail_s == 0
    assert layers("No Trail Gold Peony", "main")[0].look.trail_s == 0
    assert layers("No Trail Kamuro", "main")[0].look.trail_s == 0


@pytest.mark.parametrize(
    "shape", ["Chrysanthemum", "Willow", "Palm", "Coconut", "Brocade", "Kamuro", "Horsetail", "Crossette"]
)
def test_shapes_that_imply_a_trail(shape):
    assert layers(f"Red {shape}", "main")[0].look.trail_s > 0
    assert any(layer.role == "tail" for layer in layers("Red Peony Rocket"))


def test_colour_change_words():
    assert len(layers("Multi-Color Peony", "main")) == 5
    assert len(layers("Variegated Peony", "main")) == 3
    assert len(layers("Red & Green Changing Peony", "main")[0].colours) == 2
    ghosts = layers("Red Ghost Shell", "main")
    assert {layer.colours for layer in ghosts} == {("Dark", "Red")}
    assert len({layer.look.change_at for layer in ghosts}) == 3


def test_scopes_of_the_timing_terms():
    # PFT of a cake is the lift of its first shot only
    device = read("30mm 2 PFT 2 Shot (a) Red Peony + (b) Blue Peony Cake")
    assert device.shots[0].rise_us == 2_000_000
    assert device.shots[1].rise_us != 2_000_000
    # LFT holds for its shot, HTM for its ingredient, DUR for the stars, CDS before its shell
    device = read("30mm 2 Shot (a) Red Peony 1.5 LFT + (b) Blue Peony 40 HTM 2.5 DUR Cake")
    assert (device.shots[0].rise_us, device.shots[1].height_m) == (1_500_000, 40)
    assert device.shots[1].layers[0].look.life_s == 2.5
    assert device.shots[0].height_m != 40
    gaps = [s.ignition_us for s in read("75mm Red Peony + Blue Peony 0.5 CDS + White Peony 2 CDS Chain").shots]
    assert gaps == [0, 500_000, 2_500_000]
    # DLY waits before everything; PFT counts it in
    shell = read("75mm 1 DLY 3 PFT Red Peony")
    assert (shell.prefire_us, shell.shots[0].rise_us) == (3_000_000, 2_000_000)
    assert read("45mm 0.2 PFT Red Comet").prefire_us == 200_000


@pytest.mark.parametrize(
    ("text", "count"),
    [("Red Peony Chain", 10), ("Red Peony Chain Of 4", 4), ("Red Peony Chain 3", 3),
     ("Red Peony + Blue Peony + Gold Willow Chain", 3), ("Red Peony + Blue Peony Chain Of 7", 7)],
)  # fmt: skip
def test_how_many_shells_a_chain_has(text, count):
    assert len(read(text).shots) == count


@pytest.mark.parametrize("text", ["Red Peony Finale", "Red Peony String"])
def test_only_the_word_chain_makes_a_chain(text):
    assert len(read(text).shots) == 1
    assert len(read(text).unknown) == 1


@pytest.mark.parametrize("degrees", [15, 30, 45, 60, 75, 90, 105, 120, 135, 150, 165, 180])
@pytest.mark.parametrize(("side", "sign"), [("R", 1), ("l", -1)])
def test_angles(side, sign, degrees):
    assert read(f"Flame Projector {side}{degrees}").shots[0].angle_deg == sign * degrees


BODY = "Z-Shape X-Shape C-Shape V-Shape W-Shape R-Shape Zipper Bookend Wipe Peacock Angle Fan".split()


@pytest.mark.parametrize("word", BODY)
def test_every_pattern_word_of_a_cake(word):
    device = read(f"30mm 20 Shot 10s Red Comet Cake {word}")
    assert not device.unknown
    assert len(device.shots) == 20
    assert len({s.angle_deg for s in device.shots}) > 1


@pytest.mark.parametrize(
    "rows",
    ["Row 1-2 (aab)", "Rows 1-2 (aab)", "2 Rows, Row 1,2 (aab)", "Row 1 (aab), Row 2 (aab)", "2 Rows (aab), (aab)"],
)
def test_every_way_to_write_rows(rows):
    before = read(f"30mm (a) Red Comet + (b) Blue Comet Cake, {rows}")
    behind = read(f"30mm Cake (a) Red Comet + (b) Blue Comet, {rows}")
    assert before == behind
    assert [s.layers[0].colours[0] for s in before.shots] == ["Red", "Red", "Blue"] * 2


def test_exact_rows_repeat_angle_and_delay_and_end_the_stated_duration():
    device = read("30mm 4.16s (a) Red Peony Cake, 1 Row (-45a500/a/45a0/-45a/0a/CAK)")
    assert [s.angle_deg for s in device.shots] == [-45, -45, 45, -45, 0]
    assert [s.ignition_us for s in device.shots] == [0, 500_000, 1_000_000, 1_000_000, 1_000_000]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("30mm 20 Shot Red Comet Cake, 3 Rows, Row 1 (aaaaaaa), Row 2 (aaaaaaaaa), Row 3 (aaa)", "row 2 fires 9"),
        ("30mm 49 Shot (a) Red Comet Cake, 7 Rows, Row 1-6 (aaaaaaa), Row 7 (aaaaaa)", "row 7 fires 6"),
        ("30mm 3 Shot Red Comet Cake, 5 Rows", "row 4 has none"),
        ("30mm Red Comet Cake, Row 1 (aab)", r"fires \(b\)"),
        ("30mm Red Comet Cake, Row 2 (a!)", "row .a!."),
    ],
)
def test_rows_that_do_not_add_up_are_named(text, place):
    with pytest.raises(BadInput, match=place):
        read(text)


def test_and_is_guessed_and_said_so():
    assert read("Red and Blue Peony") == read("Red & Blue Peony")
    assert any("no fixed meaning" in note for note in read("Red and Blue Peony").notes)
    assert read("Red & Blue Peony").notes == ()


def test_unknown_words_stay_with_their_nearest():
    found = as_json(read("75mm Red Sparkli Peony w/ Blue Pistl"))
    assert found["unknown"] == ["Sparkli", "Pistl"]
    assert found["nearest"]["Pistl"] == "Pistil"
    assert "{Sparkli}" in found["normalised"]


@pytest.mark.parametrize(
    ("slip", "meant"),
    [("Crysanthemum", "Chrysanthemum"), ("Wilow", "Willow"), ("Brocaed", "Brocade"), ("Dhalia", "Dahlia"),
     ("Croset", "Crossette"), ("Chrysanth", "Chrysanthemum"), ("Aqau", "Sky Blue"), ("牡单", "Peony"),
     ("锦管", "Kamuro"), ("慧星", "Comet"), ("椰数", "Palm"), ("xyzzy", ""), ("Peony", ""), ("井", "")],
)  # fmt: skip
def test_slips_of_hand_and_ear_find_the_word_that_was_meant(slip, meant):
    assert nearest(slip) == meant


def test_a_swap_is_less_than_two_mistakes_and_a_homophone_less_than_one():
    assert distance("brocaed", "brocade") < distance("brocxxe", "brocade")
    assert 0.0 < distance("牡单", "牡丹") < distance("牡口", "牡丹") == 1.0


def test_ten_thousand_unknown_letters_are_kept():
    text = "75mm Red Peony " + " ".join(f"qz{n}" for n in range(1900))
    found = as_json(read(text))
    assert len(found["unknown"]) == 1900
    assert "{qz1899}" in found["normalised"]


def test_a_strength_said_twice_counts_twice():
    once, twice = (read(f"75mm {word} Big Peony").shots[0].layers[0].look.speed_mps for word in ("Very", "Very Very"))
    assert twice > once * 1.2
    assert read("75mm Very Very Big Peony").normalised == "75mm Very Big Very Big Peony"


def test_a_half_and_half_peony_has_no_word_too_many():
    assert read("Half-And-Half Red & Green Peony") == read("Red & Green Half-And-Half")


def test_a_row_beyond_those_counted_is_named():
    with pytest.raises(BadInput, match="row 3 is fired, but the cake has 2 rows"):
        read("30mm 10 Shot Cake (a) Red Comet, 2 Rows, Row 1 (aaa), Row 3 (aaa)")


def test_exact_rows_that_last_otherwise_than_stated_are_noted():
    assert "last 0.5 s, but 6 s" in read("30mm 6s Cake (a) Red Comet, 1 Row (-20a500/20a/CAK)").notes[0]
    assert read("30mm 0.5s Cake (a) Red Comet, 1 Row (-20a500/20a/CAK)").notes == ()


def test_chinese_changes_of_colour():
    assert read("红到绿牡丹") == read("Red To Green Peony")


GLOSSARY = {
    "6号红牡丹": "150mm Red Peony", "金菊": "Gold Chrysanthemum", "金柳": "Gold Willow", "锦冠": "Kamuro",
    "银椰树": "Silver Palm", "45mm金彗星": "45mm Gold Comet", "红地礼": "Red Mine", "红花束": "Red Mine",
    "礼花弹 红牡丹": "Red Peony Shell", "30毫米 20发 红彗星 扇形 组合烟花": "30mm 20 Shot Red Comet Fan Cake",
    "罗马烛光 红珠": "Roman Candle Red Pearl", "单发 银彗星": "Single Shot Silver Comet", "冷光": "Cold Spark",
    "银瀑布": "Silver Waterfall", "架子烟花": "Set Piece", "红彗星 Z形 组合": "Red Comet Z-Shape Cake",
    "红彗星 V形 组合": "Red Comet V-Shape Cake", "红彗星 孔雀开屏 组合": "Red Comet Peacock Cake",
    "红变白变蓝 Peony": "Red To White To Blue Peony", "千轮": "Shell-Of-Shells", "十字": "Crossette",
    "落叶": "Falling Leaves", "很大 红牡丹 带 银芯": "Very Big Red Peony w/ Silver Pistil", "孔明灯": "Sky Lantern",
    "红色烟雾 地礼": "Red Smoke Mine", "降落伞": "Parachute", "彩色牡丹": "Multi-Color Peony", "河灯": "Water Lantern",
}  # fmt: skip


@pytest.mark.parametrize("text", GLOSSARY)
def test_the_chinese_glossary(text):
    assert read(text) == read(GLOSSARY[text])
    assert not read(text).unknown


def test_every_style_that_stands_for_an_effect_can_be_written():
    styles = {word.text for word in vocabulary().phrases.values() if word.kind == "style"}
    besides = {family.beside for family in families().values()} - {""}
    assert besides <= styles


@pytest.mark.parametrize("effect", sorted(families()))
def test_every_family_reads_back(effect):
    device = read(f"Very Bright Red To Blue {effect} w/ Gold Tail")
    assert not device.unknown
    assert read(device.normalised) == device


@pytest.mark.parametrize(
    ("text", "category", "kind"),
    [("Flame", "Flames", ShotKind.OTHER), ("Waterfall", "Set pieces", ShotKind.OTHER),
     ("Sky Lantern", "Lanterns", ShotKind.OTHER), ("Smoke Pot", "Smoke", ShotKind.OTHER),
     ("Cold Spark", "Fountains", ShotKind.OTHER), ("Confetti", "Stage", ShotKind.OTHER),
     ("Tourbillion", "Comets", ShotKind.COMET), ("Gas Mine", "Mines", ShotKind.MINE),
     ("Mine w/ Bombettes", "Mines", ShotKind.MINE), ("Crossette Comet", "Comets", ShotKind.COMET),
     ("Crossette", "Shells", ShotKind.SHELL)],
)  # fmt: skip
def test_classes(text, category, kind):
    assert (read(text).category, read(text).shots[0].kind) == (category, kind)


def test_half_and_half_has_a_colour_on_each_side():
    left, right = layers("Red & Blue Half-And-Half", "main")
    assert left.look.template is right.look.template is Template.SINGLE
    assert (left.colours, right.colours) == (("Red",), ("Blue",))
    assert all(x < 1e-9 for x, _, _ in left.directions)
    assert all(x > -1e-9 for x, _, _ in right.directions)
    assert len(left.directions) == len(right.directions) == 80


def test_braces_and_quotes_survive():
    text = read('3" Red {odd thing} Peony').normalised
    assert re.search(r"\{odd thing\}", text)


def test_colours_share_the_directions_of_a_break():
    shells = layers("200mm Multi-Color Shell-Of-Shells", "main")
    assert len(shells) == 5
    ways = [way for layer in shells for way in layer.directions]
    assert len(ways) == len(set(ways)) >= 9
    assert len({layer.children[0].colours for layer in shells}) == 5
