"""Meshes and clouds: even points at a stated spacing, every format, torn and hostile files refused by place."""

import json
import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from showeditor.formations.mesh import read_mesh
from showeditor.formations.source import draw_source
from showeditor.formations.surface import Surface, draw_surface
from showeditor.model.arrays import Floats, Longs
from showeditor.model.errors import BadFile, BadInput

CORNERS = np.array([[x, y, z] for x in (0.0, 2.0) for y in (0.0, 3.0) for z in (0.0, 5.0)])
QUADS = [[0, 1, 3, 2], [4, 6, 7, 5], [0, 4, 5, 1], [2, 3, 7, 6], [0, 2, 6, 4], [1, 5, 7, 3]]
TRIANGLES = np.array([[f[0], f[k], f[k + 1]] for f in QUADS for k in (1, 2)])


def gap(points: Floats) -> float:
    far = np.linalg.norm(points[:, None] - points[None], axis=-1)
    return float((far + np.eye(len(points)) * 1e9).min())


def obj() -> bytes:
    # y up, z to the viewer
    lines = [f"v {x} {z} {-y}" for x, y, z in CORNERS] + ["vn 0 0 1"]
    return "\n".join(lines + ["f " + " ".join(f"{c + 1}//1" for c in quad) for quad in QUADS]).encode()


def stl(binary: bool) -> bytes:
    if binary:
        rows = b"".join(struct.pack("<12fH", 0, 0, 0, *CORNERS[list(row)].ravel(), 0) for row in TRIANGLES)
        return b"\0" * 80 + struct.pack("<I", len(TRIANGLES)) + rows
    facets = "".join(
        "facet normal 0 0 0\nouter loop\n"
        + "".join("vertex {} {} {}\n".format(*CORNERS[c]) for c in row)
        + "endloop\nendfacet\n"
        for row in TRIANGLES
    )
    return f"solid box\n{facets}endsolid box\n".encode()


def ply(binary: bool, quads: bool = False) -> bytes:
    faces = QUADS if quads else TRIANGLES.tolist()
    head = (
        f"ply\nformat {'binary_little_endian' if binary else 'ascii'} 1.0\ncomment box\nelement vertex 8\n"
        "property float x\nproperty float y\nproperty float z\nproperty uchar red\nproperty uchar green\n"
        f"property uchar blue\nelement face {len(faces)}\nproperty list uchar int vertex_indices\nend_header\n"
    ).encode()
    if binary:
        rows = [struct.pack("<3f3B", *c, 255, 0, 9) for c in CORNERS]
        return head + b"".join(rows + [struct.pack(f"<B{len(f)}i", len(f), *f) for f in faces])
    words = ["{} {} {} 255 0 9".format(*c) for c in CORNERS] + [f"{len(f)} " + " ".join(map(str, f)) for f in faces]
    return head + "\n".join(words).encode()


def glb(change: dict[str, object] | None = None, cut: int = 0) -> bytes:
    shifted = np.stack([CORNERS[:, 0], CORNERS[:, 2], -CORNERS[:, 1]], axis=1) / 2.0
    body = shifted.astype("<f4").tobytes() + TRIANGLES.astype("<u2").tobytes()
    tree: dict[str, object] = {
        "asset": {"version": "2.0"},
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0, "scale": [2, 2, 2], "translation": [7, 0, 0]}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0}, "indices": 1, "material": 0}]}],
        "materials": [{"pbrMetallicRoughness": {"baseColorFactor": [1, 0, 0, 1]}}],
        "accessors": [
            {"bufferView": 0, "componentType": 5126, "count": 8, "type": "VEC3"},
            {"bufferView": 1, "componentType": 5123, "count": 36, "type": "SCALAR"},
        ],
        "bufferViews": [{"buffer": 0, "byteLength": 96}, {"buffer": 0, "byteOffset": 96, "byteLength": 72}],
    }
    text = json.dumps(tree | (change or {})).encode()
    text += b" " * (-len(text) % 4)
    body = body[: len(body) - cut]
    whole = struct.pack("<I4s", len(text), b"JSON") + text + struct.pack("<I4s", len(body), b"BIN\0") + body
    return b"glTF" + struct.pack("<II", 2, 12 + len(whole)) + whole


FILES = {
    "a.obj": obj(),
    "a.stl": stl(binary=True),
    "text.stl": stl(binary=False),
    "a.ply": ply(binary=True),
    "quads.ply": ply(binary=True, quads=True),
    "text.ply": ply(binary=False, quads=True),
    "a.glb": glb(),
}


@pytest.mark.parametrize("name", FILES)
def test_every_format_gives_the_same_box(name: str) -> None:
    surface = read_mesh(FILES[name], name)
    low, high = surface.corners.min(axis=0), surface.corners.max(axis=0)
    assert high - low == pytest.approx([2.0, 3.0, 5.0])
    a, b, c = (surface.corners[surface.triangles[:, k]] for k in range(3))
    assert 0.5 * np.linalg.norm(np.cross(b - a, c - a), axis=1).sum() == pytest.approx(2 * (6 + 10 + 15))


@pytest.mark.parametrize("name", ["a.ply", "a.glb"])
def test_colours_are_kept(name: str) -> None:
    drawing = draw_surface(read_mesh(FILES[name], name), height_m=20.0, spacing_m=3.0)
    assert set(drawing.colours) == {(255, 0, 9) if name == "a.ply" else (255, 0, 0)}


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 250), st.floats(0.5, 4.0))
def test_an_exact_number_of_points_lies_on_the_surface_at_the_spacing(count: int, spacing_m: float) -> None:
    surface = Surface(CORNERS, TRIANGLES)
    drawing = draw_surface(surface, height_m=None, spacing_m=spacing_m, count=count)
    points = drawing.points.metres
    assert len(points) == count
    assert count == 1 or gap(points) >= spacing_m
    half = np.array([2.0, 3.0, 5.0]) * drawing.height_m / 5.0 / 2.0
    assert (np.abs(points) <= half * 1.001 + 0.002).all()
    if count > 100:
        # on a face, not inside
        assert (np.abs(np.abs(points) - half).min(axis=1) < 0.02 * half.max()).all()


def test_points_are_even_over_a_sphere() -> None:
    side = np.linspace(0.0, 1.0, 41)
    u, v = np.meshgrid(side * 2 * np.pi, side * np.pi)
    corners = np.stack([np.cos(u) * np.sin(v), np.sin(u) * np.sin(v), np.cos(v)], axis=-1).reshape(-1, 3)
    k = (np.arange(40)[:, None] * 41 + np.arange(40)).ravel()
    triangles: Longs = np.concatenate([np.stack([k, k + 1, k + 42], 1), np.stack([k, k + 42, k + 41], 1)])
    drawing = draw_surface(Surface(corners, triangles), height_m=60.0, spacing_m=2.0, count=600)
    points = drawing.points.metres
    far = np.sort(np.linalg.norm(points[:, None] - points[None], axis=-1) + np.eye(600) * 1e9, axis=1)[:, 0]
    ideal = np.sqrt(4 * np.pi * 30**2 / 600 * 2 / np.sqrt(3))
    assert far.min() > 0.62 * ideal
    assert far.max() < 1.35 * ideal
    assert drawing.spacing_m == pytest.approx(far.min())
    assert max(drawing.path) == 1.0


def test_a_cloud_gives_its_own_points() -> None:
    cloud = np.random.default_rng(4).normal(size=(500, 3))
    drawing = draw_surface(Surface(cloud, np.zeros((0, 3), np.int64)), height_m=30.0, spacing_m=1.0)
    assert 100 < len(drawing) <= 500
    assert gap(drawing.points.metres) >= 1.0


def test_sources_are_told_by_their_names(tmp_path: Path) -> None:
    path = tmp_path / "box.stl"
    path.write_bytes(FILES["a.stl"])
    assert len(draw_source(str(path), count=90)) == 90
    with pytest.raises(BadFile, match="No such file"):
        draw_source(str(tmp_path / "none.glb"))


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.obj", b"v 0 0\n", "line 1: a point needs"),
        ("a.obj", b"v 0 0 nan\n", "line 1: 'nan' is not a finite"),
        ("a.obj", b"v 0 0 x\n", "line 1: 'x' is not a number"),
        ("a.obj", b"v 0 0 0\nf 1 2 3\n", "line 2: '2' is not among the 1 points"),
        ("a.obj", b"# nothing\n", "holds no points"),
        ("a.stl", b"", "byte 0: expected an STL"),
        ("a.stl", FILES["a.stl"][:-7], "byte 80: 12 triangles need 684 bytes, the file has 677"),
        ("a.stl", FILES["text.stl"][:-20], "ends before endsolid"),
        ("a.stl", FILES["text.stl"].replace(b"3.0", b"nan"), "line 6: 'nan' is not a finite"),
        ("a.ply", FILES["a.ply"][:-3], "ends inside the rows of 'face'"),
        ("a.ply", FILES["text.ply"][:-30], "of 6 rows of 'face'"),
        ("a.ply", FILES["a.ply"].replace(b"little", b"big"), "'binary_big_endian' cannot be read"),
        ("a.ply", FILES["text.ply"].replace(b"5.0", b"inf"), "vertex 2: a number is not finite"),
        ("a.ply", FILES["text.ply"].replace(b"vertex 8", b"vertex 99999999"), "line 4: 99999999 rows are too many"),
        ("a.ply", FILES["text.ply"].replace(b"property float z\n", b""), "head: the points need"),
        ("a.glb", FILES["a.glb"][:-8], "ends early"),
        ("a.glb", glb(cut=8), "its data lie outside the file"),
        ("a.glb", glb({"extensionsRequired": ["KHR_draco_mesh_compression"]}), "KHR_draco_mesh_compression cannot"),
        ("a.glb", glb({"nodes": [{"children": [0]}]}), "nested too deeply"),
        ("a.glb", glb({"meshes": []}), "is missing"),
        ("a.xyz", b"", r"ends in \.obj"),
    ],
)
def test_torn_and_hostile_files_are_refused_by_place(name: str, data: bytes, message: str) -> None:
    with pytest.raises(BadFile, match=message):
        read_mesh(data, name)


@pytest.mark.parametrize("name", FILES)
def test_any_cut_of_a_file_is_read_or_refused(name: str) -> None:
    for cut in range(0, len(FILES[name]), 17):
        try:
            read_mesh(FILES[name][:cut], name)
        except BadFile:
            continue


def test_a_surface_without_area_and_too_many_points_are_refused() -> None:
    flat = Surface(np.zeros((3, 3)), np.array([[0, 1, 2]]))
    with pytest.raises(BadInput, match="no surface"):
        draw_surface(flat)
    with pytest.raises(BadInput, match=r"900 points do not fit: \d+ fit at 10 m height"):
        draw_surface(Surface(CORNERS, TRIANGLES), height_m=10.0, spacing_m=2.0, count=900)
    with pytest.raises(BadInput, match="more than 100000"):
        draw_surface(Surface(CORNERS, TRIANGLES), height_m=5000.0, spacing_m=0.5)
