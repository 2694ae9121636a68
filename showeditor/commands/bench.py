"""`showeditor bench`: the project's own benchmarks."""

import argparse

from showeditor.commands.command import CLEAR, Command, json_flag
from showeditor.commands.saying import say, say_json
from showeditor.model.errors import BadInput


def run(options: argparse.Namespace) -> int:
    """Run the project's own benchmarks and print ratios against the named peers."""
    from showeditor.bench.runs import BENCHES, run_bench

    names = [options.name] if options.name else list(BENCHES)
    if options.name and options.name not in BENCHES:
        raise BadInput(f"no benchmark named {options.name!r}; known are {', '.join(BENCHES)}")
    results = []
    for name in names:
        result = run_bench(name)
        results.append(result)
        if not options.json:
            say(f"{name}: {result['summary']}")
    if options.json:
        say_json(results)
    return CLEAR


def arguments(parser: argparse.ArgumentParser) -> None:
    """State what bench takes."""
    json_flag(parser)
    parser.add_argument("name", nargs="?")


COMMAND = Command("bench", run, arguments)
