"""Small moving pictures that a show holds whole, to be seen on a formation."""

import zlib

import msgspec

from showeditor.model.births import positive, within

LARGEST_SIDE = 256
MOST_BYTES = 1 << 26


class Film(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`count` pictures of `width` x `height` pixels, `frames_per_s` a second (one picture: a still).

    `data` is zlib over the rows of all pictures, top first, red, green, blue, alpha a byte each (sRGB).
    """

    width: int
    height: int
    data: bytes
    count: int = 1
    frames_per_s: float = 12.0

    def __post_init__(self) -> None:
        within("width of a film", self.width, 1, LARGEST_SIDE)
        within("height of a film", self.height, 1, LARGEST_SIDE)
        within("frames of a film", self.count, 1, 100_000)
        positive("frames a second of a film", self.frames_per_s)
        if self.size > MOST_BYTES:
            raise ValueError(f"a film may hold {MOST_BYTES} bytes at most, this one has {self.size}")
        self.pixels()

    @property
    def size(self) -> int:
        """Bytes of all pixels."""
        return self.width * self.height * self.count * 4

    def pixels(self) -> bytes:
        """All pixels in order; never unpacks more than their stated number."""
        unpacker = zlib.decompressobj()
        try:
            out = unpacker.decompress(self.data, self.size + 1)
        except zlib.error as error:
            raise ValueError(f"the pictures of a film are damaged: {error}") from None
        if len(out) != self.size:
            raise ValueError(f"a film of {self.size} bytes is stated, {len(out)} are there")
        return out


def film_of(pictures: bytes, width: int, height: int, count: int = 1, frames_per_s: float = 12.0) -> Film:
    """A film of raw pixels (count x height x width x 4); the same pixels always give the same film."""
    return Film(width, height, zlib.compress(pictures, 9), count, frames_per_s)
