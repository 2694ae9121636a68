"""MIDI timecode against mido's parser and encoder."""

import mido
import pytest
from hypothesis import given
from hypothesis import strategies as st
from showeditor.audio.mtc import MtcListener, full_frame, quarter_frame
from showeditor.model.timecode import RATES

rates = st.sampled_from(sorted(RATES)).map(lambda name: RATES[name])


def nibbles(stream: bytes) -> dict[int, int]:
    parser = mido.Parser()
    parser.feed(stream)
    return {m.frame_type: m.frame_value for m in parser}


@given(rates, st.integers(0, 2_500_000))
def test_mido_reads_the_quarter_frames(rate, label):
    start = 8 * (label // 2)
    n = nibbles(b"".join(quarter_frame(rate, start + k) for k in range(8)))
    found = (
        (n[6] | (n[7] & 1) << 4),
        n[4] | n[5] << 4,
        n[2] | n[3] << 4,
        n[0] | n[1] << 4,
    )
    assert found == rate.fields_of(start // 4)
    assert n[7] >> 1 == rate.mtc_code


@given(rates, st.integers(-1000, 2_500_000))
def test_mido_reads_the_full_frame(rate, label):
    message = mido.Message.from_bytes(full_frame(rate, label))
    assert message.type == "sysex"
    assert message.data[:4] == (0x7F, 0x7F, 1, 1)
    assert (message.data[4] & 31, *message.data[5:]) == rate.fields_of(label)
    assert message.data[4] >> 5 == rate.mtc_code


@given(rates, st.integers(0, 2_000_000), st.integers(0, 7), st.integers(30, 60))
def test_what_is_sent_is_heard(rate, label, lead, count):
    listener = MtcListener(rate)
    start = 4 * label + lead
    heard = [(q, listener.feed(quarter_frame(rate, q))) for q in range(start, start + count)]
    places = [(q, p.quarter) for q, p in heard if p]
    assert places
    assert all(q % (4 * rate.day_frames) == p for q, p in places)
    assert all(p.moves == 1 and p.code == rate.mtc_code for _, p in heard if p)


def test_backwards_and_places_to_go():
    rate = RATES["25"]
    listener = MtcListener(rate)
    places = [listener.feed(quarter_frame(rate, q)) for q in range(807, 790, -1)]
    assert [p.moves for p in places if p] == [-1, -1]
    assert [p.quarter for p in places if p] == [800, 792]
    place = listener.feed(full_frame(rate, 1000))
    assert place is not None
    assert (place.quarter, place.moves) == (4000, 0)


def test_a_lost_piece_costs_one_label_and_noise_none():
    rate = RATES["30"]
    listener = MtcListener(rate)
    heard = [listener.feed(quarter_frame(rate, q)) for q in range(64) if q != 11]
    assert [p.quarter for p in heard if p] == [7, 23, 31, 39, 47, 55, 63]
    assert listener.feed(b"\x90\x40\x40") is None
    assert listener.feed(b"") is None
    assert listener.feed(bytes((0xF0, 0x7F, 0x7F, 1, 1, 0x7F, 0x7F, 0x7F, 0x7F, 0xF7))) is None


@pytest.mark.parametrize("name", sorted(RATES))
def test_rates_that_midi_can_tell_apart(name):
    listener = MtcListener(RATES["25"])
    place = listener.feed(full_frame(RATES[name], 108_000))
    assert place is not None
    assert place.code == {"24": 0, "25": 1, "29.97df": 2, "29.97": 3, "30": 3}[name]
    assert place.quarter == 4 * 108_000
