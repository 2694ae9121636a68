"""Pictures of the site: where the plan image lies, how the terrain stands, what the panorama shows."""

import struct
import zlib
from dataclasses import replace

import numpy as np
import pytest
from showeditor.formations.png import read_heights
from showeditor.model.arrays import Bytes
from showeditor.model.backdrop import Panorama, PlanImage, Terrain
from showeditor.model.errors import BadFile
from showeditor.model.plan import Plan
from showeditor.model.venue import Seat, Venue
from showeditor.render.picture import png_bytes, render_picture
from showeditor.stage.backdrop import Backdrop, backdrop_of, terrain_mesh
from showeditor.stage.camera import Camera

SIZE = (320, 200)
EYE = Seat("A", "A", (0.0, -200.0, 20.0), (0.0, 0.0, 30.0))


def taken(venue: Venue, files: dict[str, Bytes], camera: Camera | None = None, *, bare: bool = False) -> np.ndarray:
    plan = Plan("site", 10_000_000, venue)
    backdrop = backdrop_of(venue, {} if bare else {name: png_bytes(pixels) for name, pixels in files.items()})
    return render_picture(plan, 0, SIZE, "draft", camera=camera, backdrop=backdrop).astype(int)


def quarters() -> Bytes:
    """Red north-west, green north-east, blue south-west, white south-east."""
    pixels = np.zeros((80, 80, 3), np.uint8)
    pixels[:40, :40, 0] = pixels[:40, 40:, 1] = pixels[40:, :40, 2] = 255
    pixels[40:, 40:] = 255
    return pixels


def from_above(height_m: float = 400.0) -> Camera:
    return Camera(target_m=(0.0, 0.0, 0.0), distance_m=500.0, azimuth_deg=0.0, elevation_deg=89.9, height_m=height_m)


def at(picture: np.ndarray, east_m: float, north_m: float, height_m: float = 400.0) -> np.ndarray:
    scale = SIZE[1] / height_m
    return np.asarray(picture[round(SIZE[1] / 2 - north_m * scale), round(SIZE[0] / 2 + east_m * scale)])


@pytest.mark.parametrize("turned", [0.0, 90.0])
def test_a_plan_image_lies_where_it_was_put_and_turned(turned: float) -> None:
    venue = Venue(plan_image=PlanImage("p.png", 200.0, (40.0, -10.0), turned), seats=(EYE,))
    seen = taken(venue, {"p.png": quarters()}, from_above())
    corners = {"red": (-50.0, 50.0), "green": (50.0, 50.0), "blue": (-50.0, -50.0)}
    for channel, (east, north) in zip((0, 1, 2), corners.values(), strict=True):
        a = np.radians(turned)
        x, y = east * np.cos(a) + north * np.sin(a), -east * np.sin(a) + north * np.cos(a)
        colour = at(seen, 40.0 + x, -10.0 + y)
        assert colour[channel] > 2 * max(colour[(channel + 1) % 3], colour[(channel + 2) % 3]), (channel, colour)
    outside = at(seen, -100.0, 0.0)
    assert np.ptp(outside) < 40


def test_a_hill_of_the_height_map_hides_the_panorama_behind_it() -> None:
    sky = np.zeros((64, 128, 3), np.uint8)
    sky[:, :, 1] = 200
    hill = np.zeros((60, 60, 3), np.uint8)
    hill[25:35, 25:35] = 255
    files = {"o.png": sky, "t.png": hill}
    panorama = Panorama("o.png")
    open_sky = taken(Venue(panorama=panorama, seats=(EYE,)), files)
    with_hill = taken(
        Venue(panorama=panorama, terrain=Terrain("t.png", 300.0, -5.0, 60.0, (0.0, 100.0)), seats=(EYE,)), files
    )
    row, column = SIZE[1] // 2 - 4, SIZE[0] // 2
    assert open_sky[row, column, 1] > 120
    assert with_hill[row, column, 1] < 60
    assert np.abs(open_sky[5] - with_hill[5]).max() <= 3


def test_the_middle_of_the_panorama_stands_at_its_heading() -> None:
    around = np.zeros((64, 128, 3), np.uint8)
    around[:, 60:68, 0] = 255
    bright = []
    for heading in (0.0, 90.0):
        seen = taken(Venue(panorama=Panorama("o.png", heading), seats=(EYE,)), {"o.png": around})
        bright.append(seen[20, :, 0].max())
    assert bright[0] > 150
    assert bright[1] < 60


def test_what_is_not_given_is_not_drawn() -> None:
    venue = Venue(
        plan_image=PlanImage("p.png", 200.0), terrain=Terrain("t.png", 100.0, 0.0, 10.0), panorama=Panorama("o.png")
    )
    backdrop = backdrop_of(venue, {})
    assert (backdrop.plan, backdrop.terrain, backdrop.panorama) == (None, None, None)
    plain = taken(replace_pictures(venue), {}, from_above())
    assert np.array_equal(taken(venue, {}, from_above(), bare=True), plain)


def replace_pictures(venue: Venue) -> Venue:
    from msgspec.structs import replace as altered

    return altered(venue, plan_image=None, terrain=None, panorama=None)


def test_the_mesh_reaches_the_heights_of_the_picture() -> None:
    heights = np.linspace(0.0, 1.0, 30)[:, None] * np.ones((1, 20))
    mesh = terrain_mesh(Terrain("t.png", 200.0, 10.0, 70.0, (5.0, 0.0)), heights)
    assert len(mesh) == 29 * 19 * 6
    assert (mesh[:, 2].min(), mesh[:, 2].max()) == pytest.approx((10.0, 70.0), abs=1e-4)
    # the upper edge of the picture is the lowest and lies in the north
    north = mesh[:, 1] > 130.0
    assert mesh[north, 2].max() < 20.0
    assert np.linalg.norm(mesh[:, 3:], axis=1) == pytest.approx(1.0, abs=1e-5)
    # it falls towards the north: its normals lean there
    assert (mesh[:, 4] > 0.1).all()
    assert mesh[:, 0].min() == pytest.approx(5.0 - 95.0)


def test_a_large_map_is_thinned_and_a_thin_one_gives_no_land() -> None:
    mesh = terrain_mesh(Terrain("t.png", 1000.0, 0.0, 1.0), np.zeros((1000, 700)))
    assert len(mesh) <= 180 * 180 * 6
    assert len(terrain_mesh(Terrain("t.png", 1000.0, 0.0, 1.0), np.zeros((1, 700)))) == 0


def grey16(values: np.ndarray) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in values)
    head = struct.pack(">IIBBBBB", values.shape[1], values.shape[0], 16, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def test_heights_keep_their_sixteen_bits() -> None:
    values = np.array([[0, 1, 257], [40_000, 65_534, 65_535]])
    assert read_heights(grey16(values), "t.png") == pytest.approx(values / 65_535, abs=1e-12)


def test_a_damaged_picture_is_named() -> None:
    venue = Venue(panorama=Panorama("o.png"))
    with pytest.raises(BadFile, match=r"o\.png"):
        backdrop_of(venue, {"o.png": b"GIF89a"})


@pytest.mark.parametrize("name", ["../x.png", "a/b.png", "", ".."])
def test_pictures_lie_beside_the_show(name: str) -> None:
    with pytest.raises(ValueError, match="plan image"):
        PlanImage(name, 10.0)


def test_a_backdrop_is_replaced_while_drawing() -> None:
    from showeditor.stage.camera import home_view
    from showeditor.stage.offscreen import Offscreen

    venue = Venue(panorama=Panorama("o.png"), seats=(EYE,))
    plan = Plan("site", 10_000_000, venue)
    sky = np.full((64, 128, 3), 200, np.uint8)
    with Offscreen(SIZE, "draft") as offscreen:
        camera = home_view(plan, 1.6)
        before = offscreen.picture(plan, 0, camera)
        offscreen.renderer.show_backdrop(backdrop_of(venue, {"o.png": png_bytes(sky)}))
        after = offscreen.picture(plan, 0, camera)
        offscreen.renderer.show_backdrop(replace(Backdrop(venue)))
        again = offscreen.picture(plan, 0, camera)
    assert after.mean() > before.mean() + 20
    assert np.array_equal(before, again)
