"""A document's number as a reader types it, and the ways in which texts name that document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipelines.lexicon import load_data
from pipelines.text import fold

_NUMBER = re.compile(
    r"(?:(?P<type>[a-z]+(?: [a-z]+){0,3}?) (?:so )?)?"
    r"(?P<number>\d{1,5})(?P<year>/(?:19|20)\d\d)?[-/](?P<sign>[a-z]{1,6})[-/](?P<issuer>[a-z]{2,6})"
)

_ONE_DIGIT = re.compile(r"(?<![\w/.,-])(?=[1-9][-/](?:(?:19|20)\d\d/)?[^\W\d_])")


def numbered(text: str) -> str:
    """Return what was typed with documents' numbers as the corpus has them: "5-ct" is "05-ct"."""
    return _ONE_DIGIT.sub("0", text)


def spellings(text: str) -> list[str]:
    """Return what texts write for a document's number, `text` first; none for what is no number.

    05-CT/TW, also behind its type, is Chỉ thị 05 của Bộ Chính trị. What several bodies issue under one number
    is not meant: "Thông tư 05" alone is of every ministry.
    """
    found = _NUMBER.fullmatch(fold(text))
    if not found or not (kind := _types().get(found["sign"])):
        return []
    if found["type"] and found["type"] != fold(kind):
        return []
    number = found["number"]
    numbers = list(dict.fromkeys((number, number.lstrip("0") or number, number.zfill(2))))
    sign = text.rsplit(" ", 1)[-1].removeprefix(number)  # texts also print a number without its type
    in_signs = (f"{each}{sign}" for each in numbers)
    return list(dict.fromkeys([text, *in_signs, *_in_words(kind, numbers, found)]))


def _in_words(kind: str, numbers: list[str], found: re.Match[str]) -> Iterator[str]:
    if found["year"]:
        if found["sign"] + found["issuer"] == "ndcp":  # the only type that one body alone issues
            yield from (f"{kind} {so}{each}{found['year']}" for each in numbers for so in ("", "số "))
        return
    for issuer in _issuers().get(found["issuer"], ()):
        yield from (f"{kind} {so}{each} của {issuer}" for each in numbers for so in ("", "số "))


@cache
def _types() -> dict[str, str]:
    return {fold(sign): kind for sign, kind in load_data("documents.json")["signs"].items()}


@cache
def _issuers() -> dict[str, list[str]]:
    return {fold(sign): names for sign, names in load_data("documents.json")["issuers"].items()}
