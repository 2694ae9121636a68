"""Nothing that somebody types raises anything but BadInput, and nothing takes long."""

import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from showeditor.effects.reading import as_json, read
from showeditor.effects.words import vocabulary
from showeditor.model.errors import BadInput

WORDS = sorted([*vocabulary().phrases, *vocabulary().han])
NUMBERS = st.builds(
    "{}{}".format,
    st.one_of(st.integers(-20, 1200), st.floats(-1e6, 1e6).map("{:g}".format), st.sampled_from(["1e9", "00", "."])),
    st.sampled_from(["mm", '"', "s", " Shot", "m", " PFT", " LFT", " DLY", " DUR", " CDS", " HTM", " Degrees", "号",
                     "发", "", " Rows", "s PFT", "in", "%"]),
)  # fmt: skip
ROWS = st.builds(
    "{}({}{}{}{})".format,
    st.sampled_from(["", "Row 1 ", "Rows 2-4 ", "Row 1,3 ", "1 Row ", ", "]),
    st.sampled_from(["", "0.5/", "-1/", "9999999/"]),
    st.text("abcz0-5", max_size=9),
    st.sampled_from(["", "/FNT", "/XYZ", "/CAK", "/STR/2"]),
    st.sampled_from(["", "*", "/", "/2"]),
)
SIGNS = st.sampled_from(
    ["+", "&", "w/", ",", "(a)", "(b)", "R45", "L180", "R999", "{", "}", "(", ")", "\0", "\x1b", "¼", "\U0001d7d7"]
)
SENTENCES = st.lists(st.one_of(st.sampled_from(WORDS), NUMBERS, ROWS, SIGNS), max_size=16).map(" ".join)
TEXTS = st.one_of(SENTENCES, st.text(max_size=80), st.text('+&,;(){}/"-. 0123456789wamsRrL红牡丹变', max_size=80))


def answered(text):
    start = time.process_time()
    said = ""
    try:
        device = read(text)
    except BadInput as error:
        said = str(error)
    assert (len(said) < 400 and said.strip()) or read(device.normalised) == device
    if not said:
        json.dumps(as_json(device))
    assert time.process_time() - start < 2.0, text


@settings(max_examples=600, deadline=None)
@given(TEXTS)
def test_any_text_is_read_or_refused(text):
    answered(text)


@pytest.mark.long
@pytest.mark.timeout(3600)
@settings(max_examples=100_000, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(TEXTS)
def test_a_hundred_thousand_texts_are_read_or_refused(text):
    answered(text)
