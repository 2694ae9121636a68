"""The glow around bright things: a pyramid of ever smaller pictures, added back from the smallest up."""

from showeditor.stage.gl import Device, Screen, Target
from showeditor.stage.quality import Quality


class Halo:
    """Makes the halo of a picture; `picture` of the result is its size divided by the tier's first step."""

    def __init__(self, device: Device, quality: Quality, size: tuple[int, int]) -> None:
        self.device = device
        width, height = size[0] // quality.bloom_first, size[1] // quality.bloom_first
        self.levels: list[Target] = []
        for _ in range(quality.bloom_levels):
            if self.levels and min(width, height) < 4:
                break
            self.levels.append(Target(device, width, height))
            width, height = width // 2, height // 2
        self._down, self._up = Screen("down.frag.glsl"), Screen("up.frag.glsl")

    def make(self, picture: Target) -> Target:
        """The halo of a picture."""
        self.device.blend("none")
        source = picture
        for number, level in enumerate(self.levels):
            with level:
                texel = (1.0 / source.width, 1.0 / source.height)
                self._down.draw(picture=source, texel=texel, first=float(number == 0))
            source = level
        self.device.blend("add")
        for number in range(len(self.levels) - 2, -1, -1):
            small = self.levels[number + 1]
            with self.levels[number]:
                self._up.draw(picture=small, texel=(1.0 / small.width, 1.0 / small.height), gain=0.82)
        return self.levels[0]

    def delete(self) -> None:
        """Give the memory back."""
        for level in self.levels:
            level.delete()
