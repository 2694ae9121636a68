"""Receipt: what was published, from what, checked against what, and what was found."""

import hashlib
import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version

import msgspec

from showeditor import __version__
from showeditor.export.signatures import Signature, subject_of
from showeditor.model.errors import BadFile
from showeditor.model.finding import Finding
from showeditor.model.limits import Limits
from showeditor.model.waiver import Waiver

NAME = "receipt.json"
_LIBRARIES = ("cryptography", "msgspec", "numba", "numpy", "shapely")
_BIGGEST = 64_000_000


class PublishedFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of the folder: relative name, SHA-256 and size."""

    name: str
    sha256: str
    bytes: int


class PublishedFormat(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One format, and how well its files agree with the plan: the largest errors that were met on reading back.

    `rounding_us`: by how many microseconds each cue fires later in the files than planned.
    """

    id: str
    status: str
    tick_us: int
    time_error_us: int
    path_tolerance_m: float
    path_error_m: float
    light_error_levels: float
    rounding_us: dict[str, int] = {}


class Receipt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The receipt of a published folder.

    Fingerprints are SHA-256. `seal` is that of the receipt itself with an empty seal: it shows any change that is not
    made on purpose by somebody who also computes a new seal; it is no signature. `when` is only set by the caller.
    `roles` are those whose signatures the rule pack asked for, `signatures` are under the subject of the show (see
    signatures), `vouched` under the whole receipt: with them even a new seal does not hide a change.
    """

    title: str
    program: str
    libraries: dict[str, str]
    show_sha256: str
    plan_sha256: str
    rules: str
    rules_sha256: str
    limits: Limits
    limits_source: str
    formats: tuple[PublishedFormat, ...]
    files: tuple[PublishedFile, ...]
    findings: tuple[Finding, ...]
    waivers: tuple[Waiver, ...] = ()
    when: str = ""
    roles: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    vouched: tuple[Signature, ...] = ()
    receipt: int = 1
    seal: str = ""


def sha256(data: bytes) -> str:
    """The fingerprint of a file's bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def program_versions() -> tuple[str, dict[str, str]]:
    """This program and the libraries that its answers rest on."""
    libraries = {"python": platform.python_version()}
    for name in _LIBRARIES:
        try:
            libraries[name] = version(name)
        except PackageNotFoundError:
            libraries[name] = "not installed as a package"
    return f"showeditor {__version__}", libraries


def files_of(files: Mapping[str, bytes]) -> tuple[PublishedFile, ...]:
    """The entries of these files, by name."""
    return tuple(PublishedFile(name, sha256(files[name]), len(files[name])) for name in sorted(files))


def _text(receipt: Receipt) -> bytes:
    encoded = msgspec.json.encode(receipt, order="deterministic")
    return msgspec.json.format(encoded, indent=1) + b"\n"


def sealed(receipt: Receipt) -> Receipt:
    """The receipt with its seal."""
    bare = msgspec.structs.replace(receipt, seal="")
    return msgspec.structs.replace(bare, seal=sha256(_text(bare)))


def subject_of_receipt(receipt: Receipt) -> str:
    """What the signatures under the show are under, from what the receipt says."""
    r = receipt
    return subject_of(r.show_sha256, r.plan_sha256, r.rules, r.rules_sha256, r.limits, r.waivers)


def subject_of_folder(receipt: Receipt) -> str:
    """What those who vouch for a published folder sign: the receipt without them and without its seal."""
    return sha256(_text(msgspec.structs.replace(receipt, vouched=(), seal="")))


def receipt_bytes(receipt: Receipt) -> bytes:
    """The one way a receipt is written; equal receipts give equal bytes."""
    return _text(receipt)


def receipt_of(data: bytes, file: str) -> Receipt:
    """The receipt that `data` holds; raises BadFile when it is none, or when any byte of it was changed."""
    if len(data) > _BIGGEST:
        raise BadFile(file, "", "a receipt was expected, this file is too large for one")
    try:
        receipt = msgspec.json.decode(data, type=Receipt)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError, ValueError) as error:
        raise BadFile(file, "", f"a receipt was expected ({error})") from error
    if receipt.receipt != 1:
        raise BadFile(file, "receipt", f"version 1 was expected, found {receipt.receipt}")
    if sealed(receipt).seal != receipt.seal or receipt_bytes(receipt) != data:
        raise BadFile(file, "seal", "the receipt was changed after it was written")
    return receipt
