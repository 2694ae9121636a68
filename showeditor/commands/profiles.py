"""`showeditor profile`: a text format proposed from one sample file, and the systems of which something is known."""

import argparse
from pathlib import Path

from showeditor.commands.command import CLEAR, Command, json_flag
from showeditor.commands.saying import say, say_json
from showeditor.model.errors import BadInput


def run(options: argparse.Namespace) -> int:
    """Propose a profile (a text format as data) from one sample file; without one list what is known of systems."""
    from showeditor.export.profiles import config_folder, drafts, learn

    if options.sample:
        if options.json:
            raise BadInput("profile: --json lists what is known; a proposal is TOML")
        say(learn(Path(options.sample), options.like or "").rstrip("\n"))
        return CLEAR
    if options.like:
        raise BadInput("profile: --like needs a sample file")
    known = drafts()
    if options.json:
        say_json([dict(row) for row in known.values()])
        return CLEAR
    for row in known.values():
        say(f"{row['id']:16} {row['title']}  (confidence {row['confidence']}; {row['source']})")
        say(f"{'':16} not known: {row['missing']}")
    say(f"Learn one: showeditor profile SAMPLE --like ID > {config_folder() / 'NAME.toml'}")
    return CLEAR


def arguments(parser: argparse.ArgumentParser) -> None:
    """State what profile takes."""
    parser.add_argument("sample", nargs="?", help="a file that the system's own software wrote")
    parser.add_argument("--like", metavar="ID", help="the system it is of, where something is known of it")
    json_flag(parser)


COMMAND = Command("profile", run, arguments)
