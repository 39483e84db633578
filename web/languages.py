"""The language in which a page speaks: Vietnamese as it is written, English where a reader switched to it.

The sentences stand in the templates and in `web.words` in Vietnamese; `locale/en.po` holds their English.
What the portals wrote is never translated.
"""

from __future__ import annotations

import gettext as gnu
import re
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import ClassVar

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from datasette import Request, Response
from datasette.app import Datasette

from web.safety import local

VIETNAMESE = "vi"
LANGUAGES = {VIETNAMESE: "Tiếng Việt", "en": "English"}
COOKIE = "ngon-ngu"
_YEAR = 365 * 24 * 3600  # seconds
_OURS = re.compile(r"/(?![/\\])[^\x00-\x20\\]*")  # browsers read "/\\" as the begin of a host
LOCALE = Path(__file__).parent / "locale"

_chosen: ContextVar[str] = ContextVar("language", default=VIETNAMESE)


def choose(language: str | None) -> None:
    """Let the answer to this request speak `language`; Vietnamese where it is none of ours."""
    _chosen.set(language if language in LANGUAGES else VIETNAMESE)


def chosen() -> str:
    """Return the code of the language that this answer speaks."""
    return _chosen.get()


def gettext(text: str) -> str:
    """Return a sentence of the site in the language of this answer; as it is where it has no translation."""
    return _translations(chosen()).gettext(text)


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return a sentence of the site that tells of a number of things. Vietnamese says both alike."""
    return _translations(chosen()).ngettext(singular, plural, number)


class Spoken(Mapping[str, str]):
    """Codes and what they are called, in the language of the answer that asks."""

    everything: ClassVar[set[str]] = set()  # what any of them says, in Vietnamese

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words
        self.everything.update(words.values())

    def __getitem__(self, code: str) -> str:
        return gettext(self._words[code])

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)


@cache
def _translations(language: str) -> gnu.NullTranslations:
    if language == VIETNAMESE:
        return gnu.NullTranslations()
    with (LOCALE / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gnu.GNUTranslations(compiled)


async def switch(datasette: Datasette, request: Request) -> Response:
    """Remember the language that a reader chose, and go back to the page where it was chosen."""
    back = local(request.args.get("ve") or "")
    target = back if _OURS.fullmatch(back) else datasette.urls.instance()
    answer = Response.redirect(target, status=303)
    answer.set_cookie(COOKIE, request.url_vars["language"], max_age=_YEAR, samesite="lax", httponly=True)
    return answer
