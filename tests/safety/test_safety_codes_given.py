"""Codes are never used again for something else, and every finding speaks both languages wherever it is made.

`codes_given.txt` remembers every code that was ever given: its severity and words of its meaning. A new code is added
there; one that is taken out of the program stays, as `retired`.
"""

import ast
import re
from pathlib import Path

import pytest
import showeditor
from showeditor.safety.codes import Code, codes

import exporters

GIVEN = Path(__file__).with_name("codes_given.txt")
CHINESE = re.compile("[\u4e00-\u9fff]")
COMMON = frozenset(
    "that than them then they this with when which what where from does have more nearly another other others between "
    "those these there their under over into less least nobody states stated drone drones show cues cue about".split()
)
PACKAGES = [Path(showeditor.__file__).parent, Path(exporters.__file__).parent]


def given(text: str) -> dict[str, tuple[str, list[str]]]:
    """Severity and words by code; raises ValueError for a code that was given twice."""
    found: dict[str, tuple[str, list[str]]] = {}
    for line in text.splitlines():
        code, severity, *words = line.split()
        if code in found:
            raise ValueError(f"{code} was given twice")
        found[code] = severity, words
    return found


def telling(meaning: str) -> list[str]:
    """Three words that tell a meaning."""
    words = set(re.findall(r"[a-z]{4,}", meaning.partition("Remedy:")[0])) - COMMON
    return sorted(words, key=lambda word: (len(word), word))[-3:]


def broken(now: tuple[Code, ...], ever: dict[str, tuple[str, list[str]]]) -> list[str]:
    """What contradicts the list of codes ever given, one sentence each."""
    said = []
    for code in now:
        if code.code not in ever:
            words = telling(code.meaning)
            said.append(f"add to codes_given.txt: {code.code} {code.severity} {' '.join(words)}")
            continue
        severity, words = ever[code.code]
        if severity == "retired":
            said.append(f"{code.code} was retired and may not come back: choose a new number")
        elif severity != code.severity:
            said.append(f"{code.code} was given as {severity} and is {code.severity} now")
        missing = [w for w in words if w not in code.meaning]
        if len(missing) == len(words) > 0:
            said.append(f"{code.code} was given for something about {words}: choose a new number")
    gone = set(ever) - {c.code for c in now}
    said += [f"{code} is gone: keep its line as retired" for code in sorted(gone) if ever[code][0] != "retired"]
    return said


def test_no_code_is_given_again() -> None:
    assert broken(codes(), given(GIVEN.read_text(encoding="utf-8"))) == []


def test_the_list_holds_every_code_once_in_order() -> None:
    text = GIVEN.read_text(encoding="utf-8")
    assert len(given(text)) > 200
    assert text.splitlines() == sorted(text.splitlines())


def test_a_code_that_is_reused_lost_or_new_is_seen() -> None:
    ever = {
        "A-001": ("block", ["distance", "audience"]),
        "A-002": ("retired", ["nothing"]),
        "A-003": ("note", ["wind"]),
    }
    fine = (Code("A-001", "block", "the distance to the seats. Remedy: x.", "m"), Code("A-003", "note", "wind", "m"))
    assert broken(fine, ever) == []
    assert "something about" in broken((Code("A-001", "block", "a colour. Remedy: x.", "m"), fine[1]), ever)[0]
    assert "is warn now" in broken((Code("A-001", "warn", "distance", "m"), fine[1]), ever)[0]
    assert "may not come back" in broken((*fine, Code("A-002", "block", "nothing", "m")), ever)[0]
    assert "keep its line" in broken(fine[:1], ever)[0]
    assert "add to codes_given.txt: A-004 note lamp" in broken((*fine, Code("A-004", "note", "a lamp", "m")), ever)[0]
    with pytest.raises(ValueError, match="given twice"):
        given("A-001 block x\nA-001 warn y")


def literal(node: ast.expr) -> str:
    return "".join(c.value for c in ast.walk(node) if isinstance(c, ast.Constant) and isinstance(c.value, str))


def names(node: ast.expr) -> set[str]:
    found = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    return found | {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)}


def argument(call: ast.Call, place: int, name: str) -> ast.expr | None:
    by_name = {k.arg: k.value for k in call.keywords}
    if name in by_name:
        return by_name[name]
    return call.args[place] if place < len(call.args) else None


def silent(source: str) -> list[str]:
    """Findings of a module that do not speak Chinese, or speak it in the English sentence.

    A sentence is given as text, or handed on under a name that ends in `zh`; then whoever hands it over is looked at.
    """
    tree = ast.parse(source)
    takers: dict[str, tuple[int, str]] = {"Finding": (3, "message_zh")}
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            own = [a.arg for a in node.args.args if a.arg != "self"]
            takers.update((node.name, (own.index(a), a)) for a in own if a.endswith("zh"))
    said = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if called not in takers or any(isinstance(a, ast.Starred) for a in node.args):
                continue
            chinese = argument(node, *takers[called])
            handed = chinese is not None and any(n.endswith("zh") for n in names(chinese))
            if chinese is None or not (handed or CHINESE.search(literal(chinese))):
                said.append(f"line {node.lineno}: {called} has no Chinese sentence")
            english = argument(node, 2, "message") if called == "Finding" else None
            if english is not None and CHINESE.search(literal(english)):
                said.append(f"line {node.lineno}: Chinese in the English sentence")
    return said


@pytest.mark.parametrize("package", PACKAGES, ids=lambda p: p.name)
def test_every_finding_that_the_program_can_make_is_said_in_both_languages(package: Path) -> None:
    found, makers = {}, 0
    for path in sorted(package.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if "Finding(" in source:
            makers += 1
            told = silent(source)
            if told:
                found[str(path.relative_to(package))] = told
    assert found == {}
    assert makers > 15


def test_a_silent_finding_is_seen() -> None:
    assert silent('Finding("A", "block", "no", "否")') == []
    assert silent('Finding("A", "block", "no")') != []
    assert silent('Finding("A", "block", "no", "no")') != []
    assert silent('Finding("A", "block", "否", "否")') != []
    assert silent('Finding("A", "block", "no", message_zh=f"否 {x}")') == []
    assert silent('def _tell(en, zh):\n    return Finding("A", "warn", en, zh)\n_tell("no", "否")') == []
    assert silent('def _tell(en, zh):\n    return Finding("A", "warn", en, zh)\n_tell("no", "no")') != []
