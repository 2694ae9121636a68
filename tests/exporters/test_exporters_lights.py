import numpy as np
import pytest
from exporters.lightcode import Allowance, program, run
from hypothesis import given, settings
from hypothesis import strategies as st
from showeditor.export.assembly import Key

HOUR = 3_600_000_000


def shown(keys, t_us):
    """Colour after any step at `t_us`, by the definition of light keys."""
    last = None
    for k, key in enumerate(keys):
        if key.t_us <= t_us:
            last = k
    if last is None:
        return (0.0, 0.0, 0.0)
    here = np.array(keys[last].rgbw[:3], float)
    if last + 1 < len(keys) and keys[last + 1].fade:
        nxt = keys[last + 1]
        share = (t_us - keys[last].t_us) / (nxt.t_us - keys[last].t_us)
        here = here + (np.array(nxt.rgbw[:3], float) - here) * share
    return tuple(here)


def test_bytes_of_a_small_program():
    keys = [Key(1_000_000, (255, 0, 16, 0)), Key(2_000_000, (255, 255, 255, 0), True), Key(5_000_000, (9, 9, 9, 0))]
    # sleep 50; set colour for 0; fade to white in 50; sleep 150 (two bytes of varuint); gray 9; end
    assert program(keys) == bytes.fromhex(
        "02 32  04 ff 00 10 00  0b 96 01 05 09 00 00".replace("0b 96 01", "0b 32 02 96 01")
    )


def test_white_is_added_to_the_colours():
    assert run(program([Key(0, (10, 250, 0, 20))]), HOUR, Allowance()).keys == [Key(0, (30, 255, 20, 0))]


colours = st.tuples(*(st.integers(0, 255),) * 3, st.just(0))


@given(st.lists(st.tuples(st.integers(1, 400), colours, st.booleans()), min_size=1, max_size=25))
@settings(max_examples=100, deadline=2000)
def test_keys_on_frames_survive_exactly(parts):
    frame, keys = 0, []
    for gap, rgbw, fade in parts:
        frame += gap
        keys.append(Key(frame * 20_000, rgbw, fade and bool(keys)))
    back = run(program(keys), HOUR, Allowance()).keys
    for t in range(0, (frame + 30) * 20_000, 60_013):
        assert shown(back, t) == pytest.approx(shown(keys, t), abs=1e-6)


def test_loops_and_clocks():
    # loop 3 times: set (1,2,3) for 5 frames, black for 5; then wait until frame 100; set white
    code = bytes([0x0C, 3, 4, 1, 2, 3, 5, 6, 5, 0x0D, 3, 100, 7, 1, 0])
    keys = run(code, HOUR, Allowance()).keys
    assert [k.t_us // 20_000 for k in keys] == [0, 5, 10, 15, 20, 25, 100]
    assert keys[-1].rgbw == (255, 255, 255, 0)


def test_an_endless_loop_lasts_as_long_as_the_flight():
    code = bytes([0x0C, 0, 4, 9, 9, 9, 25, 6, 25, 0x0D, 0])
    keys = run(code, 10_000_000, Allowance()).keys
    assert keys[-1].t_us <= 11_000_000
    assert len(keys) == 20 + 2


@pytest.mark.parametrize(
    "code",
    [
        bytes([4, 1, 2]),
        bytes([2, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1]),
        bytes([0x0D]),
        bytes([0x77]),
        bytes([0x12, 0x7F]),
        bytes([0x0C, 2] * 40),
        bytes([0x0C, 0, 4, 1, 1, 1, 1, 0x0D, 0x12, 0]),
        bytes([0x0C, 255] * 15 + [4, 1, 1, 1, 0, 4, 2, 1, 1, 1] + [0x0D] * 15),
        bytes([0x12, 0]),
    ],
)
def test_hostile_programs_end(code):
    with pytest.raises(ValueError, match="light program"):
        run(code, HOUR, Allowance(50_000))


def test_an_endless_loop_that_takes_no_time_is_left():
    assert len(run(bytes([0x0C, 0, 4, 1, 1, 1, 0, 0x0D, 7, 5, 0]), HOUR, Allowance(1000)).keys) == 1


@given(st.binary(max_size=60))
@settings(max_examples=300, deadline=2000)
def test_any_bytes_are_keys_in_order_or_an_error(code):
    try:
        keys = run(code, 60_000_000, Allowance(20_000)).keys
    except ValueError:
        return
    times = [k.t_us for k in keys]
    assert times == sorted(set(times))


def test_pyro_and_remote_colours_are_counted():
    outcome = run(bytes([0x14, 0x81, 0x10, 1, 2, 3, 5, 7, 1, 0]), HOUR, Allowance())
    assert (outcome.pyro, outcome.unknowable) == (1, 1)
    assert outcome.keys == [Key(100_000, (255, 255, 255, 0))]
