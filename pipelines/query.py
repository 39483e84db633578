"""What a reader typed, as an FTS5 expression over our index and as patterns over a text."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipelines.text import clean, exact, fold

# The tokenizer (unicode61) splits at everything that is no letter, number or private-use character.
_WORDS = re.compile(r"[^\W_]+")
_PARTS = re.compile(r'"([^"]*)"|(\S+)')
_MOST_PHRASES = 64  # of a query count: a pasted article must not become a statement that runs for minutes

NOTHING = '""'  # a valid expression that matches no row


class Phrase(NamedTuple):
    """Words that must stand together, in the form in which they are compared.

    `marked` is True where a mark was typed, so that marks count ("đảng" is not "đang").
    """

    words: tuple[str, ...]
    marked: bool

    @property
    def pattern(self) -> re.Pattern[str]:
        """Finds the phrase in a text of the same form: `exact` where marked, `fold` where not."""
        together = r"[\W_]+".join(map(re.escape, self.words))
        return re.compile(rf"(?<![^\W_]){together}(?![^\W_])")


def phrases(query: str) -> list[Phrase]:
    """Return what was typed, phrase by phrase, each once.

    Words in quotation marks, or joined without a space ("05-CT/TW"), are one phrase; else each word is one.
    """
    found = (_phrase(quoted or bare) for quoted, bare in _PARTS.findall(clean(query)))
    return list(dict.fromkeys(phrase for phrase in found if phrase.words))[:_MOST_PHRASES]


def fts_expression(query: str) -> str:
    """Return an FTS5 MATCH expression; never one that FTS5 refuses, whatever was typed.

    All words must occur. A word typed with marks must match with its marks ("đảng" is not "đang"); one
    typed without matches any marks. Words in quotation marks, or joined without a space ("05-CT/TW"),
    must stand together. Text in decomposed form or with the other tone placement matches the same.
    """
    return " AND ".join(map(_term, phrases(query))) or NOTHING


def _phrase(text: str) -> Phrase:
    # FTS5 has no phrase over two columns: with any mark typed, the whole phrase is taken as marked.
    words = tuple(_WORDS.findall(exact(text)))
    return Phrase(words, any(word != fold(word) for word in words))


def _term(phrase: Phrase) -> str:
    columns = "headline body meta" if phrase.marked else "headline_folded body_folded meta"
    return f'{{{columns}}} : "{" ".join(phrase.words)}"'
