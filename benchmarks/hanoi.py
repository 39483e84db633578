"""The recorded pages of sotttt.hanoi.gov.vn with their truth.

Headline, date and lead come from the recording's own `expected.jsonl`. The body is the text of the portal's
container `.asset-full-content .journal-content-article` without the account name that the CMS hides at its
end and without the byline, which `labels/hanoi_authors.jsonl` names: read from every article's tail by hand,
twice. Captions (a line straight after an image, in italics, centred or without a full stop) may be in a body
or not. Every other line of the page is furniture that no body may hold.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lxml.html
from lxml.html import HtmlElement
from warcio.archiveiterator import ArchiveIterator

from benchmarks.cases import DATA, Case, Truth
from benchmarks.shingles import words
from crawler.clock import from_warc_date

LABELS = Path(__file__).parent / "labels" / "hanoi_authors.jsonl"
CONTAINER = ".asset-full-content .journal-content-article"

# fmt: off
_BLOCKS = frozenset({
    "article", "aside", "blockquote", "br", "caption", "center", "dd", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "legend", "li", "main", "nav", "ol", "option", "p", "pre", "section", "select",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})
# fmt: on
_SILENT = frozenset({"script", "style", "noscript", "template"})
_CAPTION_LENGTH = 210  # longest caption without italics; the longest in italics has 303 characters
_LABELS_IN_TEXT = frozenset({"In bài viết", "Quay lại"})  # an editor pasted the portal's own buttons


@dataclass(slots=True)
class Line:
    """A line of text as a browser would show it."""

    text: str = ""
    after_image: bool = False
    centred: bool = False
    italic: bool = True

    @property
    def is_caption(self) -> bool:
        """Whether a line that follows an image looks like that image's caption."""
        if self.italic:
            return len(self.text) < 2 * _CAPTION_LENGTH
        return len(self.text) < _CAPTION_LENGTH and (self.centred or not self.text.endswith("."))


@dataclass(frozen=True, slots=True)
class Recorded:
    """One response of the recording."""

    url: str
    body: bytes
    content_type: str | None
    fetched_at: str


@cache
def recording(path: Path = DATA / "hanoi-sotttt.warc.gz") -> dict[str, Recorded]:
    """Return the recorded responses by address; none where the recording is absent."""
    if not path.exists():
        return {}
    pages = {}
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_type == "response":
                url = record.rec_headers.get_header("WARC-Target-URI")
                pages[url] = Recorded(
                    url,
                    record.content_stream().read(),
                    record.http_headers.get_header("Content-Type"),
                    from_warc_date(record.rec_headers.get_header("WARC-Date")),
                )
    return pages


def recorded_cases() -> Iterator[Case]:
    """Yield the recorded article pages (465 addresses of 412 articles) with their truth."""
    pages = recording()
    if not pages:
        return
    labels = {label["asset"]: label for label in _json_lines(LABELS)}
    for expected in _json_lines(DATA / "hanoi-sotttt.expected.jsonl"):
        page = pages[expected["url"]]
        yield Case(
            name=f"{expected['id']} {urlsplit(page.url).path}",
            corpus="hanoi",
            split="held_out" if int(expected["id"]) % 2 else "tune",
            url=page.url,
            body=page.body,
            content_type=page.content_type,
            fetched_at=page.fetched_at,
            family="liferay",
            party=expected["party_listed"],
            truth=truth_of(lxml.html.fromstring(page.body.decode("utf-8")), expected, labels[expected["id"]]),
        )


def truth_of(tree: HtmlElement, expected: dict[str, Any], label: dict[str, Any]) -> Truth:
    """Return a recorded page's truth from the page, the recording's expectation and the byline's label."""
    whole = tree.cssselect(".asset-full-content")[0]
    container = tree.cssselect(CONTAINER)[0]
    lines = [line for line in lines_of(container) if line.text not in _LABELS_IN_TEXT]
    cut = len(lines) - label["lines"]
    lines, tail = lines[:cut], [line.text for line in lines[cut:]]
    captions = [line.text for line in _captions(lines)]
    full = "\n".join(line.text for line in lines)
    plain = "\n".join(line.text for line in lines if line.text not in captions)
    lead = expected["lead"]
    bodies = [plain, full] + ([f"{lead}\n{plain}", f"{lead}\n{full}"] if lead else [])
    own = f" {' '.join(words(' '.join([expected['title'], lead, full, *tail])))} "
    furniture = {line.text for line in lines_of(tree, without=whole)} | set(label["accounts"])
    byline = label["author"] or ""
    sources = [text for text in tail if not byline or byline not in text]
    return Truth(
        fields={
            "headline": unicodedata.normalize("NFC", expected["title"]),
            "date_published": expected["published"],
            "author": label["author"],
        },
        bodies=tuple(dict.fromkeys(bodies)),
        optional=(full, lead, *captions, *sources),
        authors=(label["author"], *label.get("also", ())),
        forbidden=tuple(
            sorted(
                line
                for line in furniture
                if len(words(line)) > 1 and line not in byline and f" {' '.join(words(line))} " not in own
            )
        ),
    )


def lines_of(element: HtmlElement, without: HtmlElement | None = None) -> list[Line]:
    """Return an element's lines as a browser shows them, `without` one part and the CMS's account."""
    lines = [Line()]

    def walk(node: HtmlElement, centred: bool, italic: bool) -> None:
        if not isinstance(node.tag, str) or node.tag in _SILENT or node is without:
            return
        if "view-content-author" in node.get("class", ""):
            return
        style = node.get("style", "").replace(" ", "").lower()
        align = node.get("align", "").lower()
        centred = (
            align == "center"
            or node.tag == "center"
            or "text-align:center" in style
            or (centred and not align and "text-align:" not in style)
        )
        italic = italic or node.tag in {"em", "i"} or "font-style:italic" in style
        block = node.tag in _BLOCKS or "display:block" in style
        if block:
            _next_line(lines)
        if node.tag == "img":
            lines[-1].after_image = True
        _write(lines[-1], node.text, centred, italic)
        for child in node:
            walk(child, centred, italic)
            _write(lines[-1], child.tail, centred, italic)
        if block:
            _next_line(lines)

    walk(element, centred=False, italic=False)
    _next_line(lines)
    return lines[:-1]


def _write(line: Line, text: str | None, centred: bool, italic: bool) -> None:
    if text and text.strip():
        line.centred = line.centred or centred
        line.italic = line.italic and italic
    line.text += text or ""


def _next_line(lines: list[Line]) -> None:
    """End the last line; one without text passes its image on to the next."""
    last = lines[-1]
    last.text = unicodedata.normalize("NFC", re.sub(r"\s+", " ", last.text).strip())
    if last.text:
        lines.append(Line())
    else:
        lines[-1] = Line(after_image=last.after_image)


def _captions(lines: list[Line]) -> Iterator[Line]:
    """Yield the lines straight after an image that look like captions, and their second lines."""
    inside = False
    for line in lines:
        inside = line.is_caption if line.after_image else inside and line.italic and line.centred
        if inside:
            yield line


def _json_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
