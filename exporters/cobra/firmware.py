"""The COBRA firmware generations as data.

Header lines byte for byte from the vendor's example scripts, ranges and ticks from the COBRA help centre articles
5716119268251 (Script Format), 5493854513947 (Scripting) and 5718772242971 (header attributes).
"""

from dataclasses import dataclass

_FOUR = (
    "#Trigger Channel,#Trigger Button,#Deadman Button,#Return Channel,#AudioBox Filename,#Script Name,"
    "#Disable Firing Button,#Alternate Firing Button"
)
_FIVE = _FOUR + ",#Alternate 2 Firing Button"
_EVENT = "#Event Time,#Channel,#Cue,#Firework Name"

CUE_LO, CUE_HI = 1, 18
MOST_SCRIPTS = 32
LONGEST_TEXT = 540
MOST_GROUPS, LONGEST_GROUP = 10, 64
LONGEST_SCRIPT_NAME = 35


@dataclass(frozen=True, slots=True)
class Firmware:
    """One generation: its clock tick, channel range, header lines and number of columns.

    `most_rows` is what its first script holds.
    `marker` is a line before the header that says the firmware; empty where the vendor's examples have none.
    `groups`: column E names the disable group of a cue (7.1 and later).
    `audio_longest` is the longest AudioBox file name with its `.mp3`; 0 means the fixed word `audiobox`.
    `own_name` says whether the file may carry a name of its own instead of `cobra.csv`.
    """

    major: int
    tick_us: int
    decimals: int
    channel_hi: int
    header: str
    events: str
    columns: int
    audio_longest: int
    own_name: bool = False
    most_rows: int = 3600
    marker: str = ""
    groups: bool = False

    @property
    def id(self) -> str:
        """The format id of this generation."""
        return f"cobra-{self.major}"


_DMX_EVENT = (
    "#Event Time,#Channel,#Cue,#Event Description,#Disable Groups,#Fire Time,#AUX Value,#DMX Universe,#DMX Channel,"
    "#DMX Value,#DMX Duration"
)

FIRMWARES = (
    Firmware(
        3,
        100_000,
        1,
        99,
        "#Trigger Channel,#Trigger Button,#Confirmation Button,#Return Channel,#Audio Box",
        _EVENT,
        4,
        0,
    ),
    Firmware(4, 100_000, 1, 99, _FOUR, _EVENT, 4, 0),
    Firmware(5, 10_000, 2, 99, _FIVE, _EVENT, 4, 12),
    Firmware(
        6,
        10_000,
        2,
        199,
        _FIVE + ",,",
        _DMX_EVENT,
        11,
        31,
        own_name=True,
    ),
    Firmware(
        7,
        10_000,
        2,
        199,
        _FIVE + ",,",
        _DMX_EVENT,  # how Show Creator names column G here is not known; the line is a comment to the controller
        11,
        31,
        own_name=True,
        most_rows=7600,
        marker="#@firmware7",
        groups=True,
    ),
)
