"""Which characters did the author mean? Labels are witnesses; the bytes decide.

Sources: WHATWG Encoding Standard (labels), RFC 3629 (UTF-8 is self-evident), Unicode's CP1258.TXT.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from crawler.extraction.legacy_letters import read_legacy_letters

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HTTP_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta\b[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_HEAD = 8192  # bytes among which a label may stand
# The labels under which browsers read the wider Windows table.
_WIDER = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030"}
# Python also knows codecs that are no charsets ("base64") and some that no page may use ("utf-7").
_CHARSET = re.compile(
    r"utf-8|utf-16(?:-[lb]e)?|ascii|iso8859-\d+|cp\d+|koi8-[ru]|gb\w+|big5\w*|euc_\w+|shift_\w+|tis-620"
)
_VIETNAMESE_LETTERS = frozenset("ăâđêôơưĂÂĐÊÔƠƯ") | {
    unicodedata.normalize("NFC", letter + tone)
    for letter in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for tone in "\u0300\u0301\u0303\u0309\u0323"
}
# "đ" and "ệ" as windows-1252 reads them, each behind the one of its characters that no right page holds.
_MISREAD_SIGNS = (("Ä", "Ä‘"), ("‡", "á»‡"))
_ASCII = bytes(range(0x80))
_FEWEST_FOREIGN = 60  # bytes; a page with fewer holds no text in an old font
_VIETNAMESE_BLOCK = re.compile(rb"\xe1[\xba\xbb]")  # U+1E80-1EFF in UTF-8
# As browsers read windows-1252: the five bytes it leaves open are control characters.
_CP1252_BYTES = {ord(bytes([byte]).decode("cp1252", "ignore") or "\0"): byte for byte in range(0x80, 0xA0)}
_MISREAD_RUN = re.compile(r"[^\x00-\x7f]+")


class Decoded(NamedTuple):
    """A page's text, and its bytes in UTF-8, which mostly are those that came."""

    text: str
    utf8: bytes


def decode(body: bytes, content_type: str | None, flags: list[str]) -> Decoded:
    """Return the text of `body`; what had to be repaired is added to `flags`.

    Strictly valid UTF-8 with any non-ASCII letter is UTF-8 whatever the labels say.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return _encoded(_without_nul(body.decode(name, "replace").lstrip("\ufeff")))
    if b"\0" in body:
        if body.count(b"\0") * 4 > len(body):  # UTF-16 without a mark: of ASCII each second byte is zero
            name = "utf-16-le" if body[1:2] == b"\0" else "utf-16-be"
            return _encoded(_without_nul(body.decode(name, "replace")))
        body = body.replace(b"\0", b"")
    if body.isascii():
        return Decoded(body.decode("ascii"), body)
    labels = _labels(body, content_type)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return _encoded(_decode_legacy(body, list(labels), flags))
    if next(labels, "utf-8") != "utf-8":
        flags.append("encoding_repaired")
    if any(rare in text and sign in text for rare, sign in _MISREAD_SIGNS):
        return _encoded(_undo_misreading(text, flags))
    if _VIETNAMESE_BLOCK.search(body) or len(body.translate(None, _ASCII)) < _FEWEST_FOREIGN:
        return Decoded(text, body)
    return _encoded(_read_old_fonts(text, flags))


def _encoded(text: str) -> Decoded:
    return Decoded(text, text.encode("utf-8", "replace"))


def _labels(body: bytes, content_type: str | None) -> Iterator[str]:
    """Yield the encodings that the page is labelled with, the header's first."""
    header = _HTTP_CHARSET.findall(content_type or "")
    markup = (found[1].decode("ascii", "ignore") for found in _META_CHARSET.finditer(body, 0, _HEAD))
    for label in chain(header, markup):
        try:
            name = codecs.lookup(label).name
        except (LookupError, ValueError):  # a label no one knows
            continue
        if _CHARSET.fullmatch(name):
            yield _WIDER.get(name, name)


def _decode_legacy(body: bytes, labels: list[str], flags: list[str]) -> str:
    damaged = body.decode("utf-8", "replace")
    broken = damaged.count("\ufffd")
    if broken * 10 <= sum(character > "\x7f" for character in damaged):  # UTF-8 with some broken letters
        flags.append("encoding_damaged")
        return damaged
    if (western := read_legacy_letters(body.decode("cp1252", "replace"))) is not None:
        flags.append("encoding_repaired")
        return western
    readings = {
        name: unicodedata.normalize("NFC", body.decode(name, "replace"))
        for name in dict.fromkeys([*labels, "cp1258", "cp1252"])
        if name != "utf-8"
    }
    best = max(readings, key=lambda name: _likelihood(readings[name]))
    if not labels or best != labels[0]:
        flags.append("encoding_repaired")
    return _without_nul(readings[best])


def _read_old_fonts(text: str, flags: list[str]) -> str:
    repaired = read_legacy_letters(text)
    if repaired is None:
        return text
    flags.append("encoding_repaired")
    return repaired


def _likelihood(text: str) -> float:
    """Return the share of non-ASCII characters that are letters of Vietnamese (or plain typography)."""
    foreign = [character for character in text if character > "\x7f"]
    if not foreign:
        return 0.0
    good = sum(
        1.0
        if character in _VIETNAMESE_LETTERS
        else 0.4
        if character.isalpha() or character in "\xa0–—“”‘’…"
        else 0
        for character in foreign
    )
    return good / len(foreign)


def _undo_misreading(text: str, flags: list[str]) -> str:
    """Return UTF-8 that was once read as windows-1252 and saved again ("Thà nh á»§y") as it was meant."""

    def repair(found: re.Match[str]) -> str:
        try:
            return found.group().translate(_CP1252_BYTES).encode("latin-1").decode("utf-8")
        except UnicodeError:
            return found.group()

    repaired = _MISREAD_RUN.sub(repair, text)
    if repaired != text:
        flags.append("encoding_repaired")
    return repaired


def _without_nul(text: str) -> str:
    return text.replace("\0", "")
