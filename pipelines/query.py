"""What a reader typed, as an FTS5 expression over our index."""

from __future__ import annotations

import re

from pipelines.text import clean, exact, fold

# The tokenizer (unicode61) splits at everything that is no letter, number or private-use character.
_WORDS = re.compile(r"[^\W_]+")
_PARTS = re.compile(r'"([^"]*)"|(\S+)')

NOTHING = '""'  # a valid expression that matches no row


def fts_expression(query: str) -> str:
    """Return an FTS5 MATCH expression; never one that FTS5 refuses, whatever was typed.

    All words must occur. A word typed with marks must match with its marks ("đảng" is not "đang"); one
    typed without matches any marks. Words in quotation marks, or joined without a space ("05-CT/TW"),
    must stand together. Text in decomposed form or with the other tone placement matches the same.
    """
    terms = [
        term for quoted, bare in _PARTS.findall(clean(query)) if (term := _phrase(quoted or bare)) is not None
    ]
    return " AND ".join(terms) or NOTHING


def _phrase(text: str) -> str | None:
    words = _WORDS.findall(exact(text))
    if not words:
        return None
    # FTS5 has no phrase over two columns: with any mark typed, the whole phrase is taken as marked.
    phrase = " ".join(words)
    folded = fold(phrase)
    if phrase == folded:
        return f'{{headline_folded body_folded meta}} : "{folded}"'
    return f'{{headline body meta}} : "{phrase}"'
