"""When the page says it was published: the stamp by the headline, not the clock in the header.

Order of trust: a layout's stamp element, the stamp printed by the headline, `time` elements, meta and
JSON-LD, the list row, the address. A stamp of the fetch day that stands in the page's head is its clock;
dates inside the text belong to what it tells of. Where none is printed the answer is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from crawler.extraction.blocks import Block
from crawler.extraction.contract import Candidate, Hints
from crawler.extraction.dates import date_in_url, find_stamps, parse_machine_date, parse_stamp
from crawler.extraction.element import HtmlElement, text_of
from crawler.extraction.metadata import Metadata
from crawler.extraction.zones import HIDDEN, WIDGET

if TYPE_CHECKING:
    from crawler.page import Page

_CLOCK = "the page's clock"
_WEAKER = "weaker than the printed stamp"
_MOST_INNER = 20  # elements in a stamp element
_LONGEST_LINE = 160  # characters of a line that can hold the stamp
_STAMP_CLASS = re.compile(r"date|time|ngay|publish|post-?info|meta|created?", re.IGNORECASE)
MODIFIED_NAMES = ("article:modified_time", "datemodified", "og:updated_time")  # of meta elements
_MODIFIED_LABEL = re.compile(
    r"(?:chỉnh sửa|sửa|cập nhật)(?: lần cuối)?(?: lúc| ngày)?\s?:?\s?$|(?:modified|updated)\b.{0,12}$", re.I
)
_SUBMITTED = re.compile(
    r"^(?:được\s)?(?:đăng|gửi|viết)\sbởi\s.{0,60}?\b(?:vào|lúc)(?:\slúc)?\s", re.IGNORECASE
)


_Witness = tuple[str, str, str, float]  # value, as printed, source, score


@dataclass(slots=True)
class Published:
    """The publication date with what was printed, where it was found and what else was considered."""

    value: str | None = None
    raw: str | None = None
    source: str | None = None
    modified: str | None = None
    modified_raw: str | None = None  # as printed beside the stamp
    block: Block | None = None
    candidates: list[Candidate] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    unasked: Callable[[], Iterable[_Witness]] = tuple  # who could have changed nothing

    def evidence(self) -> list[Candidate]:
        """Return all that speaks for a date, with those that were not asked."""
        return [*self.candidates, *(Candidate(*witness, _WEAKER) for witness in self.unasked())]


def read_stamp_element(element: HtmlElement, source: str, hints: Hints, fetched_at: str) -> Published:
    """Return the date in an element that a layout names as the stamp: printed, or in its attributes."""
    printed = " ".join(text_of(element).split())
    text = _SUBMITTED.sub("", printed)
    stamp = parse_stamp(text, fetched_at=fetched_at, date_order=hints.date_order, clock=hints.clock)
    if stamp is not None:
        found = Published(
            stamp.value,
            stamp.raw,
            source,
            candidates=[Candidate(stamp.value, printed, source, 1.0, "chosen")],
        )
        _take_time(found, element)
        return found
    for inner in islice(element.iter(), _MOST_INNER):
        for raw in filter(None, map(inner.get, ("datetime", "content", "title"))):
            if value := parse_machine_date(raw):
                return Published(
                    value, raw, source, candidates=[Candidate(value, raw, source, 1.0, "chosen")]
                )
    return Published(candidates=[Candidate(None, printed, source, 0.0, "no date in the stamp element")])


def _take_time(found: Published, element: HtmlElement) -> None:
    """Complete a printed day with the time that the stamp's `datetime` attribute tells of that day."""
    if found.value is None or len(found.value) > 10:
        return
    for inner in islice(element.iter(), _MOST_INNER):
        raw = inner.get("datetime", "")
        value = parse_machine_date(raw) if raw else None
        if value and _adds_time(value, found.value):
            verdict = "chosen: same day, with the time"
            found.value = value
            found.candidates.insert(0, Candidate(value, raw, "datetime", 1.0, verdict))
            return


def _adds_time(value: str, day: str) -> bool:
    return len(value) > 10 and value.startswith(day) and "T00:00:00" not in value


def find_published(
    blocks: Sequence[Block], headline_at: int, text_at: int, data: Metadata, hints: Hints, page: Page
) -> Published:
    """Return the publication date of a page whose stamp no layout names.

    `headline_at` (-1: the headline is printed nowhere) and `text_at`, the body's first paragraph, are indexes
    into `blocks`.
    """
    fetched_at = page.fetched_at
    found = Published()
    scored: list[tuple[float, str, str, Block]] = []
    anchor = headline_at if headline_at >= 0 else text_at
    for index in range(max(anchor - 40, 0), min(max(text_at + 4, anchor + 8), len(blocks))):
        block = blocks[index]
        if len(block.text) > _LONGEST_LINE and index != headline_at:
            continue
        text = _SUBMITTED.sub("", block.text)
        stamps = find_stamps(text, fetched_at=fetched_at, date_order=hints.date_order, clock=hints.clock)[:3]
        for stamp in stamps:
            if len(stamps) > 1 and _MODIFIED_LABEL.search(text[: stamp.start]):
                if found.modified is None:
                    found.modified, found.modified_raw = stamp.value, stamp.raw
                continue
            score, verdict = _score(
                block, stamp.labelled, stamp.value, index, anchor, headline_at, fetched_at
            )
            if verdict:
                found.candidates.append(Candidate(stamp.value, stamp.raw, "text", score, verdict))
            else:
                scored.append((score, stamp.value, stamp.raw, block))
    if scored:
        scored.sort(key=lambda entry: -entry[0])
        score, found.value, found.raw, found.block = scored[0]
        found.source = "text"
        found.candidates.insert(0, Candidate(found.value, found.raw, "text", score, "chosen"))
        _take_time(found, found.block.element)
        found.candidates += [
            Candidate(v, r, "text", s, "further from the headline") for s, v, r, _ in scored[1:5]
        ]
    complete(found, data, hints, page)
    if found.value is None and any(candidate.verdict == _CLOCK for candidate in found.candidates):
        found.flags.append("stamp_is_clock")
    return found


def complete(found: Published, data: Metadata, hints: Hints, page: Page) -> None:
    """Let the machine-readable witnesses fill what the printed stamp leaves open: all of it, or the time."""
    witnesses = partial(_machine_dates, data, hints, page.url, page.fetched_at)
    if found.value is not None and len(found.value) > 10:
        found.unasked = witnesses
    else:
        _ask(found, witnesses())
    machine_modified = data.first(*MODIFIED_NAMES)
    found.modified = found.modified or parse_machine_date(
        machine_modified or data.ld_text("dateModified") or ""
    )


def _ask(found: Published, witnesses: Iterable[_Witness]) -> None:
    for value, raw, source, score in witnesses:
        if found.value is None:
            found.value, found.raw, found.source = value, raw, source
            found.candidates.append(Candidate(value, raw, source, score, "chosen"))
        elif len(found.value) == 10 and _adds_time(value, found.value):
            found.candidates.append(Candidate(value, raw, source, score, "chosen: same day, with the time"))
            found.value, found.source = value, source
        else:
            found.candidates.append(Candidate(value, raw, source, score, _WEAKER))


def _score(
    block: Block, labelled: bool, value: str, index: int, anchor: int, headline_at: int, fetched_at: str
) -> tuple[float, str | None]:
    distance = abs(index - anchor)
    name = f"{block.element.get('class', '')} {block.element.get('id', '')}"
    score = (
        2.0 / (1 + distance / 3) + (1.0 if labelled else 0.0) + (0.7 if _STAMP_CLASS.search(name) else 0.0)
    )
    score += 0.5 if len(value) > 10 else 0.0
    score += 0.8 if index > anchor and distance <= 3 else 0.0
    if len(block.text) > 80:
        score -= 1.0
    if block.zone & HIDDEN:
        return score, "hidden"
    if block.zone & WIDGET and distance > 6:
        return score, "in a side region"
    if value[:10] == fetched_at[:10] and headline_at >= 0 and index < headline_at and not labelled:
        return score, _CLOCK
    if block.link_chars * 2 > len(block.text):
        return score, "beside a link to another article"
    return score, None


def _machine_dates(data: Metadata, hints: Hints, url: str, fetched_at: str) -> list[_Witness]:
    """Return every machine-readable witness, the strongest first."""
    found: list[_Witness] = []
    raws = [
        (data.first("article:published_time", "datepublished", "og:article:published_time"), "meta", 0.9),
        (data.ld_text("datePublished"), "json-ld", 0.9),
        (
            data.first("pubdate", "publishdate", "dc.date.issued", "dcterms.created", "dc.date", "date"),
            "meta",
            0.7,
        ),
    ]
    for raw, source, score in raws:
        if raw and (value := parse_machine_date(raw)) and value[:10] <= fetched_at[:10]:
            found.append((value, raw, source, score))
    if hints.stamp:
        stamp = parse_stamp(
            hints.stamp, fetched_at=fetched_at, date_order=hints.date_order, clock=hints.clock
        )
        if stamp is not None:
            found.append((stamp.value, stamp.raw, "list", 0.8))
    if value := date_in_url(url):
        found.append((value, url, "url", 0.3))
    return found
