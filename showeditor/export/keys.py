"""Keys that sign: an Ed25519 key of a named person in a file, under a passphrase."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from showeditor.model.births import named
from showeditor.model.errors import BadFile, BadInput

_T = TypeVar("_T")

SHORTEST = 8
"""Characters of a passphrase."""


class PublicKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a person hands out: their name and public key (hex)."""

    name: str
    key: str


class _KeyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    key: str
    secret: str


@dataclass(frozen=True, slots=True)
class SecretKey:
    """An opened key: name of its person and public key in hex; it signs, and does not show itself."""

    name: str
    public: str
    _key: Ed25519PrivateKey

    def sign(self, message: bytes) -> bytes:
        """The signature, 64 bytes."""
        return self._key.sign(message)

    def __repr__(self) -> str:
        return f"SecretKey({self.name!r}, {self.public[:12]}...)"


def new_key(name: str, passphrase: str) -> tuple[bytes, bytes]:
    """The texts of a new key file (encrypted) and of its public half; raises BadInput for a short passphrase."""
    try:
        named("name", name)
    except ValueError as error:
        raise BadInput(str(error)) from None
    if len(passphrase) < SHORTEST:
        raise BadInput(f"a passphrase needs at least {SHORTEST} characters")
    key = Ed25519PrivateKey.generate()
    lock = BestAvailableEncryption(passphrase.encode())
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock).decode()
    public = key.public_key().public_bytes_raw().hex()
    held = (_KeyFile(name, public, pem), PublicKey(name, public))
    secret, open_half = (msgspec.json.format(msgspec.json.encode(part), indent=1) + b"\n" for part in held)
    return secret, open_half


def open_key(path: Path, passphrase: str) -> SecretKey:
    """The key in a file; raises BadFile when it is none, BadInput when the passphrase is wrong."""
    held = _decoded(path, _KeyFile, "a key file of `showeditor sign keygen`")
    try:
        key = load_pem_private_key(held.secret.encode(), passphrase.encode())
    except ValueError:
        raise BadInput(f"{path}: the passphrase does not open this key") from None
    except TypeError:
        raise BadFile(str(path), "secret", "a key under a passphrase was expected") from None
    if not isinstance(key, Ed25519PrivateKey) or key.public_key().public_bytes_raw().hex() != held.key:
        raise BadFile(str(path), "key", "the public half does not belong to this Ed25519 key")
    return SecretKey(held.name, held.key, key)


def read_public(path: Path) -> PublicKey:
    """The public half in a file (or in a key file); raises BadFile."""
    try:
        return _decoded(path, PublicKey, "a public key of `showeditor sign keygen`")
    except BadFile:
        held = _decoded(path, _KeyFile, "a public key of `showeditor sign keygen`")
        return PublicKey(held.name, held.key)


def _decoded(path: Path, kind: type[_T], what: str) -> _T:
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except OSError as error:
        raise BadFile(str(path), "", f"cannot be read ({error.strerror})") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadFile(str(path), "", f"{what} was expected ({error})") from error
