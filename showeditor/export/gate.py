"""The gate: the only writer of files that hardware loads. What it writes it has checked, and read back, and checked.

EXP-UNREADABLE block: a format cannot read what it wrote. Remedy: a fault of the format; report it with the show.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from showeditor.export.compare import compared, judged, left_out, nothing_to_write
from showeditor.export.folder import swap_in, write_file
from showeditor.export.format import Carried, Format
from showeditor.export.names import file_stem, safe_member
from showeditor.export.payload import unburdened, with_drones
from showeditor.export.receipt import (
    NAME,
    PublishedFile,
    PublishedFormat,
    Receipt,
    files_of,
    program_versions,
    receipt_bytes,
    sealed,
)
from showeditor.export.registry import format_named, formats
from showeditor.export.returning import unreturned
from showeditor.export.rounding import errors_of, recheck
from showeditor.export.signatures import Signature, Trust, lacking, sifted, subject_of
from showeditor.export.sizes import sized
from showeditor.export.verify import verify
from showeditor.model.errors import BadFile, BadInput, Unfit
from showeditor.model.finding import Finding, blocks
from showeditor.model.fingerprint import fingerprint
from showeditor.model.limits import Limits
from showeditor.model.plan import Plan
from showeditor.model.waiver import Waiver
from showeditor.safety.check import check
from showeditor.safety.packs import Pack, load_pack
from showeditor.safety.waivers import signed_away, told

__all__ = ["Approval", "PublishedFile", "Receipt", "Refused", "Waiver", "publish", "publish_file", "verify"]

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Approval:
    """Signatures under this state of the show, and the persons whose signatures count."""

    signatures: tuple[Signature, ...] = ()
    trust: Trust | None = None


class Refused(Exception):
    """Nothing was written: `findings` says why (every finding, the blocking ones among them)."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        first = next((f.message for f in self.findings if f.severity == "block"), "refused")
        count = sum(f.severity == "block" for f in self.findings)
        super().__init__(first if count <= 1 else f"{first} (and {count - 1} more)")


def publish(
    plan: Plan,
    format_ids: Sequence[str],
    folder: Path,
    *,
    show_fingerprint: str = "",
    waivers: Iterable[Waiver] = (),
    limits: Limits | None = None,
    approval: Approval = Approval(),
    progress: Progress | None = None,
    when: str = "",
) -> Receipt:
    """Check the plan, write the formats, read the files back and check them; then put the folder in place.

    With one format its files lie in the folder itself, with several in a folder each, named by the format's id; the
    receipt lies beside them. `limits` can only tighten the plan's; `waivers` come to those of the plan; `approval`
    holds the signatures that a rule pack may ask for. `progress` is called with 0 to 1.

    Raises Refused with all findings when the plan or a file read back is not clear, Unfit when a plan does not fit a
    format, BadInput for unknown formats and folders that cannot be written. Nothing is on disk after any of them.
    """
    chosen = _chosen(format_ids)
    receipt, files = _prepared(plan, chosen, show_fingerprint, tuple(waivers), limits, approval, progress, when)
    swap_in(folder, {**files, NAME: receipt_bytes(receipt)})
    _tell(progress, 1.0)
    return receipt


def publish_file(
    plan: Plan,
    path: Path,
    *,
    format_id: str | None = None,
    show_fingerprint: str = "",
    waivers: Iterable[Waiver] = (),
    limits: Limits | None = None,
    approval: Approval = Approval(),
    progress: Progress | None = None,
    when: str = "",
) -> Path:
    """Publish one file under a name of the caller's, with `NAME.receipt.json` beside it; returns the file's path.

    Without `format_id` the format is the one of that suffix. Checks and errors are those of `publish`; a format that
    needs several files for this plan raises Unfit.
    """
    if format_id is None:
        format_id = path.suffix.lower().lstrip(".")
        if format_id not in formats():
            known = ", ".join(f".{name}" for name in ("skyc", "skyb") if name in formats())
            raise BadInput(f"{path.name}: the file's ending names no format; endings that do are {known}")
    chosen = _chosen([format_id])
    receipt, files = _prepared(plan, chosen, show_fingerprint, tuple(waivers), limits, approval, progress, when)
    if len(files) != 1:
        raise Unfit(format_id, path.name, f"this plan makes {len(files)} files; publish it into a folder")
    ((_, data),) = files.items()
    receipt = sealed(_renamed(receipt, path.name))
    write_file(path, data)
    write_file(path.with_name(path.name + "." + NAME), receipt_bytes(receipt))
    _tell(progress, 1.0)
    return path


def _renamed(receipt: Receipt, name: str) -> Receipt:
    only = receipt.files[0]
    fields = {f: getattr(receipt, f) for f in receipt.__struct_fields__}
    return Receipt(**{**fields, "files": (PublishedFile(name, only.sha256, only.bytes),), "seal": ""})


def _chosen(format_ids: Sequence[str]) -> list[Format]:
    if not format_ids:
        raise BadInput("name at least one format to publish")
    chosen = [format_named(name) for name in format_ids]
    if len({one.id for one in chosen}) != len(chosen):
        raise BadInput(f"a format is named twice in {', '.join(format_ids)}")
    for one in chosen:
        if not (one.writes and one.reads):
            raise BadInput(f"format {one.id!r} cannot be published: it must be able to write and to read back")
    return chosen


def _tell(progress: Progress | None, share: float) -> None:
    if progress is not None:
        progress(share)


def _part(progress: Progress | None, start: float, end: float) -> Progress | None:
    if progress is None:
        return None
    return lambda share: progress(start + (end - start) * share)


def _prepared(
    plan: Plan,
    chosen: list[Format],
    show_fingerprint: str,
    waivers: tuple[Waiver, ...],
    limits: Limits | None,
    approval: Approval,
    progress: Progress | None,
    when: str,
) -> tuple[Receipt, dict[str, bytes]]:
    if limits is not None:
        plan = replace(plan, limits=plan.limits.tightened(limits))
    if waivers:
        plan = replace(plan, waivers=plan.waivers + waivers)
    findings = list(check(plan, progress=_part(progress, 0.0, 0.4)))
    if any(f.code == "SAFE-002" for f in findings):
        # without a rule pack nobody can say whose signatures are needed
        raise Refused(findings)
    desk = _signing(plan, show_fingerprint, approval)
    findings = [*desk.lift(findings), *desk.findings]
    carried = [one.carried(plan) for one in chosen]
    for one, takes in zip(chosen, carried, strict=True):
        if not takes:
            findings.append(nothing_to_write(one.id, one.title, one.title_zh, plan))
    if blocks(findings):
        raise Refused(findings)
    findings += left_out(plan, carried)
    files: dict[str, bytes] = {}
    entries: list[PublishedFormat] = []
    for k, (one, takes) in enumerate(zip(chosen, carried, strict=True)):
        share = _part(progress, 0.4 + 0.55 * k / len(chosen), 0.4 + 0.55 * (k + 1) / len(chosen))
        written, entry, more = _one_format(plan, one, takes, tuple(findings), desk, share)
        findings += told(more, plan.waivers)
        entries.append(entry)
        prefix = "" if len(chosen) == 1 else f"{file_stem(one.id)}/"
        files |= {prefix + name: data for name, data in written.items()}
    if blocks(findings):
        raise Refused(findings)
    program, libraries = program_versions()
    receipt = Receipt(
        title=plan.title,
        program=program,
        libraries=libraries,
        show_sha256=show_fingerprint,
        plan_sha256=plan_mark(plan),
        rules=plan.rules,
        rules_sha256=desk.rules_sha256,
        limits=plan.limits,
        limits_source=plan.limits_source,
        formats=tuple(entries),
        files=files_of(files),
        findings=tuple(findings),
        waivers=plan.waivers,
        when=when,
        roles=desk.roles,
        signatures=desk.signatures,
    )
    return sealed(receipt), files


@dataclass(frozen=True, slots=True)
class _Desk:
    """The signatures that count, what they lift, and what is missing of them."""

    plan: Plan
    pack: Pack
    rules_sha256: str
    signatures: tuple[Signature, ...]
    trusted: bool
    findings: tuple[Finding, ...]

    @property
    def roles(self) -> tuple[str, ...]:
        return self.pack.approval.roles if self.pack.approval is not None else ()

    def may(self, code: str, who: str) -> bool:
        """Whether this person signed, trusted, in a role that may sign for this code."""
        return self.trusted and any(
            row.code == code and any(s.name == who and s.role in row.roles for s in self.signatures)
            for row in self.pack.signable
        )

    def lift(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings without the blocks that were signed for."""
        return signed_away(findings, self.plan.waivers, self.may)


def plan_mark(plan: Plan) -> str:
    """The fingerprint of a plan as it was checked and signed: without sound that was loaded only to be written."""
    return fingerprint(replace(plan, soundtrack=None))


def _signing(plan: Plan, show_fingerprint: str, approval: Approval) -> _Desk:
    pack = load_pack(plan.rules)
    rules = fingerprint(pack)
    subject = subject_of(show_fingerprint, plan_mark(plan), plan.rules, rules, plan.limits, plan.waivers)
    kept, left = sifted(approval.signatures, subject, approval.trust)
    roles = pack.approval.roles if pack.approval is not None else ()
    missing = lacking(roles, kept, approval.trust)
    return _Desk(plan, pack, rules, kept, approval.trust is not None, left + missing)


def _one_format(
    plan: Plan, one: Format, takes: Carried, known: tuple[Finding, ...], desk: _Desk, progress: Progress | None
) -> tuple[dict[str, bytes], PublishedFormat, list[Finding]]:
    """The files of one format, how well they agree, and what was found when they were read back."""
    resolution = one.resolution(plan)
    findings = [*one.remarks(plan), *unburdened(plan, takes, one.id), *unreturned(plan, takes, one.id)]
    written = dict(one.write(plan))
    _refuse_names(one.id, written)
    findings += sized(one.id, written, takes)
    _tell(progress, 0.3)
    try:
        read = one.read(written, f"what {one.id} wrote")
    except BadFile as error:
        en = f"{one.id} cannot read back what it wrote: {error}"
        raise Refused(
            [*known, Finding("EXP-UNREADABLE", "block", en, f"{one.id} 无法读回所写内容：{error}")]
        ) from error
    agreement = compared(plan, takes, read, resolution, one.id)
    findings += agreement.findings
    if not blocks(findings):
        findings += recheck(plan, agreement.moments, known, one.id, desk.lift)
    _tell(progress, 0.6)
    if takes.drones and not blocks(findings):
        again = with_drones(plan, read.drones)
        found = desk.lift(check(again, progress=_part(progress, 0.6, 1.0)))
        findings += judged(tuple(found), known, resolution, one.id)
    entry = PublishedFormat(
        id=one.id,
        status=one.status,
        tick_us=resolution.tick_us,
        time_error_us=agreement.time_us,
        path_tolerance_m=resolution.path_m,
        path_error_m=round(agreement.path_m, 6),
        light_error_levels=round(agreement.light_levels, 3),
        rounding_us=errors_of(plan, agreement.moments),
    )
    return written, entry, findings


def _refuse_names(format_id: str, files: dict[str, bytes]) -> None:
    if not files:
        raise Unfit(format_id, "the plan", "gave no file")
    seen: dict[str, str] = {}
    for name in files:
        if not safe_member(name) or name.casefold() == NAME:
            raise Unfit(format_id, f"file name {name!r}", "is not a name that every system can hold")
        if name.casefold() in seen:
            raise Unfit(format_id, f"file name {name!r}", f"is the same as {seen[name.casefold()]!r} on many systems")
        seen[name.casefold()] = name
