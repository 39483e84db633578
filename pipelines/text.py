"""Vietnamese text: one form to keep, one to compare, one to search without marks.

The same functions run when an article is indexed and when a reader types a query; that is what makes
`dang bo`, `Đảng bộ`, its decomposed form and the old tone placement find the same article.

Sources: Unicode Standard Annex #15 (NFC, NFD); the two accepted tone placements of Vietnamese
("hòa/hoà", "thủy/thuỷ") differ only in open syllables with oa, oe, uy, and never after q.
"""

from __future__ import annotations

import re
import unicodedata

# What a portal prints but nobody means: C0/C1 controls, soft hyphen, zero-width and bidi marks, BOM.
_INVISIBLE = dict.fromkeys(
    [
        *range(0x09),
        *range(0x0E, 0x20),
        *range(0x7F, 0xA0),
        0xAD,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        0xFEFF,
    ]
)
_SPACES = re.compile(r"[^\S\n]+")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")  # \x0b is Word's line break inside a paragraph
_SURROGATE = re.compile("[\ud800-\udfff]")
_AROUND_LINES = re.compile(r" *\n[ \n]*")

_TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng
_MOVED_TONE = {
    unicodedata.normalize("NFC", first + second + tone): unicodedata.normalize("NFC", first + tone + second)
    for first, second in ("oa", "oe", "uy")
    for tone in _TONES
}
_OLD_TONE = re.compile(rf"(?<!q)(?:{'|'.join(_MOVED_TONE)})(?![^\W\d_])")

# Ð (U+00D0, Icelandic eth) and Ɖ (U+0189) are typed for Đ on some portals; lower case folds all to đ.
_ETH = {0xF0: "đ", 0x256: "đ"}


def _base_letters() -> dict[int, str | None]:
    table: dict[int, str | None] = {ord("đ"): "d"}
    # Only the marks that unicode61 keeps inside a word: at any other it parts the word, in the original
    # text too, and the index must part it there as well or highlights slip.
    table.update(dict.fromkeys(range(0x300, 0x332)))
    for point in range(0xC0, 0x1F00):
        decomposed = unicodedata.normalize("NFD", chr(point))
        if len(decomposed) > 1 and decomposed[0].isalpha():
            table[point] = decomposed[0]
    return table


_UNMARK = _base_letters()


def clean(text: str) -> str:
    """Return `text` as we keep it: NFC, invisible characters gone, every run of spaces one space.

    Line breaks stay (blank lines go); words, quotes and tone placement stay as published.
    What comes back can be stored (see `storable`).
    """
    text = storable(_LINE_ENDS.sub("\n", text)).translate(_INVISIBLE)
    text = unicodedata.normalize("NFC", text)
    return _AROUND_LINES.sub("\n", _SPACES.sub(" ", text)).strip()


def storable(text: str) -> str:
    """Return `text` with lone surrogates, which no database can store, as U+FFFD."""
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def line(text: str) -> str:
    """Return `text` as one cleaned line."""
    return clean(text).replace("\n", " ")


def exact(text: str) -> str:
    """Return the form in which marks count: NFC, lower case, tones placed one way ("hoà" → "hòa")."""
    lowered = unicodedata.normalize("NFC", text).lower().translate(_ETH)
    return _OLD_TONE.sub(lambda found: _MOVED_TONE[found.group()], lowered)


def fold(text: str) -> str:
    """Return the form without marks: `exact`, then every letter its base letter and đ → d."""
    return exact(text).translate(_UNMARK)


def is_marked(text: str) -> bool:
    """True when `text` has a letter that loses something by folding, so that its marks were typed."""
    return exact(text) != fold(text)


def language_of(text: str) -> str | None:
    """Return "vi" where the letters say Vietnamese, None where they do not. `lang` attributes lie.

    Of Vietnamese prose 14-20 % are letters that hardly another language has (ă đ ĩ ũ ơ ư, and all of
    U+1EA0-U+1EF9); Romanian's ă makes 4 %.
    """
    letters = [character for character in text[:4000].lower() if character.isalpha()]
    own = sum(character in "ăđĩũơư" or "\u1ea0" <= character <= "\u1ef9" for character in letters)
    return "vi" if own * 15 > len(letters) else None
