"""How much a drone has to hold of what was written.

EXP-SIZE note: bytes for each drone, on average and at most. Remedy: none needed; drones have little memory.
"""

from collections.abc import Mapping

from showeditor.export.format import Carried
from showeditor.model.finding import Finding


def sized(format_id: str, written: Mapping[str, bytes], takes: Carried) -> tuple[Finding, ...]:
    """A note of the bytes that each drone of a format takes; nothing for files without drones."""
    count = len(takes.drones)
    if not count:
        return ()
    whole = sum(map(len, written.values()))
    mean = whole / count
    en = f"{format_id}: {len(written)} files for {count} drones, {whole} bytes, {mean:.0f} a drone"
    zh = f"{format_id}：{count} 架无人机共 {len(written)} 个文件、{whole} 字节，平均每架 {mean:.0f} 字节"
    ids: tuple[str, ...] = ()
    if len(written) == count > 1:
        largest = max(sorted(written), key=lambda name: len(written[name]))
        en += f"; the largest is {largest} with {len(written[largest])}"
        zh += f"；最大为 {largest}，{len(written[largest])} 字节"
        ids = (largest,)
    return (Finding("EXP-SIZE", "note", en, zh, ids=ids, measured=float(mean), unit="B"),)
