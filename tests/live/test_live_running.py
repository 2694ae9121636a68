"""What goes out, when: cues once, nothing made up after jumps, levels by time, packets as others read them."""

import socket
import struct

import mido
import numpy as np
import pytest
import sacn
from hypothesis import given, settings
from hypothesis import strategies as st
from pythonosc.osc_message import OscMessage
from showeditor.audio.clocks import ManualClock
from showeditor.audio.mtc import MtcListener
from showeditor.audio.sound import sound_of
from showeditor.export.gate import publish
from showeditor.export.registry import format_named
from showeditor.live.chase import Reading, State
from showeditor.live.dmx import art_net_packet, levels_at, sacn_group, sacn_packet
from showeditor.live.programme import Changed, Programme, open_published
from showeditor.live.running import MtcSender, Runner, run
from showeditor.live.sending import ArtNetOutput, MidiOutput, OscOutput, SacnOutput, host_and_port
from showeditor.live.sources import SoundSource, published_sound
from showeditor.model.errors import BadInput
from showeditor.model.plan import Plan
from showeditor.model.stage import Dmx, Msc, Osc, StageEvent
from showeditor.model.timecode import RATES, Timecode

from control_by_hand import CAPTIONS, STAGE, with_control

TIMECODE = Timecode("25", "01:00:00:00", 1_000_000)
PROGRAMME = Programme("Demo", 10_000_000, TIMECODE, STAGE, CAPTIONS)


class Ear:
    """An output that keeps what it is given."""

    def __init__(self) -> None:
        self.name = "ear"
        self.actions: list[object] = []
        self.lit: list[tuple[int, bytes]] = []
        self.code: list[bytes] = []

    def cue(self, action) -> bool:
        self.actions.append(action)
        return isinstance(action, (Osc, Msc))

    def levels(self, universe: int, levels: bytes) -> None:
        self.lit.append((universe, levels))

    def timecode(self, message: bytes) -> None:
        self.code.append(message)

    def close(self) -> None:
        pass


def runner(mtc: bool = False, programme: Programme = PROGRAMME) -> tuple[Runner, Ear, list[str]]:
    ear, said = Ear(), []
    return Runner(programme, [ear], said.append, mtc=mtc), ear, said


@given(st.lists(st.integers(1, 249_000), min_size=60, max_size=200))
@settings(max_examples=30, deadline=None)
def test_every_cue_goes_out_once_whatever_the_steps(steps):
    one, ear, _ = runner()
    t = 0
    one.advance(0)
    for step in steps:
        t += step
        one.advance(t)
    assert ear.actions == [e.action for e in STAGE if e.t_us <= t]


def test_a_jump_forwards_sends_nothing_that_lies_between():
    one, ear, said = runner()
    one.advance(500_000)
    one.advance(6_000_000)
    assert ear.actions == []
    assert said[-1].startswith("jump from 0:00.50 to 0:06.00; not sent: 红色, Go 12.5, Stop, Wash")
    one.advance(6_200_000)
    one.advance(6_400_000)
    assert ear.actions == []


def test_after_a_jump_back_cues_go_out_again():
    one, ear, said = runner()
    for t in (900_000, 1_100_000):
        one.advance(t)
    one.advance(800_000, jumped=True)
    one.advance(1_000_000)
    assert ear.actions == [STAGE[1].action] * 2
    assert any(line.startswith("jump from 0:01.10 to 0:00.80") for line in said)


def test_a_small_step_back_is_a_correction():
    one, ear, said = runner()
    for t in (900_000, 1_100_000, 990_000, 1_050_000, 1_100_000, 1_150_000):
        one.advance(t)
    assert ear.actions == [STAGE[1].action]
    assert not any("jump" in line for line in said)


def test_a_cue_that_nobody_carries_is_told():
    said: list[str] = []
    one = Runner(PROGRAMME, [], said.append)
    one.advance(900_000)
    one.advance(1_000_000)
    assert said == ["0:01.00  灯光: 红色 -> nowhere: no output carries it"]


@pytest.mark.parametrize("name", sorted(RATES))
def test_midi_timecode_in_step(name):
    """Every quarter frame once, none early, and a listener that agrees."""
    timecode = Timecode(name, "-00:00:01:00")
    rate, sender, listener = timecode.clock, MtcSender(timecode), MtcListener(timecode.clock)
    first = sender.due(-500_000)
    assert len(first) == 1
    assert mido.Message.from_bytes(first[0]).type == "sysex"
    places, count = [], 0
    for t in range(-500_000, 1_500_000, 3_000):
        for message in sender.due(t):
            count += 1
            place = listener.feed(message)
            if place is not None:
                places.append((t, place))
    quarter_us = 250_000 * rate.den / rate.num
    assert count == pytest.approx(2_000_000 / quarter_us, abs=9)
    for t, place in places:
        half = 2 * rate.day_frames
        due = (place.quarter - 4 * timecode.zero_frame + half) % (2 * half) - half
        # a full frame names the frame that runs, a quarter frame the moment it stands for
        assert -1 <= t - due * quarter_us <= (3_001 if place.moves else 4 * quarter_us)
    assert len(places) >= 20


def test_midi_timecode_after_a_jump_and_a_stop_begins_with_a_full_frame():
    sender = MtcSender(TIMECODE)
    sender.due(0)
    sender.due(10_000)
    assert len(sender.due(5_000_000)[0]) == 10
    assert [len(m) for m in sender.due(5_050_000)][:1] in ([2], [])
    sender.stopped()
    assert len(sender.due(5_100_000)[0]) == 10
    # an hour in small steps: not one full frame more
    sender = MtcSender(TIMECODE)
    sender.due(0)
    assert all(len(m) == 2 for t in range(10_000, 60_000_000, 20_000) for m in sender.due(t))


def test_levels_fade_and_jumps_do_not_matter():
    events = (
        StageEvent("a", 1_000_000, "a", action=Dmx(1, 10, (200, 100), 1_000_000)),
        StageEvent("b", 1_500_000, "b", action=Dmx(1, 10, (0,), 0)),
        StageEvent("c", 5_000_000, "c", action=Dmx(7, 512, (255,))),
    )
    assert levels_at(events, 0) == {1: bytes(512), 7: bytes(512)}
    half = levels_at(events, 1_499_999)[1]
    assert (half[9], half[10]) == (100, 50)
    cut = levels_at(events, 1_500_000)[1]
    assert (cut[9], cut[10]) == (0, 50)
    end = levels_at(events, 9_000_000)
    assert (end[1][9], end[1][10], end[7][511]) == (0, 100, 255)


def test_levels_go_out_when_they_change_and_to_keep_receivers_awake():
    one, ear, _ = runner()
    for t in range(0, 10_000_000, 20_000):
        one.advance(t)
    moving = [levels for _, levels in ear.lit if any(levels)]
    assert moving[-1][9:12] == bytes((255, 0, 128))
    assert 45 < len(moving) < 100
    assert {universe for universe, _ in ear.lit} == {1}


def test_art_net_as_published():
    packet = art_net_packet(0x1234, 7, bytes(range(256)) * 2)
    assert len(packet) == 18 + 512
    assert packet[:8] == b"Art-Net\0"
    assert struct.unpack("<H", packet[8:10]) == (0x5000,)
    assert struct.unpack(">H", packet[10:12]) == (14,)
    assert tuple(packet[12:16]) == (7, 0, 0x34, 0x12)
    assert struct.unpack(">H", packet[16:18]) == (512,)
    assert packet[18:] == bytes(range(256)) * 2


@given(st.integers(1, 63_999), st.integers(0, 255), st.binary(min_size=512, max_size=512))
@settings(max_examples=30)
def test_the_sacn_library_reads_our_packets(universe, sequence, levels):
    packet = sacn_packet(universe, sequence, levels)
    assert len(packet) == 638
    theirs = sacn.DataPacket.make_data_packet(tuple(packet))
    assert theirs.universe == universe
    assert theirs.sequence == sequence
    assert bytes(theirs.dmxData) == levels
    assert theirs.priority == 100
    assert theirs.sourceName == "showeditor"
    assert theirs.dmxStartCode == 0
    assert sacn_group(universe) == theirs.calculate_multicast_addr()


@pytest.fixture
def wire():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.bind(("127.0.0.1", 0))
        one.settimeout(5)
        yield one


def test_over_a_real_socket(wire):
    port = wire.getsockname()[1]
    osc = OscOutput("127.0.0.1", port)
    assert osc.cue(STAGE[1].action)
    message = OscMessage(wire.recv(2000))
    assert (message.address, message.params[2]) == ("/eos/cue/1/fire", "云")
    assert not osc.cue(STAGE[2].action)
    osc.close()
    for output, size in ((ArtNetOutput("127.0.0.1", port), 530), (SacnOutput("127.0.0.1", port), 638)):
        output.levels(3, bytes(512))
        output.levels(3, bytes(512))
        first, second = wire.recv(2000), wire.recv(2000)
        assert len(first) == size
        place = 12 if size == 530 else 111
        assert second[place] == first[place] + 1
        output.close()


class Port:
    """A MIDI port as python-rtmidi has it."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.open = True

    def send_message(self, message) -> None:
        self.sent.append(bytes(message))

    def close_port(self) -> None:
        self.open = False


def test_midi_carries_show_control_and_timecode():
    port = Port()
    output = MidiOutput(port, "desk")
    assert output.cue(STAGE[2].action)
    assert not output.cue(STAGE[1].action)
    output.timecode(b"\xf1\x00")
    output.close()
    assert [mido.Message.from_bytes(m).type for m in port.sent] == ["sysex", "quarter_frame"]
    assert not port.open


class Script:
    """A source that reads out what the test wrote."""

    name = "script"

    def __init__(self, readings) -> None:
        self._readings = iter(readings)

    def reading(self) -> Reading:
        return next(self._readings)

    def close(self) -> None:
        pass


def test_nothing_goes_out_while_the_code_is_lost():
    one, ear, said = runner(mtc=True)
    readings = [Reading(State.WAITING, None)] * 3
    readings += [Reading(State.LOCKED, t) for t in range(500_000, 900_000, 20_000)]
    readings += [Reading(State.LOST, 1_900_000)] * 5
    readings += [Reading(State.LOCKED, t, 1) for t in range(2_400_000, 2_600_000, 20_000)]
    readings += [Reading(State.LOCKED, 10_000_000, 2)]
    run(Script(readings), one, 10_000_000, said.append, sleep=lambda s: None)
    assert ear.actions == [STAGE[2].action, STAGE[3].action]
    told = [line for line in said if line.startswith("script")]
    assert told == [
        "script: waiting",
        "script: locked at 0:00.50",
        "script: lost at 0:01.90",
        "script: locked at 0:02.40",
    ]
    assert sum(len(m) == 10 for m in ear.code) == 3
    assert "not sent: 红色" in " ".join(said)


def test_a_run_can_be_stopped():
    one, _, said = runner()
    run(Script([]), one, 10, said.append, going=lambda: False)
    assert said == []


@pytest.mark.parametrize("hz", [48_000, 44_100])
def test_the_published_sound_is_played_and_counted(hz):
    plan = with_control(Plan("Demo", 4_000_000), timecode=TIMECODE)
    (data,) = format_named("ltc-music-wav").write(plan).values()
    sound = published_sound(data)
    clock = ManualClock(sound.rate)
    source = SoundSource(sound, round(1.0 * sound.rate), -500_000, lambda rate: clock)
    heard = np.concatenate([clock.advance(977) for _ in range(100)])
    assert heard == pytest.approx(sound.samples[sound.rate // 2 :][: len(heard)])
    assert source.reading().t_us == pytest.approx(-500_000 + 97_700 * 1e6 / sound.rate, abs=2)
    assert source.audible
    source.close()
    mono = SoundSource(sound_of(hz, np.ones(hz, dtype=np.float32)), 0, 0, ManualClock)
    assert mono.reading().t_us == 0


def published(tmp_path, ids=("stage-csv", "ltc-wav", "subtitles-vtt"), **more):
    plan = with_control(Plan("云起河湾", 8_000_000), timecode=TIMECODE, **more)
    publish(plan, list(ids), tmp_path / "out")
    return tmp_path / "out", plan


@pytest.mark.parametrize(
    "ids",
    [("stage-csv", "ltc-wav", "subtitles-vtt"), ("ltc-music-wav", "osc-cues", "msc-cues", "mtc-midi"), ("stage-csv",)],
)
def test_a_published_folder_is_a_programme(tmp_path, ids):
    folder, plan = published(tmp_path, ids)
    programme = open_published(folder)
    assert programme.timecode is not None
    assert programme.timecode.zero_frame == plan.timecode.zero_frame
    assert programme.duration_us == pytest.approx(8_000_000, abs=40_000)
    assert (programme.sound is not None) == any("wav" in name for name in ids)
    assert programme.music_beside == ("ltc-music-wav" in ids)
    wanted = STAGE if "stage-csv" in ids else [e for e in STAGE if isinstance(e.action, (Osc, Msc))]
    assert len(programme.stage) == len(wanted)
    assert len(programme.captions) == (3 if "subtitles-vtt" in ids else 0)


def test_one_changed_byte_and_nothing_is_sent(tmp_path):
    folder, _ = published(tmp_path)
    file = next((folder / "stage-csv").iterdir())
    file.write_bytes(file.read_bytes().replace(b"/eos/key/go", b"/eos/key/no"))
    with pytest.raises(Changed) as found:
        open_published(folder)
    assert [f.code for f in found.value.findings] == ["VERIFY-CHANGED"]


def test_folders_that_hold_nothing_to_run(tmp_path):
    with pytest.raises(BadInput, match="no receipt"):
        open_published(tmp_path)
    with pytest.raises(BadInput, match="published show was expected"):
        open_published(tmp_path / "none")


@pytest.mark.parametrize("text", ["host", ":1", "a:b", "a:0", "a:70000"])
def test_an_address_without_a_port_is_refused(text):
    with pytest.raises(BadInput, match="HOST:PORT"):
        host_and_port(text)
    assert host_and_port("10.0.0.1", 6454) == ("10.0.0.1", 6454)
