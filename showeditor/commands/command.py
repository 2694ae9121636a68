"""What one command is, and the exit codes that all keep to."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass

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
