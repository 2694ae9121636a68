import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from showeditor.kernels.decimals import rows_of_text


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(-(10**9), 10**9), st.integers(-20_000, 20_000), st.integers(0, 255)), max_size=9))
def test_the_text_is_what_json_writes_for_the_same_numbers(rows):
    values = np.array(rows, dtype=np.int64).reshape(-1, 3)
    text = rows_of_text(values, (4, 3, 0), ('{"a":', ',"b":', ',"c":', "},"))
    theirs = "".join(
        json.dumps({"a": a / 10**4, "b": b / 10**3, "c": c}, separators=(",", ":")) + "," for a, b, c in values.tolist()
    )
    assert text.decode() == theirs


def test_zero_one_and_the_smallest():
    values = np.array([[0], [1], [-1], [10_000], [-10_010]])
    assert rows_of_text(values, (4,), ("", " ")).split() == [b"0.0", b"0.0001", b"-0.0001", b"1.0", b"-1.001"]
    assert rows_of_text(values[:2], (0,), ("", " ")).split() == [b"0", b"1"]
    assert rows_of_text(values[:0], (4,), ("", " ")) == b""


def test_tables_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="one text more"):
        rows_of_text(np.zeros((2, 2), np.int64), (1,), ("", ""))
    with pytest.raises(ValueError, match="10\\^17"):
        rows_of_text(np.full((1, 1), 10**18), (1,), ("", ""))
