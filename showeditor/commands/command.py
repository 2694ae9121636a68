"""What one command is, and the exit codes that all keep to."""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CLEAR, BLOCKED, BAD_INPUT, BUG = 0, 1, 2, 3
"""Exit codes: clear; the safety check blocks (nothing written); bad input (one line); a bug in the program."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command: `run` gives the exit code and its docstring is the help; `arguments` states what it takes.

    Rooms are imported inside `run`, so that `showeditor formats` does not wait for numba or OpenGL.
    """

    name: str
    run: Callable[[argparse.Namespace], int]
    arguments: Callable[[argparse.ArgumentParser], None]


def json_flag(parser: argparse.ArgumentParser) -> None:
    """Give a command the switch --json."""
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")


class _TakeProfile(argparse.Action):
    """Loads a profile as soon as it is named, so that its format is known to everything after it."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        from showeditor.export.profiles import SHELF

        SHELF.add(Path(str(values)))


def profile_flag(parser: argparse.ArgumentParser) -> None:
    """Give a command the option --profile."""
    text = "a profile (TOML) of a text format; its format is called profile:ID"
    parser.add_argument("--profile", action=_TakeProfile, metavar="FILE", help=text)
