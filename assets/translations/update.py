"""Brings showeditor_zh_CN.ts up to date with the texts in showeditor/ui; translations that are there are kept.

    python assets/translations/update.py            add new texts as unfinished, drop those that are gone
    python assets/translations/update.py --check    change nothing; exit 1 when a text has no finished translation

Texts are `self.tr("...")` (context: the class), `word("...")` (context Words) and
`QCoreApplication.translate("Context", "...")`.
"""

import ast
import sys
import xml.etree.ElementTree as xml
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).resolve().parent
SOURCES = HERE.parents[1] / "showeditor" / "ui"
TS = HERE / "showeditor_zh_CN.ts"

Text = tuple[str, str]


def texts_of(source: str) -> list[Text]:
    """(context, text) of every translatable string of a module, in order; raises ValueError for a computed one."""
    found: list[Text] = []

    def visit(node: ast.AST, context: str) -> None:
        if isinstance(node, ast.ClassDef):
            context = node.name
        if isinstance(node, ast.Call):
            text = _text(node, context)
            if text is not None:
                found.append(text)
        for child in ast.iter_child_nodes(node):
            visit(child, context)

    visit(ast.parse(source), "")
    return found


def _text(call: ast.Call, context: str) -> Text | None:
    function = call.func
    if isinstance(function, ast.Attribute) and function.attr == "tr":
        if not (isinstance(function.value, ast.Name) and function.value.id == "self"):
            raise ValueError(f"line {call.lineno}: tr() needs the literal receiver self")
        return context, _literal(call, 0)
    if (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and (function.value.id, function.attr) == ("QCoreApplication", "translate")
        and not isinstance(call.args[1], ast.Name)
    ):
        return _literal(call, 0), _literal(call, 1)
    if isinstance(function, ast.Name) and function.id == "word":
        return "Words", _literal(call, 0)
    return None


def _literal(call: ast.Call, index: int) -> str:
    value = call.args[index]
    if not isinstance(value, ast.Constant) or not isinstance(value.value, str):
        raise ValueError(f"line {call.lineno}: a translatable text must be a literal")
    return value.value


def all_texts() -> list[Text]:
    """Every translatable text of the interface, once, by context."""
    found: dict[Text, None] = {}
    for path in sorted(SOURCES.rglob("*.py")):
        try:
            found.update(dict.fromkeys(texts_of(path.read_text(encoding="utf-8"))))
        except ValueError as error:
            raise ValueError(f"{path.relative_to(SOURCES)}: {error}") from None
    return sorted(found)


def translations() -> dict[Text, str]:
    """Finished translations in the .ts file."""
    if not TS.exists():
        return {}
    kept: dict[Text, str] = {}
    for context in xml.parse(TS).getroot().iter("context"):
        for message in context.iter("message"):
            told = message.find("translation")
            if told is not None and told.text and not told.get("type"):
                kept[context.findtext("name") or "", message.findtext("source") or ""] = told.text
    return kept


def write(texts: list[Text], kept: dict[Text, str]) -> None:
    """Writes the .ts file."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<!DOCTYPE TS>", '<TS version="2.1" language="zh_CN">']
    for context in dict.fromkeys(context for context, _ in texts):
        lines += ["<context>", f"    <name>{escape(context)}</name>"]
        for where, text in texts:
            if where == context:
                told = kept.get((where, text))
                body = (
                    f"<translation>{escape(told)}</translation>"
                    if told
                    else '<translation type="unfinished"></translation>'
                )
                lines += [
                    "    <message>",
                    f"        <source>{escape(text)}</source>",
                    f"        {body}",
                    "    </message>",
                ]
        lines.append("</context>")
    TS.write_text("\n".join([*lines, "</TS>", ""]), encoding="utf-8")


def missing() -> list[Text]:
    """Texts without a finished translation."""
    kept = translations()
    return [text for text in all_texts() if text not in kept]


def main(arguments: list[str]) -> int:
    """0 when every text is translated, else 1."""
    if "--check" not in arguments:
        write(all_texts(), translations())
    left = missing()
    for context, text in left:
        sys.stdout.write(f"untranslated: {context}: {text}\n")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
