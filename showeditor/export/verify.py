"""A published folder against its receipt, and the signatures in it against the persons who are trusted.

VERIFY-RECEIPT, VERIFY-CHANGED, VERIFY-MISSING, VERIFY-EXTRA, VERIFY-UNREADABLE block: a byte of the folder is not as
    published. Remedy: do not load the folder; publish it anew, or copy it anew from where it verifies.
VERIFY-SIGNATURE block: a signature in the receipt is not good, missing for a role, or not of a trusted person. Remedy:
    do not load the folder; have it signed by those whom the trust file names.
VERIFY-UNVOUCHED note: signatures are good, but no trust file says whose keys they are.
"""

import os
from pathlib import Path

from showeditor.export.folder import content_of
from showeditor.export.receipt import NAME, Receipt, receipt_of, sha256, subject_of_folder, subject_of_receipt
from showeditor.export.signatures import Trust, good, lacking
from showeditor.model.errors import BadFile, BadInput
from showeditor.model.finding import Finding


def read_receipt(path: Path) -> Receipt:
    """The receipt of a published folder or file; raises BadInput when there is none, BadFile when it was changed."""
    at = path / NAME if path.is_dir() else path.with_name(path.name + "." + NAME)
    try:
        data = at.read_bytes()
    except OSError as error:
        raise BadInput(f"{path}: no receipt to verify against ({at.name}: {error.strerror})") from error
    return receipt_of(data, str(at))


def verify(path: Path, trust: Trust | None = None) -> tuple[Finding, ...]:
    """What differs between a published folder (or file) and its receipt; empty when every byte is as published.

    Every changed, missing and additional file is a block, and so is a receipt that was changed, and a signature in it
    that is not good or, with `trust`, not of a trusted person. Raises BadInput when there is no receipt at all.
    """
    if not path.exists():
        raise BadInput(f"{path}: there is no such file or folder")
    try:
        receipt = read_receipt(path)
    except BadFile as error:
        return (Finding("VERIFY-RECEIPT", "block", str(error), f"收据已被改动：{error}", ids=(NAME,)),)
    if not path.is_dir():
        return (*_changed(path.parent, receipt), *_signatures(receipt, trust))
    names, odd = content_of(path)
    known = {f.name for f in receipt.files} | {NAME}
    extra = [
        Finding("VERIFY-EXTRA", "block", f"{name} was not published", f"{name} 不是发布的文件", ids=(name,))
        for name in sorted((names | odd) - known)
    ]
    return (*_changed(path, receipt), *extra, *_signatures(receipt, trust))


def _changed(folder: Path, receipt: Receipt) -> list[Finding]:
    out: list[Finding] = []
    for file in receipt.files:
        target = folder / file.name
        if not os.path.lexists(target):
            out.append(
                Finding("VERIFY-MISSING", "block", f"{file.name} is missing", f"缺少 {file.name}", ids=(file.name,))
            )
            continue
        try:
            data = target.read_bytes()
        except OSError as error:
            reason = error.strerror or str(error)
            out.append(
                Finding(
                    "VERIFY-UNREADABLE",
                    "block",
                    f"{file.name} cannot be read ({reason})",
                    f"无法读取 {file.name}（{reason}）",
                    ids=(file.name,),
                )
            )
            continue
        if sha256(data) != file.sha256:
            out.append(
                Finding(
                    "VERIFY-CHANGED",
                    "block",
                    f"{file.name} was changed after it was published",
                    f"{file.name} 在发布后被改动",
                    ids=(file.name,),
                )
            )
    return out


def _signatures(receipt: Receipt, trust: Trust | None) -> list[Finding]:
    out: list[Finding] = []
    for under, subject in (("signatures", subject_of_receipt(receipt)), ("vouched", subject_of_folder(receipt))):
        for one in getattr(receipt, under):
            if not good(one, subject):
                why, why_zh = "is not under what was published", "与发布内容不符"
            elif trust is not None and not trust.knows(one):
                why, why_zh = "is not of a person that the trust file has with this key and role", "不在信任名单中"
            else:
                continue
            en = f"the signature of {one.name} as {one.role} {why}"
            zh = f"{one.name}（{one.role}）的签名{why_zh}"
            out.append(Finding("VERIFY-SIGNATURE", "block", en, zh, ids=(one.name,)))
    if receipt.roles and not out:
        missing = [f for f in lacking(receipt.roles, receipt.signatures, trust) if f.code != "SIGN-002"]
        out += [Finding("VERIFY-SIGNATURE", "block", f.message, f.message_zh, ids=f.ids) for f in missing]
    if trust is None and (receipt.signatures or receipt.vouched) and not out:
        names = tuple(dict.fromkeys(s.name for s in (*receipt.signatures, *receipt.vouched)))
        en = f"signed as {', '.join(names)}; whose keys these are was not held against a trust file"
        zh = f"签名人自称：{'、'.join(names)}；未与信任名单核对密钥归属"
        out.append(Finding("VERIFY-UNVOUCHED", "note", en, zh, ids=names))
    return out
