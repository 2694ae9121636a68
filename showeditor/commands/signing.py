"""`showeditor sign`: keys, trusted persons, and signatures under shows and published folders."""

import argparse
import getpass
import os
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from showeditor.commands.command import BLOCKED, CLEAR, Command
from showeditor.commands.saying import progress, say, say_findings
from showeditor.commands.sources import plan_of, waivers_given
from showeditor.model.errors import BadInput

PASSPHRASE = "SHOWEDITOR_PASSPHRASE"


def run(options: argparse.Namespace) -> int:
    """Make a key (sign keygen), trust a person (sign trust FILE PUB), or sign a show or a published folder."""
    if options.what == "keygen":
        return _keygen(options)
    if options.what == "trust":
        return _trust(options)
    if not options.key or not options.role or len(options.role) != 1:
        raise BadInput("to sign, name one --key and one --role")
    if options.more:
        raise BadInput(f"sign one show at a time, not also {options.more[0]}")
    path = Path(options.what)
    return _sign_show(path, options) if path.suffix == ".show" else _sign_folder(path, options)


def _passphrase(options: argparse.Namespace, twice: bool = False) -> str:
    if options.passphrase_file:
        try:
            return Path(options.passphrase_file).read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise BadInput(f"{options.passphrase_file}: {error}") from None
    if PASSPHRASE in os.environ:
        return os.environ[PASSPHRASE]
    if not sys.stdin.isatty():
        raise BadInput(f"no passphrase: give --passphrase-file, set {PASSPHRASE}, or run in a terminal")
    first = getpass.getpass("passphrase: ")
    if twice and getpass.getpass("again: ") != first:
        raise BadInput("the two passphrases differ")
    return first


def _keygen(options: argparse.Namespace) -> int:
    from showeditor.export.folder import write_file
    from showeditor.export.keys import new_key

    if not options.name or not options.out:
        raise BadInput("sign keygen needs --name and --out")
    out = Path(options.out)
    public = out.with_name(out.name + ".pub")
    for path in (out, public):
        if path.exists():
            raise BadInput(f"{path} exists already; a key is never overwritten")
    secret, open_half = new_key(options.name, _passphrase(options, twice=True))
    write_file(out, secret, mode=0o600)
    write_file(public, open_half)
    say(f"{out}: the key of {options.name}, keep it; {public}: its public half, hand it out")
    return CLEAR


def _trust(options: argparse.Namespace) -> int:
    from showeditor.export.folder import write_file
    from showeditor.export.keys import read_public
    from showeditor.export.signatures import Person, Trust, read_trust, text_of

    if len(options.more) != 2 or not options.role:
        raise BadInput("sign trust needs the trust file, a public key and at least one --role")
    file, public = Path(options.more[0]), read_public(Path(options.more[1]))
    try:
        person = Person(public.name, public.key, tuple(options.role))
    except ValueError as error:
        raise BadInput(f"{options.more[1]}: {error}") from None
    trust = (read_trust(file) if file.exists() else Trust()).with_person(person)
    write_file(file, text_of(trust))
    for one in trust.persons:
        say(f"{one.key[:16]}  {one.name}: {', '.join(one.roles)}")
    return CLEAR


def _sign_show(path: Path, options: argparse.Namespace) -> int:
    from showeditor.export.folder import write_file
    from showeditor.export.keys import open_key
    from showeditor.export.signatures import Signed, beside, good, read_signed, sign, subject_of, text_of
    from showeditor.model.fingerprint import fingerprint
    from showeditor.safety.check import check
    from showeditor.safety.packs import load_pack

    plan, mark = plan_of(options.what)
    plan = replace(plan, waivers=plan.waivers + waivers_given(options.waive))
    findings = check(plan, progress=progress("checking"))
    pack = load_pack(plan.rules)
    signable = {row.code for row in pack.signable}
    accepted = [f for f in findings if f.code in signable and any(w.covers(f.code, f.ids) for w in plan.waivers)]
    stops = [f for f in findings if f.severity == "block" and f not in accepted]
    if stops:
        say_findings(stops)
        say("BLOCKED: a show that does not publish cannot be signed")
        return BLOCKED
    subject = subject_of(mark, fingerprint(plan), plan.rules, fingerprint(pack), plan.limits, plan.waivers)
    secret = open_key(Path(options.key), _passphrase(options))
    file = beside(path)
    before = read_signed(file)
    kept = [s for s in before.signatures if good(s, subject)] if before is not None else []
    void = len(before.signatures) - len(kept) if before is not None else 0
    role = options.role[0]
    kept = [s for s in kept if (s.key, s.role) != (secret.public, role)]
    one = sign(secret, subject, role, options.when or date.today().isoformat())
    write_file(file, text_of(Signed(subject, (*kept, one))))
    if void:
        say(f"{void} earlier signatures were void (the show was edited after them) and were taken out")
    say(f"{file}: {secret.name} as {role} under {subject[:16]}; {len(kept) + 1} in all")
    return CLEAR


def _sign_folder(path: Path, options: argparse.Namespace) -> int:
    from showeditor.export.keys import open_key
    from showeditor.export.vouching import vouch

    secret = open_key(Path(options.key), _passphrase(options))
    receipt = vouch(path, secret, options.role[0], options.when or date.today().isoformat())
    say(f"{path}: signed by {secret.name} as {options.role[0]}; {len(receipt.vouched)} in all")
    return CLEAR


def arguments(parser: argparse.ArgumentParser) -> None:
    """State what sign takes."""
    parser.add_argument("what", help="keygen, trust, a .show, or a published folder or file")
    parser.add_argument("more", nargs="*", help="for trust: the trust file and a public key")
    parser.add_argument("--key", help="the key file to sign with")
    parser.add_argument("--role", action="append", help="the role to sign in, as the rule pack names it")
    parser.add_argument("--name", help="keygen: whose key it is")
    parser.add_argument("--out", help="keygen: the key file; its public half lies beside it as .pub")
    parser.add_argument("--when", help="the date to sign under (default: today)")
    parser.add_argument("--waive", help="a file of waivers that are signed too")
    parser.add_argument("--passphrase-file", help=f"a file that holds the passphrase (else {PASSPHRASE}, or asked for)")


COMMAND = Command("sign", run, arguments)
