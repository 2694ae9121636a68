"""Signatures of named persons under a state of a show, or under a published folder (Ed25519).

What is signed under a show is its subject: one SHA-256 over the fingerprints of show, plan and rule pack, the limits
and the waivers. Any edit gives another subject, and the signature is void. Under a folder it is the whole receipt.
Whose key is whose is stated by a trust file that the organiser keeps: a signature alone proves a key, not a person.

SIGN-001 block: the rule pack asks for signatures that are missing. Remedy: `showeditor sign`, once for each role.
SIGN-002 block: no trust file was given, so that nobody's key is known. Remedy: name one with --trust.
SIGN-003 block: the same person or the same key signed for two roles. Remedy: let another person sign.
SIGN-004 note: a signature is void (the show was edited after it) or its key is not trusted; it was left out.
"""

import os
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from showeditor.export.keys import SecretKey
from showeditor.model.births import named
from showeditor.model.errors import BadFile, BadInput
from showeditor.model.finding import Finding
from showeditor.model.limits import Limits
from showeditor.model.waiver import Waiver

_T = TypeVar("_T")

SUFFIX = ".signatures.json"
TRUST_VARIABLE = "SHOWEDITOR_TRUST"
_BIGGEST = 1_000_000
_HEAD = b"showeditor signature 1\n"


class Signature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One person's signature in a role; `key` and `value` in hex, `when` as the signer stated it."""

    role: str
    name: str
    key: str
    when: str
    value: str


class Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A named person, their public key (hex) and the roles they may sign in."""

    name: str
    key: str
    roles: tuple[str, ...]

    def __post_init__(self) -> None:
        named("name of a person", self.name)
        _public(self.key)


class Trust(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The persons whose signatures count."""

    persons: tuple[Person, ...] = ()

    def knows(self, signature: Signature) -> bool:
        """Whether name, key and role of a signature belong together here."""
        return any(
            p.name == signature.name and p.key == signature.key and signature.role in p.roles for p in self.persons
        )

    def with_person(self, person: Person) -> "Trust":
        """The list with a person added; roles of a known key are added to it. Raises BadInput for another's key."""
        same = [p for p in self.persons if p.key == person.key]
        if same and same[0].name != person.name:
            raise BadInput(f"the key of {person.name} is already that of {same[0].name}")
        roles = tuple(dict.fromkeys((*(same[0].roles if same else ()), *person.roles)))
        rest = tuple(p for p in self.persons if p.key != person.key)
        return Trust((*rest, Person(person.name, person.key, roles)))


class Signed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The signatures beside a show and the subject that they are under."""

    subject: str
    signatures: tuple[Signature, ...] = ()


def subject_of(
    show_sha256: str, plan_sha256: str, rules: str, rules_sha256: str, limits: Limits, waivers: Sequence[Waiver]
) -> str:
    """SHA-256 (hex) over everything that a signature under a show vouches for."""
    # a limit given as 3 is the same as one of 3.0, which is how a receipt reads it back
    stated = {name: getattr(limits, name) for name in limits.__struct_fields__}
    values = {name: float(value) if type(value) is int else value for name, value in stated.items()}
    parts = (show_sha256, plan_sha256, rules, rules_sha256, values, tuple(waivers))
    return sha256(msgspec.json.encode(parts, order="deterministic")).hexdigest()


def sign(secret: SecretKey, subject: str, role: str, when: str) -> Signature:
    """The signature of a key's person in a role under a subject (hex)."""
    named("role", role)
    bare = Signature(role, secret.name, secret.public, when, "")
    return msgspec.structs.replace(bare, value=secret.sign(_message(bare, subject)).hex())


def good(signature: Signature, subject: str) -> bool:
    """Whether a signature is the one of its key under this subject, name, role and date."""
    try:
        _public(signature.key).verify(bytes.fromhex(signature.value), _message(signature, subject))
    except (InvalidSignature, ValueError):
        return False
    return True


def read_signed(path: Path) -> Signed | None:
    """The signatures in a file; None where there is no such file. Raises BadFile."""
    return _read(path, Signed, "signatures") if path.exists() else None


def read_trust(path: Path) -> Trust:
    """The persons of a trust file; raises BadFile."""
    return _read(path, Trust, "a trust file")


def text_of(value: msgspec.Struct) -> bytes:
    """A signature, trust or waiver file as text that is easy to compare."""
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"


def beside(show: Path) -> Path:
    """Where the signatures of a show lie."""
    return show.with_name(show.name + SUFFIX)


def trusted(name: str = "") -> Trust | None:
    """The persons of the trust file of that name, else of the one in the environment; None where neither is named."""
    name = name or os.environ.get(TRUST_VARIABLE, "")
    return read_trust(Path(name)) if name else None


def sifted(
    signatures: Iterable[Signature], subject: str, trust: Trust | None
) -> tuple[tuple[Signature, ...], tuple[Finding, ...]]:
    """The signatures that are good and whose persons are trusted, and a note for each that is left out."""
    kept: list[Signature] = []
    left: list[Finding] = []
    for one in signatures:
        if not good(one, subject):
            why, why_zh = "it is not under this state of the show", "演出在签名之后有改动"
        elif trust is not None and not trust.knows(one):
            why, why_zh = (
                "the trust file does not have this person with this key and role",
                "信任名单中没有此人、密钥与职责",
            )
        else:
            kept.append(one)
            continue
        en = f"The signature of {one.name} as {one.role} does not count: {why}."
        left.append(Finding("SIGN-004", "note", en, f"{one.name}（{one.role}）的签名无效：{why_zh}。", ids=(one.name,)))
    return tuple(kept), tuple(left)


def lacking(roles: Sequence[str], signatures: Sequence[Signature], trust: Trust | None) -> tuple[Finding, ...]:
    """What is missing for these roles, of signatures that are good; empty when every role has a person of its own."""
    out: list[Finding] = []
    if roles and trust is None:
        en, zh = (
            "The rule pack asks for signatures, but no trust file says whose keys count.",
            "规则包要求签名，但没有指定信任名单。",
        )
        out.append(Finding("SIGN-002", "block", en, zh))
    missing = [role for role in roles if all(s.role != role for s in signatures)]
    if missing:
        en = f"The rule pack asks for signatures that are missing: {', '.join(missing)}."
        out.append(
            Finding("SIGN-001", "block", en, f"缺少规则包要求的签名：{'、'.join(missing)}。", ids=tuple(missing))
        )
    elif not _apart([[s for s in signatures if s.role == role] for role in roles]):
        names = tuple(dict.fromkeys(s.name for s in signatures if s.role in roles))
        en = f"Each role needs a person and a key of its own; signed by {', '.join(names)}."
        out.append(
            Finding(
                "SIGN-003",
                "block",
                en,
                f"每个职责须由不同的人用不同的密钥签名；签名人：{'、'.join(names)}。",
                ids=names,
            )
        )
    return tuple(out)


def _apart(choices: list[list[Signature]], taken: tuple[Signature, ...] = ()) -> bool:
    """Whether one signature of each list can be chosen so that no name and no key comes twice."""
    if not choices:
        return True
    return any(
        all(one.name != t.name and one.key != t.key for t in taken) and _apart(choices[1:], (*taken, one))
        for one in choices[0]
    )


def _message(signature: Signature, subject: str) -> bytes:
    parts = (signature.role, signature.name, signature.key, signature.when, subject)
    return _HEAD + msgspec.json.encode(parts)


def _public(key: str) -> Ed25519PublicKey:
    try:
        return Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
    except ValueError:
        raise ValueError(f"a public key of 64 hex digits was expected, got {key[:80]!r}") from None


def _read(path: Path, kind: type[_T], what: str) -> _T:
    try:
        data = path.read_bytes()
        if len(data) > _BIGGEST:
            raise BadFile(str(path), "", f"{what} was expected, this file is too large")
        return msgspec.json.decode(data, type=kind)
    except OSError as error:
        raise BadFile(str(path), "", f"cannot be read ({error.strerror})") from error
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise BadFile(str(path), "", f"{what} was expected ({error})") from error
