"""Why a field has its value: every candidate with its score, what was printed, and the verdict.

Made on demand from what a reader came by on the page (`Trail`); reading itself pays nothing for it. Every
`read` of a field asks its witnesses in the order in which they are listed here, strongest first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from crawler.extraction.attachments import MOST_LINKS, is_file, read_attachments
from crawler.extraction.authorship import TAIL, names_author, person_of, without_closing_sign
from crawler.extraction.blocks import Block
from crawler.extraction.byline import Byline, is_account_name, leading_byline, parse_byline, trailing_byline
from crawler.extraction.clean import Text
from crawler.extraction.contract import Candidate, Evidence, Hints
from crawler.extraction.dates import parse_machine_date
from crawler.extraction.element import HtmlElement, text_of
from crawler.extraction.event_date import event_candidates
from crawler.extraction.pictures import address_of, is_picture
from crawler.extraction.published import MODIFIED_NAMES, Published
from crawler.extraction.repair import repair
from crawler.extraction.topics import keyword_witnesses, section_witnesses
from pipelines.text import fold, line

if TYPE_CHECKING:
    from crawler.page import Page

_WEAKER = "weaker than the chosen one"
_MOST = 100  # elements named for one field


@dataclass(slots=True)
class Trail:
    """What a reader came by; `values` are the fields as it filled them."""

    page: Page
    hints: Hints
    source: str
    values: dict[str, str | None] = field(default_factory=dict)
    declared: dict[str, HtmlElement | None] = field(default_factory=dict)  # what a layout names, by field
    headline: list[Candidate] = field(default_factory=list)
    published: Published = field(default_factory=Published)
    text: Text = field(default_factory=Text)
    lines: list[Block] = field(default_factory=list)  # of the body, before the byline is taken
    around: list[Block] = field(default_factory=list)  # beside the body, where a byline may stand
    above: list[Block] = field(default_factory=list)  # the headline, where a section may stand
    body: HtmlElement | None = None
    pictures_above: list[HtmlElement] = field(default_factory=list)
    attachments: list[HtmlElement] = field(default_factory=list)  # elements outside the body that hold some
    body_lines: Sequence[Block] = ()  # as they were kept


def explain(trail: Trail) -> Evidence:
    """Return the candidates of every field that extraction fills, the chosen one named so."""
    bylines = list(_bylines(trail))
    return {
        "headline": trail.headline,
        "description": _weighed(trail, "description", _descriptions(trail)),
        "article_body": list(_body(trail)),
        "author": _weighed(trail, "author", _people(bylines, "author")),
        "photographer": _weighed(trail, "photographer", _people(bylines, "photographer")),
        "date_published": trail.published.evidence(),
        "date_modified": _weighed(trail, "date_modified", _modified(trail)),
        "event_date": event_candidates(
            trail.values["opening"] or "",
            published=trail.values["date_published"],
            headline=trail.values["headline"],
        ),
        "article_section": _weighed(trail, "article_section", _sections(trail)),
        "keywords": _keywords(trail),
        "images": list(_images(trail)),
        "attachments": list(_attachments(trail)),
    }


def _weighed(trail: Trail, name: str, offers: Iterable[Candidate]) -> list[Candidate]:
    """Return the offers with the first that gave the field its value named as chosen."""
    chosen = fold(line(trail.values[name] or ""))
    found: list[Candidate] = []
    for offer in offers:
        verdict = offer.verdict or _WEAKER
        if chosen and offer.value and fold(line(offer.value)) == chosen:
            verdict, chosen = "chosen", ""
        found.append(Candidate(offer.value, offer.raw, offer.source, offer.score, verdict))
    return found


def _descriptions(trail: Trail) -> Iterator[Candidate]:
    if (lead := trail.declared.get("lead")) is not None:
        yield _offer(text_of(lead), trail.source, 1.0)
    if trail.text.lead:
        yield _offer(" ".join(block.text for block in trail.text.lead), "text", 0.9)
    if trail.text.lines:
        first = trail.text.lines[0].text
        yield _offer(first, "text", 0.7, "an ordinary first paragraph")
        if first.endswith("..") and not first.endswith("..."):  # printed twice, the first time so
            yield Candidate(f"{first.rstrip('.')}.", first, "text", 0.7, "")
    for name in ("description", "og:description"):
        if value := trail.page.metadata.first(name):
            yield _offer(value, "meta", 0.3, "only a witness: the page must print it")


def _bylines(trail: Trail) -> Iterator[tuple[Byline, Candidate]]:
    """Yield every place where a byline may stand with what it says and, as a candidate, why it may not."""
    if (element := trail.declared.get("author")) is not None:
        raw = line(text_of(element))
        yield parse_byline(raw), Candidate(None, raw, trail.source, 1.0, "")
    last = without_closing_sign([block.text for block in trail.lines[-TAIL:]])
    if last:
        yield trailing_byline(last), Candidate(None, last[-1], "text", 0.9, "")
        yield leading_byline([trail.lines[0].text]), Candidate(None, trail.lines[0].text, "text", 0.7, "")
    for block in trail.around:
        if names_author(block):
            yield parse_byline(block.text), Candidate(None, block.text, "generic", 0.6, "")
    if person := person_of(trail.page.metadata):
        yield Byline(person), Candidate(None, person, "json-ld", 0.4, "")
    if name := trail.page.metadata.first("author", "article:author"):
        yield Byline(name), Candidate(None, name, "meta", 0.0, "the site on every portal seen")


def _people(bylines: Iterable[tuple[Byline, Candidate]], role: str) -> Iterator[Candidate]:
    for byline, place in bylines:
        value: str | None = getattr(byline, role)
        verdict = place.verdict
        if not verdict and value is None:
            verdict = "an account's name" if is_account_name(place.raw) else f"names no {role}"
        yield Candidate(value, place.raw, place.source, place.score, verdict)


def _modified(trail: Trail) -> Iterator[Candidate]:
    found, data = trail.published, trail.page.metadata
    if found.modified_raw:
        yield Candidate(found.modified, found.modified_raw, "text", 0.9, "")
    machine = [("meta", data.first(*MODIFIED_NAMES)), ("json-ld", data.ld_text("dateModified"))]
    for source, raw in machine:
        if raw:
            value = parse_machine_date(raw)
            yield Candidate(value, raw, source, 0.7, "" if value else "no date")


def _sections(trail: Trail) -> Iterator[Candidate]:
    if (element := trail.declared.get("section")) is not None:
        yield _offer(text_of(element), trail.source, 1.0)
    if trail.hints.section:
        yield _offer(trail.hints.section, "list", 0.9)
    data = trail.page.metadata
    for raw, source in ((data.first("article:section"), "meta"), (data.ld_text("articleSection"), "json-ld")):
        if raw:
            yield _offer(raw, source, 0.8)
    for value, raw, place in section_witnesses(trail.page.root, trail.values["headline"], trail.above):
        verdict = "" if value else "home, the headline, or no name"
        yield Candidate(value, line(raw), place, 0.6, verdict)


def _keywords(trail: Trail) -> list[Candidate]:
    found: list[Candidate] = []
    for words, raw, source in keyword_witnesses(trail.page.root, trail.page.metadata, trail.page.scan.blocks):
        verdict = "chosen" if words and not any(other.verdict == "chosen" for other in found) else _WEAKER
        score = 0.9 if source == "meta" else 0.6
        found.append(Candidate(", ".join(words) or None, raw, source, score, verdict if words else "empty"))
    return found


def _body(trail: Trail) -> Iterator[Candidate]:
    if trail.body is not None:
        kept = sum(len(block.text) for block in trail.body_lines)
        place = " ".join(filter(None, [trail.body.get("id"), trail.body.get("class")]))
        verdict = "chosen" if kept else "holds no line of text"
        yield Candidate(f"{kept} characters", f"<{trail.body.tag} {place}>", trail.source, 1.0, verdict)
    for block, reason in trail.text.dropped:
        yield Candidate(None, block.text, trail.source, 0.0, reason)
    for block in trail.text.captions:
        yield Candidate(None, block.text, trail.source, 0.0, "a caption: with its picture")
    for block in trail.text.lead:
        yield Candidate(None, block.text, trail.source, 0.0, "the lead: in the description")


def _images(trail: Trail) -> Iterator[Candidate]:
    seen: set[str] = set()
    inside = trail.body.iter("img") if trail.body is not None else ()
    for element in [*trail.pictures_above, *islice(inside, _MOST)]:
        raw, address = element.get("src") or "", address_of(element)
        value = trail.page.absolute(address) if address else None
        if value is None:
            verdict = "has no file"
        elif not is_picture(element):
            verdict = "an icon, a spacer or an emblem"
        else:
            verdict = "once more the same file" if value in seen else "chosen"
            seen.add(value)
        yield Candidate(value, raw, trail.source, float(verdict == "chosen"), verdict)


def _attachments(trail: Trail) -> Iterator[Candidate]:
    places = [*([trail.body] if trail.body is not None else []), *trail.attachments]
    links = (link for place in places for link in islice(place.iter("a", "iframe", "embed"), MOST_LINKS))
    chosen = {item["url"]: item for item in read_attachments(places, trail.page)}
    for item in chosen.values():
        yield Candidate(item["url"], item["name"] or "", trail.source, 1.0, "chosen")
    for link in islice(dict.fromkeys(links), _MOST):
        raw = link.get("href") or link.get("src") or ""
        if raw and not is_file(raw) and trail.page.absolute(raw) not in chosen:
            yield Candidate(None, raw, trail.source, 0.0, "leads to a page, not to a file")


def _offer(raw: str, source: str, score: float, verdict: str = "") -> Candidate:
    return Candidate(repair(line(raw), []) or None, line(raw), source, score, verdict)
