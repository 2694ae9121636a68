import re

import pytest
from exporters.merlin import MERLIN
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.finding import blocks
from showeditor.safety.check import check

# worked sample of the format notes 4.4; our plans know no product numbers
SAMPLE = """Shot Number,Shot Time,Break Time,Number Of Devices,Devices Per Piece,Number Of Pieces,Product ID,\
Mfg And Mfg ID,Item Name,Caliber,Angles,Position Name,Module Type,Module Address,Slat Address,Pin Number,Notes
1,00:00:10.00,00:00:10.00,1,1,1,SKU0001,,Gold Comet w/ Red Mine,45mm,|,Pos-01,,1,,1,
2,00:00:11.20,00:00:14.00,1,1,1,SKU0002,,Red Peony 3in,75mm,|,Pos-01,,1,,2,
3,00:00:13.25,00:00:16.50,1,1,1,SKU0003,,Blue To Silver Chrysanthemum,100mm,|,Pos-02,,2,,1,
4,00:00:20.00,00:00:20.00,1,1,1,SKU0004,,36 Shot Fan Cake,30mm,|,Pos-02,,2,,2,
5,00:00:36.35,00:00:40.25,1,1,1,SKU0005,,Gold Kamuro 5in,125mm,|,Pos-01,,1,,3,
"""


def read(text):
    return MERLIN.read({"a.csv": text.encode() if isinstance(text, str) else text}, "a.csv")


def test_demo_show_is_the_worked_sample(demo_plan):
    ((name, data),) = MERLIN.write(demo_plan).items()
    assert name == "Demo.csv"
    assert data == re.sub("SKU[0-9]+", "", SAMPLE).replace("\n", "\r\n").encode("ascii")


@pytest.mark.parametrize("edition", ["new", "old"])
def test_the_sample_is_read_and_checked(edition):
    text = SAMPLE.replace("Product ID,Mfg And Mfg ID", "ProductID,VendorID") if edition == "old" else SAMPLE
    plan = read(text)
    assert plan.firing.ignition_us.tolist() == [10_000_000, 11_200_000, 13_250_000, 20_000_000, 36_350_000]
    assert plan.firing.bloom_us.tolist() == [10_000_000, 14_000_000, 16_500_000, 20_000_000, 40_250_000]
    assert not blocks(check(plan))


def test_a_pair_is_one_row_with_the_art_of_both(firing_plan):
    plan = firing_plan([('红牡丹 3"', 1, 1, 13_245_000), ("b, c", 1, 1, 13_245_000)])
    row = MERLIN.write(plan)["Demo.csv"].decode("ascii").split("\r\n")[1]
    assert row == '1,00:00:13.25,00:00:13.25,2,1,2,,,"Hong Mu Dan 3in + b, c",75mm,||,P1,,1,,1,'


def test_no_address(firing_plan):
    with pytest.raises(Unfit, match="no module and pin"):
        MERLIN.write(firing_plan([("x", -1, -1, 0)]))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (SAMPLE.replace("Pin Number", "Pin"), "line 1: the columns of a Merlin script were expected, 'pin number'"),
        (SAMPLE.replace("00:00:13.25", "soon"), "line 4: shot and break time"),
        (SAMPLE.replace(",1,,2,", ",1,,b,"), "line 3: whole numbers"),
        (SAMPLE.replace(",,36 Shot", ",36 Shot"), "line 5: 17 columns were expected, found 16"),
    ],
)
def test_bad_scripts_name_the_line(text, place):
    with pytest.raises(BadFile, match=re.escape(place)):
        read(text)
