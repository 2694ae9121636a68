"""How fast and how small fleets become files: `fleet-files` and `fleet-split`."""

import io
import json
import resource
import tempfile
import time
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from showeditor.bench.fleet import fleet_plan
from showeditor.kernels.bernstein import states
from showeditor.model.arrays import frozen
from showeditor.model.plan import Plan
from showeditor.model.times import US

Result = dict[str, Any]
_LINEAR_BYTES = 9
"""A straight piece of `.skyb`: kinds, duration and three end values."""


def _peer(plan: Plan) -> int:
    """The size of the same flights as zipped JSON of four places a second, by the standard library alone."""
    d = plan.drones
    times = range(0, int(d.piece_t1_us.max()) + 1, US // 4)
    arrays = (d.piece_start, d.piece_t0_us, d.piece_t1_us, d.ctrl_start, d.ctrl, d.home_m)
    places = np.round(np.stack([states(*arrays, t)[0] for t in times], axis=1), 5)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        for i, name in enumerate(d.name):
            points = [[t / US, place, []] for t, place in zip(times, places[i].tolist(), strict=True)]
            archive.writestr(f"{name}.json", json.dumps({"version": 1, "points": points}))
    return len(target.getvalue())


def fleet_files() -> Result:
    """1,000 drones over 10 minutes into .skyc, .skyb and VVIZ, against sampled JSON by the standard library.

    `skyb_bytes` is what the paths of a drone take, `linear_bytes` what straight pieces four times a second would.
    """
    from showeditor.export.paths import farthest
    from showeditor.export.registry import formats

    plan = fleet_plan(1_000, 10)
    small = fleet_plan(4, 3)
    out: Result = {"name": "fleet-files", "peer": "zipped JSON of four places a second by the standard library"}
    start = time.perf_counter()
    _peer(plan)
    out["peer_s"] = time.perf_counter() - start
    for name in ("skyc", "skyb", "vviz"):
        form = formats()[name]
        form.write(small)
        start = time.perf_counter()
        files = form.write(plan)
        out[f"{name}_s"] = time.perf_counter() - start
        out[f"{name}_bytes_a_drone"] = sum(map(len, files.values())) / len(plan.drones)
        if name == "skyb":
            read = form.read(files, name).drones
            pairs = [(i, read.name.index(plan.drones.name[i])) for i in range(0, len(plan.drones), 10)]
            out["skyb_error_m"] = farthest(plan.drones, read, pairs, 0.02).distance_m
            dark = form.write(_unlit(plan))
            out["skyb_path_bytes"] = sum(map(len, dark.values())) / len(plan.drones)
    seconds = int(plan.drones.piece_t1_us.max()) // US
    out["linear_bytes"] = _LINEAR_BYTES * 4 * seconds
    out["ours_s"] = out["skyc_s"]
    out["ratio"] = out["peer_s"] / out["skyc_s"]
    out["summary"] = (
        f"1,000 drones for 10 minutes: .skyc {out['skyc_s']:.1f} s, .skyb {out['skyb_s']:.1f} s, VVIZ "
        f"{out['vviz_s']:.1f} s ({out['peer']}: {out['peer_s']:.1f} s); a .skyb path takes "
        f"{out['skyb_path_bytes']:.0f} bytes within {out['skyb_error_m'] * 1e3:.1f} mm, straight pieces four times a "
        f"second {out['linear_bytes']}"
    )
    return out


def _unlit(plan: Plan) -> Plan:
    """The plan without light, to weigh the paths alone."""
    d = plan.drones
    dark = replace(
        d,
        key_start=frozen(np.zeros(len(d) + 1), np.int64, (None,)),
        key_t_us=d.key_t_us[:0],
        key_rgbw=d.key_rgbw[:0],
        key_fade=d.key_fade[:0],
    )
    return replace(plan, drones=dark)


def fleet_split() -> Result:
    """16,000 drones over 10 minutes through the gate into split .skyc files: seconds and the memory that it took."""
    from showeditor.export.gate import publish

    plan = fleet_plan(16_000, 10)
    told: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        receipt = publish(plan, ["skyc"], Path(folder) / "out", progress=told.append)
        spent = time.perf_counter() - start
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    return {
        "name": "fleet-split",
        "peer": "three minutes and 4 GB",
        "ours_s": spent,
        "peer_s": 180.0,
        "ratio": 180.0 / spent,
        "peak_mb": peak_mb,
        "files": len(receipt.files),
        "progress_steps": len(told),
        "summary": f"16,000 drones checked, written as {len(receipt.files)} .skyc files, read back, checked again in "
        f"{spent:.0f} s with {peak_mb / 1e3:.1f} GB at most; progress told {len(told)} times",
    }
