"""Where pictures stood in an article: captions as captions, not as sentences of the text, each with a link.

The pictures themselves are not loaded, see `web.safety.inert`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

from markupsafe import Markup, escape

from pipelines.article import Image
from web.safety import followable

# Both end where another begins, so that no page takes quadratic time.
_INSIDE = r"((?:[^<]|<(?!/?(?:figure|figcaption|p)\b))*)"
_STOOD = re.compile(
    rf"<figure>[^<]*<figcaption>{_INSIDE}</figcaption>[^<]*</figure>|<p>{_INSIDE}</p>", re.IGNORECASE
)
_TAG = re.compile(r"<[^<>]*>")


def captioned(html: Markup, images: Iterable[Image]) -> Markup:
    """Return inert HTML in which each caption of `images` is one, and leads to its picture."""
    by_caption = {_words(image["caption"]): image for image in images if image["caption"]}

    def caption(found: re.Match[str]) -> str:
        in_figure = found[1] is not None
        image = by_caption.get(_words(unescape(_TAG.sub(" ", found[1] if in_figure else found[2]))))
        if image is None:
            return f"<figure><figcaption>{found[1]}</figcaption></figure>" if in_figure else found[0]
        words = escape(image["caption"])
        url = followable(image["url"])
        if url:
            words = Markup('<a href="{}" rel="noopener noreferrer nofollow">{}</a>').format(url, words)
        return f"<figure><figcaption>{words}</figcaption></figure>"

    return Markup(_STOOD.sub(caption, html))


def _words(text: str | None) -> str:
    return " ".join((text or "").split())
