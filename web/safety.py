"""What keeps a page that others wrote from doing anything in a reader's browser."""

from __future__ import annotations

import csv
import io
import re
import sys
from html import unescape
from urllib.parse import urlsplit, urlunsplit

import nh3
from markupsafe import Markup

from pipelines.export import as_text

# Nothing is loaded from elsewhere, and only our own file runs (suggestions; all else needs no script). Nobody
# else may frame it.
HEADERS = (
    (
        b"content-security-policy",
        b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        b"form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
)

_BLOCKS = {
    "p",
    "br",
    "hr",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "pre",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
}
_INLINE = {"a", "b", "strong", "i", "em", "u", "s", "sub", "sup", "code", "span"}
_FIGURES = {"figure", "figcaption"}
_TABLES = {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"}
_EMPTY_LINK = re.compile(r"<a [^<>]*>(?:\s|&nbsp;)*</a>")  # where an image stood
_EMPTY = re.compile(r"<p>(?:\s|&nbsp;|<br>)*</p>")
csv.field_size_limit(sys.maxsize)  # else a text of 128 KB would end the table
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[-+]?\d+)?")
_ATTRIBUTES = {"a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}


def inert(html: str) -> Markup:
    """Return an article's HTML with text and structure alone: no scripts, styles, forms, frames, images.

    The extraction has cleaned it once already; a corpus may come from elsewhere. Images stand apart, with
    their captions, because loading them would tell the portal who reads what.
    """
    clean = nh3.clean(
        html,
        tags=_BLOCKS | _INLINE | _FIGURES | _TABLES,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
    return Markup(_EMPTY.sub("", _EMPTY_LINK.sub("", clean)))


def without_formulas(lines: bytes) -> bytes:
    """Return whole lines of CSV (UTF-8) in which no cell is a formula; numbers stay as they are."""
    written = io.StringIO()
    writer = csv.writer(written)
    for row in csv.reader(io.StringIO(lines.decode(), newline="")):
        writer.writerow([cell if _NUMBER.fullmatch(cell) else as_text(cell) for cell in row])
    return written.getvalue().encode()


def text_of(html: str) -> str:
    """Return the text of HTML, its tags left out. (Markup would escape what is put in: hence `str`.)"""
    return unescape(nh3.clean(str(html).replace("<", " <"), tags=set()))


def followable(url: str | None) -> str | None:
    """Return `url` if a reader may follow it (http or https), else None: show it as text then."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None


def local(url: str) -> str:
    """Return the path and query of an address on this site, whatever host the request named.

    Nothing is left of what is no address.
    """
    try:
        parts = urlsplit(url)
    except ValueError:  # as "//["
        return ""
    return urlunsplit(("", "", parts.path, parts.query, parts.fragment))
