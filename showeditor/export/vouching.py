"""A named person vouches for a published folder: a signature over its whole receipt, added to it."""

from pathlib import Path

import msgspec

from showeditor.export.folder import write_file
from showeditor.export.keys import SecretKey
from showeditor.export.receipt import NAME, Receipt, receipt_bytes, sealed, subject_of_folder
from showeditor.export.signatures import sign
from showeditor.export.verify import read_receipt, verify
from showeditor.model.errors import BadInput
from showeditor.model.finding import blocks


def vouch(path: Path, secret: SecretKey, role: str, when: str) -> Receipt:
    """Sign a published folder (or file) as it stands, and put the signature into its receipt; returns the receipt.

    Raises BadInput when the folder is not what was published, or when this key has signed it in this role already.
    """
    found = [f for f in verify(path) if blocks((f,))]
    if found:
        raise BadInput(f"{path}: not what was published, so nobody can sign it: {found[0].message}")
    receipt = read_receipt(path)
    if any((s.key, s.role) == (secret.public, role) for s in receipt.vouched):
        raise BadInput(f"{path}: {secret.name} has signed this as {role} already")
    one = sign(secret, subject_of_folder(receipt), role, when)
    signed = sealed(msgspec.structs.replace(receipt, vouched=(*receipt.vouched, one)))
    write_file(path / NAME if path.is_dir() else path.with_name(path.name + "." + NAME), receipt_bytes(signed))
    return signed
