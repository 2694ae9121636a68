"""The command line and composition root: it knows every command, and is the outer edge of the program."""

import argparse
import logging
import sys
from pathlib import Path
from typing import NoReturn

from showeditor import __version__
from showeditor.commands import (
    bench,
    catalogue,
    check,
    importing,
    live,
    plan,
    profiles,
    publishing,
    reading,
    render,
    scatter,
    signing,
)
from showeditor.commands.command import BAD_INPUT, BUG, CLEAR
from showeditor.model.errors import BadInput, ShowEditorError

COMMANDS = (
    check.COMMAND,
    scatter.COMMAND,
    importing.COMMAND,
    publishing.EXPORT,
    publishing.CONVERT,
    publishing.VERIFY,
    live.COMMAND,
    signing.COMMAND,
    render.COMMAND,
    plan.COMMAND,
    reading.FORMATION,
    reading.VDL,
    catalogue.COMMAND,
    reading.MUSIC,
    reading.FORMATS,
    profiles.COMMAND,
    bench.COMMAND,
)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise BadInput(f"{message} (see {self.prog} --help)")


def do_edit(arguments: list[str]) -> int:
    """Open the desktop editor."""
    from showeditor.ui.app import run

    parser = _Parser(prog="showeditor")
    parser.add_argument("show", nargs="?")
    parser.add_argument("--language", choices=("en", "zh_CN"))
    options = parser.parse_args(arguments)
    path = Path(options.show) if options.show else None
    if path is not None and not path.exists():
        raise BadInput(f"{path}: there is no such file")
    return run(path, language=options.language)


def parser_of_commands() -> argparse.ArgumentParser:
    """The parser of every command but the editor."""
    parser = _Parser(
        prog="showeditor",
        description="Fireworks, drones, music and stage on one timeline. "
        "Without a command, showeditor [SHOW] opens the desktop editor.",
    )
    parser.add_argument("--version", action="version", version=f"showeditor {__version__}")
    sub = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=_Parser)
    for command in COMMANDS:
        one = sub.add_parser(command.name, help=command.run.__doc__, description=command.run.__doc__)
        command.arguments(one)
        one.set_defaults(run=command.run)
    return parser


_NAMES = frozenset(command.name for command in COMMANDS) | {"-h", "--help", "--version"}


def main(arguments: list[str]) -> int:
    """Run one command line and give back its exit code; the outer edge of the program."""
    try:
        if arguments and arguments[0] in _NAMES:
            options = parser_of_commands().parse_args(arguments)
            code: int = options.run(options)
            return code
        return do_edit(arguments)
    except ShowEditorError as error:
        sys.stderr.write(f"showeditor: {error}\n")
        return BAD_INPUT
    except BrokenPipeError:
        return CLEAR
    except KeyboardInterrupt:
        return 130
    except Exception:  # the outer edge: whatever escapes is a bug, and says so with its trace
        logging.getLogger("showeditor").exception("this is a bug in the program; please report it")
        return BUG


def entry() -> None:
    """The console script."""
    sys.exit(main(sys.argv[1:]))
