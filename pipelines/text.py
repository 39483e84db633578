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
        *range(0x00, 0x09),
        *range(0x0B, 0x0D),
        *range(0x0E, 0x20),
        *range(0x7F, 0xA0),
        0xAD,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2065),
        0xFEFF,
    ]
)
_SPACES = re.compile(r"[^\S\n]+")
_LINE_ENDS = re.compile(r"\r\n?|[\x85\u2028\u2029]")
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
    for point in range(0xC0, 0x1F00):
        letter = chr(point)
        decomposed = unicodedata.normalize("NFD", letter)
        if unicodedata.combining(letter):
            table[point] = None
        elif len(decomposed) > 1 and decomposed[0].isalpha():
            table[point] = decomposed[0]
    return table


_UNMARK = _base_letters()


def clean(text: str) -> str:
    """Return `text` as we keep it: NFC, invisible characters gone, every run of spaces one space.

    Line breaks stay (blank lines go); words, quotes and tone placement stay as published.
    Lone surrogates, which no database can store, become U+FFFD.
    """
    text = _LINE_ENDS.sub("\n", text)
    if not text.isascii():
        if any("\ud800" <= character <= "\udfff" for character in text):
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        text = unicodedata.normalize("NFC", text)
    text = text.translate(_INVISIBLE)
    return _AROUND_LINES.sub("\n", _SPACES.sub(" ", text)).strip()


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

    Vietnamese prose carries a mark on 25-35 % of its letters; a twentieth is enough to tell.
    """
    letters = [character for character in text[:4000].lower() if character.isalpha()]
    if not letters:
        return None
    marked = sum(ord(character) > 127 and ord(character) < 0x1F00 for character in letters)
    return "vi" if marked * 20 >= len(letters) else None


