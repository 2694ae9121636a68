"""A published folder against its receipt."""

import os
from pathlib import Path

from showeditor.export.folder import content_of
from showeditor.export.receipt import NAME, Receipt, receipt_of, sha256
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


def verify(path: Path) -> tuple[Finding, ...]:
    """What differs between a published folder (or file) and its receipt; empty when every byte is as published.

    Every changed, missing and additional file is a block, and so is a receipt that was changed. Raises BadInput when
    there is no receipt at all.
    """
    if not path.exists():
        raise BadInput(f"{path}: there is no such file or folder")
    try:
        receipt = read_receipt(path)
    except BadFile as error:
        return (Finding("VERIFY-RECEIPT", "block", str(error), f"收据已被改动：{error}", ids=(NAME,)),)
    if not path.is_dir():
        return tuple(_changed(path.parent, receipt))
    names, odd = content_of(path)
    known = {f.name for f in receipt.files} | {NAME}
    extra = [
        Finding("VERIFY-EXTRA", "block", f"{name} was not published", f"{name} 不是发布的文件", ids=(name,))
        for name in sorted((names | odd) - known)
    ]
    return (*_changed(path, receipt), *extra)


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
