"""Text formats of controllers as data: a profile says everything, no code is written for it.

A profile is a JSON text with a source and a confidence. Nothing in it is evaluated: columns name fields of a fixed
vocabulary. None ships with the program: of every system that a profile could describe, something is not known yet
(column names, the form of times), and a format is not guessed. A user who holds one file of a system writes its profile
and loads it with `load_profile`; there is no way to register it with the program yet.
"""

from exporters.controller import ControllerFormat
from exporters.profiles.profile import Profile, profile_of
from exporters.profiles.reading import reader, teller
from exporters.profiles.writing import writer
from exporters.rows import Bounds
from showeditor.export.format import Format


def load_profile(text: str) -> Format:
    """The format that a profile describes; raises BadFile saying what is wrong with the profile."""
    return format_of(profile_of(text))


def format_of(profile: Profile) -> ControllerFormat:
    """The format of a profile, as a controller format like any other, never more than `beta`."""
    a = profile.addresses
    return ControllerFormat(
        id=profile.id,
        title=profile.title,
        title_zh=profile.title_zh or profile.title,
        status="beta",
        make=profile.make or profile.id,
        bounds=Bounds(a.module_lo, a.module_hi, a.pin_lo, a.pin_hi, profile.tick_us, profile.max_rows),
        suffix=profile.suffix,
        encoding=profile.encoding.upper(),
        source=profile.source,
        writing=writer(profile),
        reading=reader(profile),
        telling=teller(profile),
        stem=profile.file_stem,
        unproven=((f"the profile (source: {profile.source}; confidence {profile.confidence})",
                   f"该格式描述（来源：{profile.source}；可信度 {profile.confidence}）"),),
    )  # fmt: skip


__all__ = ["Profile", "format_of", "load_profile", "profile_of"]
