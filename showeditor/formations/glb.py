"""GLB: binary glTF 2.0 (Khronos, section 4): positions, indices and base colours of its meshes, placed by its nodes."""

import json
import struct
from typing import Any

import numpy as np

from showeditor.formations.surface import MOST_CORNERS, MOST_TRIANGLES, Surface, surface_of, upright
from showeditor.model.arrays import Bytes, Floats, Longs
from showeditor.model.errors import BadFile

_COMPONENTS = {5120: "i1", 5121: "u1", 5122: "i2", 5123: "u2", 5125: "u4", 5126: "f4"}
_WIDTH = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4}
_DEEPEST = 64
_MOST_NODES = 20_000


def read_glb(data: bytes, file: str) -> Surface:
    """Triangles (or points, where the file holds only such) of the scene of a GLB; raises BadFile naming the place."""
    reader = _Reader(*_chunks(data, file), file)
    try:
        return reader.surface()
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise BadFile(file, "JSON", f"what glTF asks for is missing or of another kind: {error}") from None


def _chunks(data: bytes, file: str) -> tuple[dict[str, Any], bytes]:
    if len(data) < 20 or data[:4] != b"glTF":
        raise BadFile(file, "byte 0", "expected a binary glTF file")
    version, length = struct.unpack("<II", data[4:12])
    if version != 2:
        raise BadFile(file, "byte 4", f"glTF of version {version}, expected 2")
    if length > len(data):
        raise BadFile(file, f"byte {len(data)}", f"the file ends early, it should have {length} bytes")
    size, kind = struct.unpack("<I4s", data[12:20])
    if kind != b"JSON" or 20 + size > length:
        raise BadFile(file, "byte 12", "expected the chunk JSON")
    try:
        tree = json.loads(data[20 : 20 + size])
    except (ValueError, RecursionError) as error:
        raise BadFile(file, "JSON", f"not JSON: {error}") from None
    if not isinstance(tree, dict):
        raise BadFile(file, "JSON", "expected an object")
    rest = data[20 + size : length]
    if len(rest) < 8:
        return tree, b""
    size, kind = struct.unpack("<I4s", rest[:8])
    if kind != b"BIN\0" or 8 + size > len(rest):
        raise BadFile(file, f"byte {length - len(rest)}", "expected the whole chunk BIN")
    return tree, rest[8 : 8 + size]


class _Reader:
    """The parts of a scene, gathered."""

    def __init__(self, tree: dict[str, Any], binary: bytes, file: str) -> None:
        self.tree, self.binary, self.file = tree, binary, file
        self.corners: list[Floats] = []
        self.triangles: list[Longs] = []
        self.colours: list[Bytes] = []
        self.count = self.nodes = 0

    def surface(self) -> Surface:
        needs = self.tree.get("extensionsRequired", [])
        if needs:
            raise BadFile(self.file, "extensionsRequired", f"{', '.join(map(str, needs))} cannot be read")
        scenes = self.tree.get("scenes", [])
        if scenes:
            roots = scenes[self.tree.get("scene", 0)].get("nodes", [])
        else:
            roots = list(range(len(self.tree.get("nodes", []))))
        for root in roots:
            self.node(root, np.eye(4), 0)
        corners = np.concatenate([*self.corners, np.zeros((0, 3))])
        triangles = np.concatenate([*self.triangles, np.zeros((0, 3), np.int64)])
        colours = np.concatenate(self.colours) if self.colours else None
        if colours is not None and (colours == 255).all():
            colours = None
        return surface_of(upright(corners), triangles, colours, self.file)

    def node(self, index: int, above: Floats, deep: int) -> None:
        self.nodes += 1
        if deep > _DEEPEST or self.nodes > _MOST_NODES:
            raise BadFile(self.file, f"node {index}", "nodes nested too deeply, or too many")
        node = self.tree["nodes"][index]
        here = above @ _matrix(node)
        if "mesh" in node:
            for k, primitive in enumerate(self.tree["meshes"][node["mesh"]]["primitives"]):
                self.primitive(primitive, here, f"mesh {node['mesh']} part {k}")
        for child in node.get("children", []):
            self.node(child, here, deep + 1)

    def primitive(self, primitive: dict[str, Any], here: Floats, place: str) -> None:
        mode = primitive.get("mode", 4)
        if mode not in (0, 4, 5, 6):
            return
        points = self.accessor(primitive["attributes"]["POSITION"], 3, place)
        n = len(points)
        index = np.arange(n)
        if "indices" in primitive:
            index = self.accessor(primitive["indices"], 1, place)[:, 0].astype(np.int64)
        if len(index) and not 0 <= int(index.min()) <= int(index.max()) < n:
            raise BadFile(self.file, place, f"an index is not among the {n} points")
        if mode == 0:
            points, rows = points[index], np.zeros((0, 3), np.int64)
        elif mode == 4:
            rows = index[: len(index) // 3 * 3].reshape(-1, 3)
        elif mode == 5:
            rows = np.stack([index[:-2], index[1:-1], index[2:]], axis=1)
        else:
            rows = np.stack([np.full(max(0, len(index) - 2), index[0]), index[1:-1], index[2:]], axis=1)
        self.triangles.append(rows + self.count)
        self.corners.append(points @ here[:3, :3].T + here[:3, 3])
        self.colours.append(np.tile(self.colour(primitive), (len(points), 1)))
        self.count += len(points)
        if self.count > MOST_CORNERS or sum(map(len, self.triangles)) > MOST_TRIANGLES:
            raise BadFile(self.file, place, f"more than {MOST_CORNERS} points or {MOST_TRIANGLES} triangles")

    def colour(self, primitive: dict[str, Any]) -> Bytes:
        material = self.tree["materials"][primitive["material"]] if "material" in primitive else {}
        factor = material.get("pbrMetallicRoughness", {}).get("baseColorFactor", [1.0, 1.0, 1.0, 1.0])
        linear = np.clip(np.array(factor[:3], np.float64), 0.0, 1.0)
        # base colours are linear light, a drone's colours are sRGB (IEC 61966-2-1)
        shade = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
        return np.floor(shade * 255.0 + 0.5).astype(np.uint8)

    def accessor(self, index: int, width: int, place: str) -> Floats:
        accessor = self.tree["accessors"][index]
        count = int(accessor["count"])
        kind = np.dtype("<" + _COMPONENTS[accessor["componentType"]])
        if _WIDTH[accessor["type"]] != width or "sparse" in accessor or "bufferView" not in accessor:
            raise BadFile(self.file, f"{place}, accessor {index}", "sparse or of an unexpected kind")
        if not 0 <= count <= 3 * MOST_TRIANGLES:
            raise BadFile(self.file, f"{place}, accessor {index}", f"{count} values are too many")
        view = self.tree["bufferViews"][accessor["bufferView"]]
        if view.get("buffer", 0) != 0:
            raise BadFile(self.file, f"{place}, accessor {index}", "data outside the file are not fetched")
        step = int(view.get("byteStride", kind.itemsize * width))
        start = int(view.get("byteOffset", 0)) + int(accessor.get("byteOffset", 0))
        end = start + (count - 1) * step + kind.itemsize * width if count else start
        if start < 0 or step < kind.itemsize * width or end > len(self.binary):
            raise BadFile(self.file, f"{place}, accessor {index}", "its data lie outside the file")
        if not count:
            return np.zeros((0, width))
        window = np.ndarray((count, width), kind, self.binary, start, (step, kind.itemsize))
        return window.astype(np.float64)


def _matrix(node: dict[str, Any]) -> Floats:
    if "matrix" in node:
        return np.array(node["matrix"], np.float64).reshape(4, 4).T
    x, y, z, w = (float(v) for v in node.get("rotation", (0, 0, 0, 1)))
    out = np.eye(4)
    out[:3, :3] = [
        [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
        [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
        [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
    ]
    out[:3, :3] *= np.array(node.get("scale", (1, 1, 1)), np.float64)
    out[:3, 3] = np.array(node.get("translation", (0, 0, 0)), np.float64)
    return out
