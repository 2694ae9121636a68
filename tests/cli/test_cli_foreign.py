"""`showeditor check` over files that other programs wrote, or that were written from the formats' own descriptions.

The flaw in each file is known beforehand, and the check has to name it by the file's own names; what the file does not
hold is told.
"""

import base64
import io
import json
import struct
import zipfile
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from litchi_wp.waypoint import Waypoint
from pymavlink import mavwp
from pymavlink.dialects.v20 import common
from showeditor.cli import main

with redirect_stdout(io.StringIO()):
    from cflib.crazyflie.mem.trajectory_memory import CompressedSegment, CompressedStart


def report(capsys: pytest.CaptureFixture[str], path: Path, *more: str) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = main(["check", str(path), "--json", *more])
    out, err = capsys.readouterr()
    assert err == ""
    return code, json.loads(out)


def codes(answer: dict[str, Any], *severities: str) -> set[str]:
    return {f["code"] for f in answer["findings"] if f["severity"] in severities}


def one(answer: dict[str, Any], code: str) -> dict[str, Any]:
    (found,) = (f for f in answer["findings"] if f["code"] == code)
    return dict(found)


def unjudged(answer: dict[str, Any]) -> set[str]:
    return {f["ids"][0] for f in answer["findings"] if f["code"] == "SAFE-010"}


# --- drones --------------------------------------------------------------------------------------------------------


def skyc(path: Path, gap_m: float, validation: dict[str, float]) -> None:
    """Two drones that rise, wait `gap_m` apart, and land, as a .skyc by its description: zip of JSON, metres, NWU."""
    drones = []
    with zipfile.ZipFile(path, "w") as held:
        for k, name in enumerate(("Alice", "Bob")):
            home, near = [0.0, 10.0 * k, 0.0], [0.0, gap_m * k, 12.0]
            points = [[0, home, []], [12, [*home[:2], 12.0], []], [24, near, []], [30, near, []],
                      [42, [*home[:2], 12.0], []], [66, home, []]]  # fmt: skip
            trajectory = {"version": 1, "takeoffTime": 3.0, "landingTime": 69.0, "points": points}
            held.writestr(f"drones/{name}/trajectory.json", json.dumps(trajectory))
            settings = {
                "name": name, "home": home, "landAt": home, "trajectory": {"$ref": f"./drones/{name}/trajectory.json"},
                "lights": {"version": 1, "data": base64.b64encode(b"\0").decode()},
            }  # fmt: skip
            drones.append({"type": "generic", "settings": settings})
        show = {"version": 1, "swarm": {"drones": drones}, "settings": {"validation": validation}}
        held.writestr("show.json", json.dumps(show))


def test_skyc_is_held_to_the_limits_it_states(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "pair.skyc"
    skyc(file, 2.0, {"minDistance": 2.5, "maxVelocityXY": 5, "maxAccelerationXY": 50, "maxAccelerationZ": 50})
    code, answer = report(capsys, file)
    assert code == 1
    near = one(answer, "DRN-001")
    assert set(near["ids"]) == {"Alice", "Bob"}
    assert near["measured"] == pytest.approx(2.0, abs=0.01)
    assert near["limit"] == 2.5
    assert 26.0 <= near["t0_s"] <= 27.0
    assert unjudged(answer) == {"a geofence", "an audience area", "no-fly zones", "fireworks"}
    assert "SAFE-011" not in codes(answer, "note")
    # other limits: by name, by a file, and the file's own again
    relaxed = tmp_path / "limits.toml"
    relaxed.write_text("min_gap_m = 1.5\n")
    assert report(capsys, file, "--limits", str(relaxed))[0] == 0
    assert report(capsys, file, "--limits", "min_gap_m=1.5,max_speed_xy_mps=0.2")[0] == 1
    assert report(capsys, file, "--rules", "tokyo-1")[1]["clear"] is False


def skyb(path: Path, x: float, over: float) -> None:
    """A .skyb by its description, its path packed by cflib: up in 8 s, aside by `over`, back, and down."""
    body = bytes([1]) + bytes(CompressedStart(x, 0.0, 0.0, 0.0).pack())
    for seconds, ex, ez in ((8.0, [], [12.0]), (10.0, [x + over], []), (10.0, [x], []), (20.0, [], [0.0])):
        body += bytes(CompressedSegment(seconds, ex, [], ez, []).pack())
    path.write_bytes(b"skyb\x01" + struct.pack("<BH", 1, len(body)) + body)


def test_a_set_of_skyb_packed_by_cflib(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = tmp_path / "drones"
    folder.mkdir()
    for k in range(3):
        skyb(folder / f"{k + 1}.skyb", 6.0 * k, 4.5 if k == 0 else 0.0)
    code, answer = report(capsys, folder, "--limits", "max_accel_mps2=99")
    assert code == 1
    assert answer["counts"]["drones"] == 3
    near = one(answer, "DRN-001")
    assert set(near["ids"]) == {"1", "2"}
    assert near["measured"] == pytest.approx(1.5, abs=0.01)
    alone = report(capsys, folder / "3.skyb", "--limits", "max_accel_mps2=99")
    assert (alone[0], alone[1]["counts"]["drones"]) == (0, 1)
    plain = report(capsys, folder)[1]
    assert "SAFE-011" in codes(plain, "note")


def poly7(x: float, over: float) -> str:
    """Crazyswarm's table: duration and the powers 0 to 7 of x, y, z, yaw: up 10 m, over, and down, rest to rest."""
    smooth = [0, 0, 0, 0, 35, -84, 70, -20]

    def powers(start: float, way: float, seconds: float) -> list[float]:
        return [start + way * c if k == 0 else way * c / seconds**k for k, c in enumerate(smooth)]

    rows = ["duration," + ",".join(f"{a}^{k}" for a in ("x", "y", "z", "yaw") for k in range(8))]
    for seconds, x0, dx, z0, dz in ((12, x, 0, 0, 10), (12, x, over, 10, 0), (24, x + over, 0, 10, -10)):
        axes = (powers(x0, dx, seconds), [0.0] * 8, powers(z0, dz, seconds), [0.0] * 8)
        rows.append(",".join(str(v) for v in (seconds, *(c for axis in axes for c in axis))))
    return "\n".join(rows) + "\n"


def test_poly7_tables_meet_between_their_rows(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for name, x, over in (("cf1", 0.0, 8.0), ("cf2", 8.0, -8.0)):
        (tmp_path / f"{name}.csv").write_text(poly7(x, over))
    code, answer = report(capsys, tmp_path)
    assert code == 1
    near = one(answer, "DRN-001")
    assert near["measured"] == pytest.approx(0.0, abs=1e-3)
    assert near["t0_s"] < 18.0 < near["t1_s"]


def vviz(path: Path) -> None:
    """VVIZ 1.0 by its description: deltas in metres, X right, Y up; a second drone that flies 12 m/s."""

    def drone(name: int, x: float, speed: float) -> dict[str, Any]:
        way = [(0.0, 1.5, 8), (speed, 0.0, 5), (-speed, 0.0, 5), (0.0, -1.0, 12)]
        steps = [{"dx": vx, "dy": vy, "dz": 0.0, "dt": 1.0} for vx, vy, n in way for _ in range(n)]
        light = {"id": 0, "type": "Light", "payloadActions": [{"r": 255, "g": 0, "b": 0, "frames": 600}]}
        agent = {"homeX": x, "homeY": 0.0, "homeZ": 0.0, "airframe": "quad", "agentTraversal": steps}
        return {"id": name, "agentDescription": agent, "payloadDescription": [light]}

    held = {
        "version": "1.0", "performanceName": "two", "defaultPositionRate": 1, "defaultColorRate": 24,
        "timeOffsetSecs": 0, "performances": [drone(1, 0.0, 1.0), drone(2, 20.0, 12.0)],
    }  # fmt: skip
    path.write_text(json.dumps(held))


def test_vviz_with_a_drone_that_is_too_fast(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    vviz(tmp_path / "two.vviz")
    code, answer = report(capsys, tmp_path / "two.vviz", "--limits", "max_accel_mps2=99")
    assert code == 1
    fast = one(answer, "DRN-002")
    assert fast["measured"] == pytest.approx(12.0, abs=0.5)
    assert len(fast["ids"]) == 1
    assert "2" in fast["ids"][0]


def test_litchi_points_written_by_litchi_wp(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    lines = [Waypoint.get_header()]
    for lat, alt, speed in ((28.13860, 20.0, 4.0), (28.13950, 20.0, 4.0), (28.13950, 180.0, 1.5)):
        point = Waypoint(lat, 113.6294, alt)
        point.set_speed_ms(speed)
        lines.append(point.to_line())
    (tmp_path / "solo.csv").write_text("".join(lines))
    code, answer = report(capsys, tmp_path / "solo.csv", "--limits", "max_accel_mps2=99")
    assert code == 1
    assert one(answer, "DRN-006")["measured"] == pytest.approx(180.0, abs=0.5)


def test_a_mission_saved_by_pymavlink(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    loader = mavwp.MAVWPLoader()
    frame, way = common.MAV_FRAME_GLOBAL_RELATIVE_ALT, common.MAV_CMD_NAV_WAYPOINT
    steps = [
        (common.MAV_FRAME_GLOBAL, way, 0, 28.1386, 113.6294, 45.0),
        (frame, common.MAV_CMD_NAV_TAKEOFF, 0, 28.1386, 113.6294, 20.0),
        (frame, way, 0, 28.1390, 113.6294, 160.0),
        (frame, common.MAV_CMD_NAV_LAND, 0, 28.1390, 113.6294, 0.0),
    ]
    for k, (in_frame, command, hold, lat, lon, alt) in enumerate(steps):
        loader.add(common.MAVLink_mission_item_message(1, 1, k, in_frame, command, 0, 1, hold, 0, 0, 0, lat, lon, alt))
    loader.save(str(tmp_path / "solo.waypoints"))
    code, answer = report(capsys, tmp_path / "solo.waypoints", "--limits", "max_accel_mps2=99")
    assert code == 1
    assert one(answer, "DRN-006")["measured"] == pytest.approx(160.0, abs=0.5)


# --- firing --------------------------------------------------------------------------------------------------------

COBRA = (
    "#Trigger Channel,#Trigger Button,#Deadman Button,#Return Channel,#AudioBox Filename,#Script Name,"
    "#Disable Firing Button,#Alternate Firing Button,#Alternate 2 Firing Button,#SMPTE Timecode\n"
    "0,1,deadman,0,show.mp3,Demo,18,,,\n"
    "#Event Time,#Channel,#Cue,#Event Description,#Disable Groups,#Fire Time,#AUX Value,#DMX Universe,#DMX Channel,"
    "#DMX Value,#DMX Duration\n"
    "00:00:10.00s,1,1,Gold Comet w/ Red Mine,,,,,,,\n"
    "00:00:11.20s,1,2,Red Peony 3in,,,,,,,\n"
    "00:00:36.35s,1,2,Gold Kamuro 5in,,,,,,,\n"
    "END\n"
)
FIRETEK = (
    "##Demo Show,,,,,,,,,,,\n"
    "Module ID,Rail,Channel,Time,Sequence,DMX Value,RampX,Duration or Rate,Position,SafetyZone,"
    "Channel Name,Sequence Name\n"
    "1,1,1,10000,0,0,0,0,1,1,Gold Comet w/ Red Mine,Show\n"
    "1,1,1,13250,0,0,0,0,2,1,Blue To Silver Chrysanthemum,Show\n"
)


@pytest.mark.parametrize(("name", "text"), [("cobra.csv", COBRA), ("script.csv", FIRETEK)])
def test_a_firing_script_with_a_pin_used_twice(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, text: str
) -> None:
    (tmp_path / name).write_text(text)
    code, answer = report(capsys, tmp_path / name)
    assert code == 1
    assert len(one(answer, "CTL-002")["ids"]) == 2
    assert codes(answer, "block") == {"CTL-002"}
    assert unjudged(answer) >= {"drones", "what is fired from where"}


SHAPES: dict[str, Callable[[Path], None]] = {
    "pair.skyc": lambda path: skyc(path, 4.0, {"minDistance": 2.5, "maxAccelerationXY": 50, "maxAccelerationZ": 50}),
    "two.vviz": vviz,
    "1.skyb": lambda path: skyb(path, 0.0, 4.5),
}


@pytest.mark.parametrize("name", SHAPES)
def test_a_file_cut_short_is_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    SHAPES[name](file)
    file.write_bytes(file.read_bytes()[:-9])
    capsys.readouterr()
    assert main(["check", str(file)]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert name in err
