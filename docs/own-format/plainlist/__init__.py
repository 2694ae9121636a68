"""A firing list of one line per ignition: milliseconds, module and pin, separated by spaces."""

from collections.abc import Mapping

import numpy as np
from showeditor.export.format import Carried, Files, Resolution
from showeditor.model.arrays import frozen
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.finding import Finding
from showeditor.model.plan import Firing, Plan

HEAD = b"plain list 1\n"


class PlainList:
    id, title, title_zh = "plain-list", "Plain list", "简单点火表"
    status, reads, writes = "beta", True, True
    limits: Mapping[str, int | float | str] = {"tick_us": 1000, "max_rows": 10_000}

    def carried(self, plan: Plan) -> Carried:
        return Carried(firing=tuple(range(len(plan.firing))))

    def resolution(self, plan: Plan) -> Resolution:
        return Resolution(tick_us=1000)

    def remarks(self, plan: Plan) -> tuple[Finding, ...]:
        return ()

    def write(self, plan: Plan) -> dict[str, bytes]:
        f = plan.firing
        if len(f) > 10_000:
            raise Unfit(self.id, "the show", f"has {len(f)} ignitions, 10000 are the most")
        rows = sorted(
            ((2 * t + 1000) // 2000, m, p) for t, m, p in zip(f.ignition_us.tolist(), f.module, f.pin, strict=True)
        )
        return {"show.plain": HEAD + b"".join(b"%d %d %d\n" % row for row in rows) + b"end\n"}

    def read(self, files: Files, name: str) -> Plan:
        data = files.get("show.plain", next(iter(files.values()), b""))
        lines = data.removeprefix(HEAD).split(b"\n")
        if not data.startswith(HEAD) or lines[-2:] != [b"end", b""] or len(lines) > 10_002:
            raise BadFile(name, "", "a plain list with its first and last line was expected")
        try:
            rows = [[int(cell) for cell in line.split(b" ")] for line in lines[:-2]]
            t, module, pin = np.array(rows, dtype=np.int64).reshape(-1, 3).T
        except (ValueError, OverflowError) as error:
            raise BadFile(name, "", f"lines of three whole numbers were expected ({error})") from error
        n, none = len(t), ("",) * len(t)
        cue = tuple(f"row {k}" for k in range(1, n + 1))
        us, ints = frozen(t * 1000, np.int64, (None,)), (frozen(c, np.int32, (None,)) for c in (module, pin))
        zeros, place = frozen(np.zeros(n), np.float32, (None,)), frozen(np.zeros((n, 3)), np.float64, (None, 3))
        firing = Firing(cue, none, none, none, none, *ints, us, us, us, zeros, zeros, zeros, place)
        return Plan(title=name, duration_us=int(us.max(initial=0)) + 1, firing=firing)

    def recognises(self, name: str, head: bytes) -> bool:
        return head.startswith(HEAD)


PLAIN_LIST = PlainList()
