"""An article's own markup as a safe fragment: the corpus holds no other, whoever feeds it."""

from __future__ import annotations

import re

import nh3

from pipelines.text import storable

MOST = 4_000_000  # characters, as of a page; the longest markup met has 60,000
_TAGS = (
    "a abbr b blockquote br caption code dd dl dt em figcaption figure h2 h3 h4 h5 h6 hr i img li ol p pre s "
    "small strong sub sup table tbody td tfoot th thead tr u ul"
)
# Paragraphs indented by hand. The whole of it: what is made safe again (a batch that could not be written, an
# item that is exported) must stay as it is.
_BLANK, _OPENING = r"(?:&nbsp;|\s)", "<(?:b|strong|em|i)>"
_INDENT = re.compile(f"<(?:p|li|td|h[2-6])>(?:{_OPENING})*{_BLANK}(?:{_BLANK}|{_OPENING})*")
_blanks = re.compile(f"{_BLANK}+")
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_SANITISER = nh3.Cleaner(tags=set(_TAGS.split()), attributes=_ATTRIBUTES, url_schemes={"http", "https"})


def sanitised(markup: str | None) -> str | None:
    """Return HTML with structure, pictures and links to http(s) addresses alone; None where nothing is left.

    Scripts, styles, forms, frames and handlers are gone. None, too, is what would be longer than `MOST`: the
    reading page shows the text then.
    """
    if not markup or len(markup) > MOST:
        return None
    safe = _SANITISER.clean(storable(markup))  # which closes and opens what the page did not
    return (_INDENT.sub(_unindented, safe).strip() or None) if len(safe) <= MOST else None


def _unindented(found: re.Match[str]) -> str:
    return _blanks.sub("", found[0])
