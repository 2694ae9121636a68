"""Lists of points: what is read, and every way a list can be broken."""

import pytest
from showeditor.formations.points import draw_csv, read_places
from showeditor.model.errors import BadFile

GOOD = "Name,x_m,y_m,z_m,Red,Green,Blue\nA,0,0,10,255,0,0\nB,3,0,10.5,0,255,0\n"


def test_places_and_colours() -> None:
    drawing = draw_csv(GOOD)
    assert drawing.points.metres.tolist() == [[0, 0, 10], [3, 0, 10.5]]
    assert drawing.colours == ((255, 0, 0), (0, 255, 0))
    assert drawing.path == (0.0, 1.0)


def test_any_order_any_case_other_columns_and_a_byte_order_mark() -> None:
    named = read_places("\ufeffZ_M,note,name,Y_m,X_m\n3,hello,甲,2,1\n\n")
    assert named.names == ("甲",)
    assert named.places_m.tolist() == [[1, 2, 3]]
    assert named.colours == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty"),
        ("Name,x_m,y_m,z_m\n", "no points"),
        ("Name,x_m,y_m\nA,1,2\n", "line 1: no column 'z_m'"),
        ("Name,x_m,y_m,z_m\nA,1,2\n", "line 2: 3 cells"),
        ("Name,x_m,y_m,z_m\nA,1,2,nan\n", "line 2: z_m is 'nan'"),
        ("Name,x_m,y_m,z_m\nA,1,inf,2\n", "line 2: y_m is 'inf'"),
        ("Name,x_m,y_m,z_m\nA,1,two,2\n", "line 2: y_m is 'two'"),
        ("Name,x_m,y_m,z_m\nA,1,1e9,2\n", "within 100 km"),
        ("Name,x_m,y_m,z_m\nA,1,2,3\nA,4,5,6\n", "line 3: the name 'A' stands in line 2"),
        ("Name,x_m,y_m,z_m\n,1,2,3\n", "line 2: the name is empty"),
        ("Name,x_m,y_m,z_m,Red,Green,Blue\nA,1,2,3,0,0,256\n", "line 2: blue is '256'"),
    ],
)
def test_a_broken_list_is_refused_with_the_line(text: str, message: str) -> None:
    with pytest.raises(BadFile, match=message):
        draw_csv(text, "a.csv")
