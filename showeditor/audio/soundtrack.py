"""The music of a show as one channel, for files that hold sound and code beside each other."""

from pathlib import Path

import numpy as np

from showeditor.audio.sound import load_sound
from showeditor.model.arrays import frozen
from showeditor.model.music import Music
from showeditor.model.plan import Soundtrack


def soundtrack_of(music: Music | None, folder: Path) -> Soundtrack | None:
    """The music file beside the show, its channels mixed evenly, with the show's gain; None where there is no music.

    What is louder than full scale is cut off there. Raises BadFile when the file is missing or cannot be read.
    """
    if music is None or music.file is None:
        return None
    sound = load_sound(folder / music.file)
    mixed = np.zeros(sound.frames, dtype=np.float32)
    for channel in range(sound.channels):
        mixed += sound.samples[:, channel]
    mixed *= 10 ** (music.gain_db / 20) / sound.channels * 32_767
    np.clip(np.round(mixed, out=mixed), -32_768, 32_767, out=mixed)
    return Soundtrack(sound.rate, music.start_us, frozen(mixed.astype(np.int16), np.int16, (None,)))
