"""Text that a portal mangled on its way, repaired where what was meant is certain.

Seen on a seventh of one portal's articles: entities that lost their ampersand and a letter
("Hograve;a" → "Hòa", "dotilde;i" → "dõi"), and entities escaped twice ("&ndash;" as text).
"""

from __future__ import annotations

import html
import re
import unicodedata

_ACCENTS = {"grave": "\u0300", "acute": "\u0301", "tilde": "\u0303", "circ": "\u0302"}
_LOST_AMPERSAND = re.compile(r"([AEIOUYaeiouy])(grave|acute|tilde|circ);")
_LOST_ENDINGS = tuple(f"{accent};" for accent in _ACCENTS)
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_BULLETS = dict.fromkeys(
    (0xF0B7, 0xF0A7, 0xF0D8, 0xF0FC, 0xF076), "•"
)  # Symbol and Wingdings, pasted from Word


def repair(text: str, flags: list[str]) -> str:
    """Return the text as meant; flags "entities_repaired", "private_use" say what was met."""
    if ";" in text:
        repaired = _ENTITY.sub(_character, text) if "&" in text else text
        if any(ending in repaired for ending in _LOST_ENDINGS):
            repaired = _LOST_AMPERSAND.sub(_letter, repaired)
        if repaired != text:
            text = repaired
            _flag(flags, "entities_repaired")
    if not text.replace("\n", "").isprintable() and _PRIVATE.search(text):
        text = _PRIVATE.sub("", text.translate(_BULLETS))
        _flag(flags, "private_use")
    return text


def _letter(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", found[1] + _ACCENTS[found[2]])


def _character(found: re.Match[str]) -> str:
    return html.unescape(found.group())


def _flag(flags: list[str], flag: str) -> None:
    if flag not in flags:
        flags.append(flag)
