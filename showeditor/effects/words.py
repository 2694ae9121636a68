"""The vocabulary of the effect language, English and Chinese: phrase -> kind of word and its canonical form."""

from dataclasses import dataclass
from functools import cache, lru_cache

from showeditor.effects.nearness import most_like
from showeditor.effects.tables import read_table
from showeditor.model.errors import BadFile

KINDS = frozenset("colour effect role style device join strength adjective pattern row shot noise timing".split())

TIMINGS = ("PFT", "LFT", "DLY", "DUR", "CDS", "HTM")


@dataclass(frozen=True, slots=True)
class Word:
    """One understood word: its kind and canonical English form."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`phrases`: lower-case words joined by one space -> Word; `han`: runs of Chinese characters -> Word."""

    phrases: dict[str, Word]
    han: dict[str, Word]
    longest_phrase: int
    longest_han: int


def is_han(letter: str) -> bool:
    """Whether a letter belongs to the Chinese characters that are read without spaces between words."""
    return "㐀" <= letter <= "鿿" or letter == "〇"


@cache
def vocabulary() -> Vocabulary:
    """Every known word: assets/effects words, colours and effect families, and the timing terms."""
    entries: list[tuple[str, Word]] = [(term, Word("timing", term)) for term in TIMINGS]
    entries += [(row["name"], Word("colour", row["name"])) for row in read_table("effects", "colours.csv")]
    entries += [(row["effect"], Word("effect", row["effect"])) for row in read_table("effects", "families.csv")]
    for name in [text for text, word in entries if word.kind == "colour" and not text.endswith(" Tip")]:
        entries += [(f"{name} {tip}", Word("colour", f"{name} Tip")) for tip in ("Tip", "Tips", "Tipped")]
    for row in read_table("effects", "words.csv", sourced=False):
        if row["kind"] not in KINDS:
            raise BadFile("words.csv", row["canonical"], f"expected one of {', '.join(sorted(KINDS))}")
        word = Word(row["kind"], row["canonical"])
        entries += [(text, word) for text in (row["canonical"], *filter(None, row["words"].split("|")))]
    phrases: dict[str, Word] = {}
    han: dict[str, Word] = {}
    for text, word in entries:
        table = han if is_han(text[0]) else phrases
        key = text.lower()
        if table.setdefault(key, word) != word:
            raise BadFile("words.csv", text, f"expected one meaning, found {table[key].text} and {word.text}")
    return Vocabulary(phrases, han, max(len(p.split()) for p in phrases), max(len(h) for h in han))


@lru_cache(maxsize=1024)
def nearest(word: str) -> str:
    """The canonical form of the known word most like an unknown one, "" when none is near or the word is known itself.

    Chinese words are compared by their syllables as well.
    """
    plain = word.lower()
    known = vocabulary()
    if len(word) > 40 or plain in known.phrases or plain in known.han:
        return ""
    if is_han(word[0]):
        return known.han[near].text if (near := most_like(word, known.han, 0.5)) else ""
    return known.phrases[near].text if (near := most_like(plain, known.phrases, 0.7)) else ""


def is_known(word: str) -> bool:
    """Whether the vocabulary holds a word."""
    return word.lower() in vocabulary().phrases or word in vocabulary().han
