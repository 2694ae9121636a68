"""MIDI timecode: quarter frames and full frames as bytes, and their reader.

MIDI 1.0 Detailed Specification, MIDI Time Code (RP-004/008): eight quarter frames carry one label over two frames; the
label is that of the moment of the first of them.
"""

from dataclasses import dataclass

from showeditor.model.timecode import RATES, Rate, RateName

QUARTER = 0xF1
_FULL = bytes((0xF0, 0x7F, 0x7F, 0x01, 0x01))
_NAMES: tuple[RateName, ...] = ("24", "25", "29.97df", "30")


def full_frame(rate: Rate, frame: int) -> bytes:
    """The message that sends every follower to a frame."""
    hours, minutes, seconds, frames = rate.fields_of(frame)
    return _FULL + bytes((rate.mtc_code << 5 | hours, minutes, seconds, frames, 0xF7))


def quarter_frame(rate: Rate, quarter: int) -> bytes:
    """The message due a whole number of quarters of a frame after frame 0; every eighth begins a label."""
    piece = quarter % 8
    hours, minutes, seconds, frames = rate.fields_of((quarter - piece) // 4)
    field = (frames, seconds, minutes, rate.mtc_code << 5 | hours)[piece // 2]
    return bytes((QUARTER, piece << 4 | (field >> 4 if piece % 2 else field & 15)))


@dataclass(frozen=True, slots=True)
class MtcPlace:
    """Where MIDI timecode stood when a message came: quarters of a frame since the label 00:00:00:00.

    `moves`: 1 forwards, -1 backwards, 0 a place to go to (full frame). `code` is the rate as MTC knows it.
    """

    quarter: int
    code: int
    moves: int


class MtcListener:
    """Puts quarter frames together; a label counts when its eight pieces came in order, either way."""

    def __init__(self, rate: Rate) -> None:
        """A listener that counts labels at `rate`; other rates are told by `MtcPlace.code`."""
        self._rate = rate
        self._pieces: list[tuple[int, int]] = []

    def feed(self, message: bytes) -> MtcPlace | None:
        """The place that this message completes, if it does; messages that are no timecode are passed over."""
        if len(message) == 10 and message[:2] == _FULL[:2] and message[3:5] == _FULL[3:]:
            self._pieces = []
            return self._place(message[5] >> 5 & 3, (message[5] & 31, *message[6:9]), 0, 0)
        if len(message) != 2 or message[0] != QUARTER:
            return None
        piece, nibble = message[1] >> 4, message[1] & 15
        if self._pieces:
            step = piece - self._pieces[-1][0]
            ahead = len(self._pieces) < 2 or self._pieces[-1][0] > self._pieces[-2][0]
            if step not in (1, -1) or (len(self._pieces) > 1 and ahead != (step > 0)):
                self._pieces = []
        self._pieces.append((piece, nibble))
        if len(self._pieces) < 8:
            return None
        moves = 1 if self._pieces[-1][0] == 7 else -1
        value = dict(self._pieces)
        self._pieces = []
        fields = [value[2 * k] | value[2 * k + 1] << 4 for k in range(4)]
        label = (fields[3] & 31, fields[2], fields[1], fields[0])
        return self._place(fields[3] >> 5 & 3, label, 7 if moves > 0 else 0, moves)

    def _place(self, code: int, label: tuple[int, ...], late: int, moves: int) -> MtcPlace | None:
        hours, minutes, seconds, frames = label
        rate = self._rate if code == self._rate.mtc_code else RATES[_NAMES[code]]
        try:
            return MtcPlace(4 * rate.frame_of(hours, minutes, seconds, frames) + late, code, moves)
        except ValueError:
            return None
