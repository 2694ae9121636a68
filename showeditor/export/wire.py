"""Messages as bytes: Open Sound Control 1.0 and MIDI Show Control (RP-002/RP-014), out and in."""

import struct

from showeditor.model.stage import Msc, MscCommand, MscKind, Osc, Value

_COMMANDS: dict[MscCommand, int] = {
    "go": 0x01,
    "stop": 0x02,
    "resume": 0x03,
    "load": 0x05,
    "all_off": 0x08,
    "restore": 0x09,
    "reset": 0x0A,
    "go_off": 0x0B,
}
_KINDS: dict[MscKind, int] = {
    "lighting": 0x01,
    "sound": 0x10,
    "machinery": 0x20,
    "video": 0x30,
    "projection": 0x40,
    "process": 0x50,
}
_BUNDLE = b"#bundle\0"


def _padded(data: bytes) -> bytes:
    return data + b"\0" * (4 - len(data) % 4)


def osc_bytes(message: Osc) -> bytes:
    """One OSC message; whole numbers in 32 bits, others as 32-bit floats, texts in UTF-8."""
    tags, body = ",", b""
    for value in message.values:
        if isinstance(value, bool):
            tags += "T" if value else "F"
        elif isinstance(value, int):
            tags, body = tags + "i", body + struct.pack(">i", value)
        elif isinstance(value, float):
            tags, body = tags + "f", body + struct.pack(">f", value)
        else:
            tags, body = tags + "s", body + _padded(value.encode())
    return _padded(message.address.encode()) + _padded(tags.encode()) + body


def _text(data: bytes, at: int) -> tuple[str, int]:
    end = data.index(b"\0", at)
    return data[at:end].decode(), (end // 4 + 1) * 4


def osc_of(data: bytes) -> Osc:
    """The message that bytes hold; raises ValueError for anything else, also for values of other kinds."""
    try:
        address, at = _text(data, 0)
        tags, at = _text(data, at)
        values: list[Value] = []
        for tag in tags[1:]:
            if tag in "TF":
                values.append(tag == "T")
            elif tag in "if":
                values.append(struct.unpack_from(f">{tag}", data, at)[0])
                at += 4
            elif tag == "s":
                text, at = _text(data, at)
                values.append(text)
            else:
                raise ValueError(f"a value of the kind {tag!r} is not read")
        if tags[:1] != "," or at != len(data):
            raise ValueError("the message does not end where its values do")
    except (struct.error, UnicodeDecodeError) as error:
        raise ValueError(f"no OSC message ({error})") from None
    return Osc(address, tuple(values))


def osc_bundle(t_us: int, messages: tuple[Osc, ...]) -> bytes:
    """A bundle whose time tag counts from show zero in seconds and 2^-32 of a second, rounded half up."""
    tag = ((t_us << 33) + 1_000_000) // 2_000_000
    body = b"".join(struct.pack(">i", len(one)) + one for one in map(osc_bytes, messages))
    return _BUNDLE + struct.pack(">Q", tag) + body


def osc_bundle_of(data: bytes) -> tuple[int, tuple[Osc, ...]]:
    """The moment and the messages of a bundle; raises ValueError."""
    if data[:8] != _BUNDLE or len(data) < 16:
        raise ValueError("no OSC bundle")
    (tag,) = struct.unpack_from(">Q", data, 8)
    t_us = (tag * 2_000_000 + (1 << 32)) >> 33
    messages: list[Osc] = []
    at = 16
    while at < len(data):
        if at + 4 > len(data):
            raise ValueError("the bundle ends inside a message")
        (size,) = struct.unpack_from(">i", data, at)
        if size < 0 or at + 4 + size > len(data):
            raise ValueError("the bundle ends inside a message")
        messages.append(osc_of(data[at + 4 : at + 4 + size]))
        at += 4 + size
    return t_us, tuple(messages)


def msc_bytes(message: Msc) -> bytes:
    """One MIDI Show Control message, F0 to F7."""
    body = bytes((0xF0, 0x7F, message.device, 0x02, _KINDS[message.kind], _COMMANDS[message.command]))
    if message.number:
        body += message.number.encode()
    if message.cue_list:
        body += b"\0" + message.cue_list.encode()
    return body + b"\xf7"


def msc_of(data: bytes) -> Msc:
    """The show control message that bytes F0 to F7 hold; raises ValueError, also for kinds not offered here."""
    if len(data) < 7 or data[:2] != b"\xf0\x7f" or data[3] != 0x02 or data[-1] != 0xF7:
        raise ValueError("no MIDI Show Control message")
    kinds = {code: name for name, code in _KINDS.items()}
    commands = {code: name for name, code in _COMMANDS.items()}
    if data[4] not in kinds or data[5] not in commands:
        raise ValueError(f"a show control message of kind {data[4]:02X} and command {data[5]:02X} is not read")
    number, _, rest = data[6:-1].partition(b"\0")
    cue_list, _, path = rest.partition(b"\0")
    if path:
        raise ValueError("a show control message with a cue path is not read")
    return Msc(
        commands[data[5]],
        number.decode("ascii", "replace"),
        cue_list.decode("ascii", "replace"),
        data[2],
        kinds[data[4]],
    )
