"""Text formats of controllers as data: a profile says everything, no code is written for it.

A profile is a TOML text with a source and a confidence. Nothing in it is evaluated: columns name fields of a fixed
vocabulary. A user who holds one file of a system has a profile proposed from it (`showeditor profile SAMPLE`),
completes it and keeps it in the program's folder for profiles, beside a show, or names it with --profile. Its format id
is `profile:` and the profile's own; no built-in format can be replaced.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from exporters.controller import ControllerFormat
from exporters.profiles.learning import learn
from exporters.profiles.profile import Profile, profile_of
from exporters.profiles.reading import reader, teller
from exporters.profiles.writing import writer
from exporters.rows import Bounds
from showeditor.export.format import Format


def load_profile(text: str, file: str = "profile") -> Format:
    """The format that a profile describes; raises BadFile naming the file and the key."""
    return format_of(profile_of(text, file))


def format_of(profile: Profile) -> ControllerFormat:
    """The format of a profile, as a controller format like any other; its status is always `profile`."""
    a = profile.addresses
    return ControllerFormat(
        id=f"profile:{profile.id}",
        title=profile.title,
        title_zh=profile.title_zh or profile.title,
        status="profile",
        make=profile.make,
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


@dataclass(frozen=True)
class Profiles:
    """What the program asks of profiles: formats made of texts, and profiles proposed from samples."""

    def made(self, text: str, file: str) -> Format:
        """The format that a profile describes; raises BadFile."""
        return load_profile(text, file)

    def learned(self, data: bytes, name: str, draft: Mapping[str, object]) -> str:
        """The TOML text of a profile proposed from a sample; raises BadFile when nothing can be made out."""
        return learn(data, name, draft)


PROFILES = Profiles()

__all__ = ["PROFILES", "Profile", "Profiles", "format_of", "learn", "load_profile", "profile_of"]
