"""Findings and receipts as short pages for the dialogs."""

from collections.abc import Iterable
from html import escape
from pathlib import Path

from showeditor.export.receipt import Receipt
from showeditor.export.rounding import spread_of
from showeditor.model.finding import Finding
from showeditor.model.times import clock
from showeditor.ui import theme
from showeditor.ui.language import word

MOST = 200
MOST_ROUNDED = 3
_COLOURS = {"block": theme.BLOCK, "warn": theme.WARN, "note": theme.MUTED}


def findings_html(findings: Iterable[Finding], chinese: bool) -> str:
    """Why nothing was written: the blocking findings, then the others."""
    order = {"block": 0, "warn": 1, "note": 2}
    rows = sorted(findings, key=lambda f: (order[f.severity], f.t0_us))
    blocks = sum(f.severity == "block" for f in rows)
    head = escape(word("Refused: {n} findings stop the export. Nothing was written.").format(n=blocks))
    lines = [
        f"<tr><td style='color:{_COLOURS[f.severity]}; padding-right:10px'>{clock(f.t0_us)}</td>"
        f"<td>{escape((f.message_zh if chinese else '') or f.message)}"
        f" <span style='color:{theme.FAINT}'>{escape(f.code)}</span></td></tr>"
        for f in rows[:MOST]
    ]
    return f"<p style='color:{theme.BLOCK}'><b>{head}</b></p><table>{''.join(lines)}</table>"


def rounding_html(receipt: Receipt) -> str:
    """How far each format moved the cues, the cues that moved farthest by name; empty where nothing is fired."""
    rows = []
    for one in receipt.formats:
        spread = spread_of(one.rounding_us)
        if spread is None:
            continue
        worst = sorted(one.rounding_us.items(), key=lambda pair: (-abs(pair[1]), pair[0]))[:MOST_ROUNDED]
        names = ", ".join(f"{cue} {us / 1000:+g}" for cue, us in worst if us)
        cells = (
            one.id,
            f"{one.tick_us / 1000:g}",
            f"{spread.moved}/{spread.cues}",
            f"+{spread.late_us / 1000:g} / -{spread.early_us / 1000:g}",
            f"{spread.mean_us / 1000:.3g}",
            names,
        )
        rows.append("<tr>" + "".join(f"<td style='padding-right:14px'>{escape(c)}</td>" for c in cells) + "</tr>")
    if not rows:
        return ""
    heads = (
        word("Format"), word("Tick (ms)"), word("Rounded"), word("At most (ms)"), word("Mean (ms)"),
        word("Farthest (ms)"),
    )  # fmt: skip
    head = "".join(f"<td style='padding-right:14px; color:{theme.MUTED}'>{escape(h)}</td>" for h in heads)
    return f"<p><b>{escape(word('Rounding of the cues'))}</b></p><table><tr>{head}</tr>{''.join(rows)}</table>"


def receipt_html(receipt: Receipt, folder: Path, chinese: bool) -> str:
    """What was written: folder, formats with their agreement, files with their fingerprints."""
    head = escape(word("Published into {folder}").format(folder=folder))
    parts = [f"<p style='color:{theme.GOOD}'><b>{head}</b></p>"]
    for one in receipt.formats:
        agreement = word("times within {t} ms, paths within {p} m").format(
            t=round(one.time_error_us / 1000, 3), p=round(one.path_error_m, 4)
        )
        parts.append(f"<p><b>{escape(one.id)}</b> ({escape(one.status)}) – {escape(agreement)}</p>")
    parts.append(rounding_html(receipt))
    rows = [
        f"<tr><td style='padding-right:14px'>{escape(f.name)}</td>"
        f"<td style='padding-right:14px; color:{theme.MUTED}' align='right'>{f.bytes}</td>"
        f"<td style='color:{theme.FAINT}'>{f.sha256[:16]}…</td></tr>"
        for f in receipt.files[:MOST]
    ]
    parts.append(f"<table>{''.join(rows)}</table>")
    if len(receipt.files) > MOST:
        parts.append(f"<p>{escape(word('… and {n} more files').format(n=len(receipt.files) - MOST))}</p>")
    for signed in receipt.signatures:
        text = word("Signed by {name} as {role}, {when}").format(name=signed.name, role=signed.role, when=signed.when)
        parts.append(f"<p>{escape(text)}</p>")
    warned = [f for f in receipt.findings if f.severity == "warn"]
    if warned:
        parts.append(
            f"<p style='color:{theme.WARN}'>{escape(word('{n} warnings are in the receipt').format(n=len(warned)))}</p>"
        )
    return "".join(parts)
