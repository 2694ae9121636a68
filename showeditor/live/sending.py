"""Where messages go: MIDI ports, OSC over UDP, Art-Net and sACN."""

import importlib
import socket
from typing import Any, Protocol

from showeditor.export.wire import msc_bytes, osc_bytes
from showeditor.live.dmx import ART_NET_PORT, SACN_PORT, art_net_packet, sacn_group, sacn_packet
from showeditor.model.errors import BadInput
from showeditor.model.stage import Action, Msc, Osc


class Output(Protocol):
    """One way out. What an output does not carry it passes over."""

    name: str

    def cue(self, action: Action) -> bool:
        """Send a cue's message now; whether it went out here."""

    def levels(self, universe: int, levels: bytes) -> None:
        """Send the levels of a universe."""

    def timecode(self, message: bytes) -> None:
        """Send a message of MIDI timecode."""

    def close(self) -> None:
        """Give the port back."""


class _Silent:
    name = ""

    def cue(self, action: Action) -> bool:
        """Nothing of this kind goes out here."""
        return False

    def levels(self, universe: int, levels: bytes) -> None:
        """Nothing of this kind goes out here."""

    def timecode(self, message: bytes) -> None:
        """Nothing of this kind goes out here."""


def midi_port(wanted: str, *, output: bool) -> tuple[Any, str]:
    """An open port of python-rtmidi whose name holds `wanted`, and its name; raises BadInput naming those there are.

    On a machine without MIDI the library cannot even list ports: that is said in the same way.
    """
    try:
        rtmidi: Any = importlib.import_module("rtmidi")
    except ImportError as error:
        raise BadInput(
            f"MIDI ports need a library of the system (Debian: apt-get install libasound2): {error}"
        ) from None
    what = "output" if output else "input"
    try:
        port = rtmidi.MidiOut() if output else rtmidi.MidiIn()
        names = list(port.get_ports())
    except (SystemError, rtmidi.SystemError) as error:
        raise BadInput(f"this machine offers no MIDI {what}s ({error})") from None
    for number, name in enumerate(names):
        if wanted.lower() in name.lower():
            port.open_port(number)
            return port, name
    port.delete()
    known = ", ".join(names) or "none"
    raise BadInput(f"no MIDI {what} is called {wanted!r}; there are: {known}")


class MidiOutput(_Silent):
    """MIDI timecode and show control to one port (anything with `send_message(bytes)`)."""

    def __init__(self, port: Any, name: str) -> None:
        """Sends to an open port."""
        self._port = port
        self.name = f"MIDI {name}"

    def cue(self, action: Action) -> bool:
        """Send show control."""
        if isinstance(action, Msc):
            self._port.send_message(msc_bytes(action))
            return True
        return False

    def timecode(self, message: bytes) -> None:
        """Send timecode."""
        self._port.send_message(message)

    def close(self) -> None:
        """Close the port."""
        self._port.close_port()


class _Udp(_Silent):
    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

    def _send(self, data: bytes, address: tuple[str, int]) -> None:
        try:
            self._socket.sendto(data, address)
        except OSError as error:
            raise BadInput(
                f"{self.name}: cannot send to {address[0]}:{address[1]} ({error.strerror or error})"
            ) from None

    def close(self) -> None:
        """Close the socket."""
        self._socket.close()


class OscOutput(_Udp):
    """OSC messages to one address."""

    def __init__(self, host: str, port: int) -> None:
        """Sends to `host:port`; raises BadInput for a name that nobody knows."""
        self.name = f"OSC {host}:{port}"
        self._to = (resolved(host), port)
        super().__init__()

    def cue(self, action: Action) -> bool:
        """Send an OSC message."""
        if isinstance(action, Osc):
            self._send(osc_bytes(action), self._to)
            return True
        return False


class ArtNetOutput(_Udp):
    """Levels as Art-Net to one address, or to all with a broadcast address."""

    def __init__(self, host: str, port: int = ART_NET_PORT) -> None:
        """Sends to `host`."""
        self.name = f"Art-Net {host}"
        self._to = (resolved(host), port)
        self._sequence: dict[int, int] = {}
        super().__init__()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)

    def levels(self, universe: int, levels: bytes) -> None:
        """Send one packet."""
        sequence = self._sequence.get(universe, 0) % 255 + 1
        self._sequence[universe] = sequence
        self._send(art_net_packet(universe, sequence, levels), self._to)


class SacnOutput(_Udp):
    """Levels as sACN, to the group of each universe or to one address."""

    def __init__(self, host: str = "", port: int = SACN_PORT) -> None:
        """Sends to `host`, or by multicast when it is empty."""
        self.name = f"sACN {host or 'multicast'}"
        self._to = (resolved(host), port) if host else None
        self._port = port
        self._sequence: dict[int, int] = {}
        super().__init__()
        self._socket.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 8)

    def levels(self, universe: int, levels: bytes) -> None:
        """Send one packet."""
        sequence = (self._sequence.get(universe, -1) + 1) % 256
        self._sequence[universe] = sequence
        self._send(sacn_packet(universe, sequence, levels), self._to or (sacn_group(universe), self._port))


def resolved(host: str) -> str:
    """The address of a host name; raises BadInput naming it."""
    try:
        return socket.gethostbyname(host)
    except OSError as error:
        raise BadInput(f"{host}: no such host ({error.strerror or error})") from None


def host_and_port(text: str, default: int | None = None) -> tuple[str, int]:
    """`host:port` taken apart; raises BadInput when a port is missing or no number."""
    host, colon, port = text.rpartition(":")
    if not colon and default is not None:
        return text, default
    if not host or not port.isdigit() or not 0 < int(port) < 65_536:
        raise BadInput(f"HOST:PORT was expected, got {text!r}")
    return host, int(port)
