"""The back-fill of one portal: its captures found, had one after the other, archived and read."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from crawler.archive import Capture, read_capture
from crawler.backfill.book import Book, Held
from crawler.backfill.found import page_key, timestamp_of
from crawler.backfill.plan import article_order, lists_to_have
from crawler.backfill.reading import BATCH, Counts, Reader
from crawler.backfill.source import Source, scopes
from crawler.clock import from_iso, now, to_iso
from crawler.countable import numbering
from crawler.data_directory import DataDirectory
from crawler.discovery.contract import PageRequest
from crawler.exceptions import (
    ArchiveError,
    NoSections,
    NotHtml,
    TinsoError,
    Unplayable,
    WebArchiveRefused,
    WebArchiveSilent,
)
from crawler.look import Unreachable
from crawler.period import Period
from crawler.portal import Portal
from crawler.survey import survey, worthwhile
from crawler.surveys import Survey
from crawler.target import Target
from pipelines.article import Sighting
from pipelines.identify import canonical_url
from pipelines.outcomes import Outcome

logger = logging.getLogger(__name__)

_PATIENCE = 3  # captures in a row that a source does not answer for; then it is left alone in this run
Place = tuple[str, int]  # file and offset in our archive


@dataclass(slots=True)
class Progress:
    """What a back-fill did besides its counts: what was found, what is left, and who gave up."""

    known: int = 0
    left: int = 0
    missing: int = 0  # articles that lists name and no archive holds
    closed: dict[str, str] = field(default_factory=dict)  # source → why it was left alone
    tired: set[str] = field(default_factory=set)  # those of them that want no more requests for any portal
    stopped: str | None = None  # why the run ended before its end


class Backfill:
    """One run. `limit` captures are had at most; `stop` returns why no further one is, or None."""

    def __init__(
        self,
        portal: type[Portal],
        data: DataDirectory,
        book: Book,
        sources: Sequence[Source],
        counts: Counts,
        *,
        period: Period = Period(),  # noqa: B008 (immutable)
        limit: int | None = None,
        stop: Callable[[], str | None] = lambda: None,
    ) -> None:
        self.progress = Progress()
        self._portal, self._data, self._book, self._counts = portal, data, book, counts
        self._sources = {source.name: source for source in sources}
        self._period, self._left, self._stop = period, limit, stop
        self._silent = dict.fromkeys(self._sources, 0)
        self._reader = Reader(portal, data, book, counts)
        self._numberings = [numbering(portal, name) for name in portal.countable]
        self._lists: set[str] = set()  # pages that were read as lists

    def run(self) -> Progress:
        """Go as far as the sources, the limit and the night allow.

        Raises:
            NoSections: the portal declares no sections, and no archive shows any.
            DataDirectoryError: the disk is full; what was archived is not lost.
        """
        name, progress = self._portal.name, self.progress
        try:
            for source in self._sources.values():
                self._ask(source)
            self._take_in_archived()
            progress.known = sum(captures for _, _, captures, _ in self._book.pages(name))
            if progress.known and self._find_sections():
                self._read_lists()
                self._read_articles()
                self._settle_rest()
        finally:
            self._reader.checkpoint()
        progress.missing = len(self._reader.missing)
        return progress

    def _ask(self, source: Source) -> None:
        """Have a source's index tell what it holds, as far as it has not been asked already."""
        name = self._portal.name
        if until := self._data.frontier.resting(now()).get(source.name):
            self.progress.closed[source.name] = f"wants to be left alone until {until}; run this again then"
            return
        try:
            for question in source.questions(scopes(self._portal), self._period):
                if not self._book.begin(name, source.name, question, now(), source.keeps):
                    continue
                for page in source.answers(question, self._book.mark(name, source.name, question)):
                    page.found[:] = [one for one in page.found if self._portal.owns(one.url)]
                    self._book.answered(name, source.name, question, page)
                    if page.malformed:
                        logger.warning(
                            "%s: %d lines are no captures: %s", source.name, page.malformed, question.key
                        )
        except ArchiveError as error:
            self.progress.closed[source.name] = str(error)
        except (WebArchiveRefused, WebArchiveSilent) as error:
            self._leave_alone(source.name, error)

    def _take_in_archived(self) -> None:
        """Note what our archive has without the book's knowing, after a kill or the loss of the book."""
        frontier = self._data.frontier
        for record, file, offset, url, captured_at in list(frontier.since(*self._book.last_place())):
            held = self._book.at(self._portal.name, page_key(url), timestamp_of(captured_at))
            if held and held.state == "waiting":
                self._book.archived(held.capture, file, offset)
                frontier.assign(record, self._portal.name, canonical_url(held.found.url))
        frontier.commit()
        self._book.commit()

    def _find_sections(self) -> bool:
        """Give a portal that declares neither lists nor addresses of articles what its home page shows.

        False where this run may not look far enough.
        """
        portal, frontier = self._portal, self._data.frontier
        if portal.sections or portal.article_path or portal.countable:
            return True
        if not (found := frontier.surveys().get(portal.name)):
            try:
                discovery = survey(portal.home, self._fetch)
                sections = worthwhile(portal.home, discovery)
            except (Unreachable, NotHtml, NoSections) as error:
                if self.progress.left:
                    return False
                raise NoSections(f"{portal.name}: the archives show no list of articles ({error})") from error
            found = Survey(portal.name, portal.home, sections, discovery.article_pattern)
            frontier.surveyed(found)
        portal.sections, portal.article_path = found.sections, found.article_path
        return True

    def _fetch(self, request: PageRequest) -> Capture:
        """Return the last capture of a page in the portal's life, else after it. Raises Unreachable."""
        ended = self._portal.valid_to or "9999"
        captures = [] if request.form else self._wanted(page_key(request.url))
        captures.reverse()
        captures.sort(key=lambda one: one.found.captured_at[:10] > ended)
        for held in captures:
            if had := self._have(held, request.url):
                return had[0]
        raise Unreachable(f"not_archived: {request.url}")

    def _read_lists(self) -> None:
        """Read every list page that is archived, the sections' own first, then those that they lead to.

        Those that an earlier run read are read again: what they tell of an article must be known before it is
        stored.
        """
        frontier, name = self._data.frontier, self._portal.name
        sections = self._portal.section_urls().items()
        waiting = [Target(name, url, "list", section=section) for section, url in sections]
        waiting += [target for target in frontier.lists(name) if target.form is None]
        for target in waiting:  # grows while it goes
            page = page_key(target.url)
            if page in self._lists:
                continue
            self._lists.add(page)
            for held in lists_to_have(self._wanted(page)):
                if not (had := self._have(held, target.url)):
                    continue
                frontier.offer(target, held.found.captured_at)
                waiting += self._reader.read_list(held, *had, target)
                self._reader.checkpoint(least=BATCH)
        self._reader.checkpoint()

    def _read_articles(self) -> None:
        """Have and read the captures of articles, every article once before any twice."""
        groups = self._articles()
        order = article_order(groups)
        for held in order.main:
            if held.is_had or not self._reader.knows(held.found.url, since=held.found.captured_at):
                self._read_article(held)
        for held in order.copies:
            if not self._reader.knows(held.found.url):
                self._read_article(held)
        self._reader.checkpoint()
        self._sight(groups)

    def _read_article(self, held: Held) -> None:
        if had := self._have(held, canonical_url(held.found.url)):
            self._reader.read_article(held, *had)
            self._reader.checkpoint(least=BATCH)

    def _articles(self) -> list[list[list[Held]]]:
        """Return the captures of each article's addresses; the one that the frontier has comes first."""
        frontier, name = self._data.frontier, self._portal.name
        named = {page_key(url): url for url, *_ in frontier.history(name)}
        addresses: defaultdict[str, list[str]] = defaultdict(list)
        for page, url, *_ in self._book.pages(name):
            if page not in self._lists and (page in named or self._is_article(url)):
                addresses[self._portal.asset_of(url) or page].append(page)
        for asset, pages in addresses.items():
            first = page_key(frontier.address_of(name, asset) or "")
            pages.sort(key=lambda page: page != first)
        return [[self._wanted(page) for page in pages] for pages in addresses.values()]

    def _is_article(self, url: str) -> bool:
        if self._portal.asset_of(url) is not None:
            return True
        return any(number_of(url, None) is not None for number_of in self._numberings)

    def _wanted(self, page: str) -> list[Held]:
        """Return the captures of a page that lie in the period, or were left unread by a kill."""
        since, until = self._period.since or "", self._period.until or "9999"
        captures = self._book.captures(self._portal.name, page)
        return [
            one for one in captures if one.state == "archived" or since <= one.found.captured_at[:10] <= until
        ]

    def _have(self, held: Held, page: str) -> tuple[Capture, Place] | None:
        """Return a capture and where our archive has it; None where it is not to be had in this run."""
        if held.file is not None:
            place = (held.file, held.offset or 0)
            try:
                return read_capture(self._data.archive_path / held.file, held.offset or 0), place
            except ArchiveError as error:
                self._give_up(held, str(error))
                return None
        source = self._sources.get(held.source)
        if source is None or held.state != "waiting":
            return None
        if not self.progress.stopped:
            self.progress.stopped = "the limit is reached" if self._left == 0 else self._stop()
        if self.progress.stopped or held.source in self.progress.closed:
            self.progress.left += 1
            return None
        self._left = None if self._left is None else self._left - 1
        try:
            capture = source.fetch(held.found)
        except Unplayable as error:
            self._silent[held.source] = 0
            self._give_up(held, str(error))
            return None
        except WebArchiveSilent as error:
            self._count_silence(held, error)
            return None
        except WebArchiveRefused as error:
            self._leave_alone(held.source, error)
            return None
        self._silent[held.source] = 0
        return self._keep(held, capture, page)

    def _keep(self, held: Held, capture: Capture, page: str) -> tuple[Capture, Place] | None:
        """Archive a capture, durably, before it is read."""
        if timestamp_of(capture.fetched_at) != held.found.timestamp:
            same = self._book.at(self._portal.name, held.found.page, timestamp_of(capture.fetched_at))
            if same and same.capture != held.capture:
                self._give_up(held, f"the archive gives the capture of {capture.fetched_at} instead")
                return None
        archived = self._data.keep(capture, self._portal.name, page)
        place = (archived.file, archived.offset)
        self._data.writer.sync()
        self._data.frontier.commit()
        self._book.archived(held.capture, *place)
        self._book.commit()
        return capture, place

    def _give_up(self, held: Held, reason: str) -> None:
        self._counts[self._portal.name, "article", Outcome.NOT_ARCHIVED] += 1
        self._book.settle(held.capture, Outcome.NOT_ARCHIVED, reason)
        self._book.commit()

    def _count_silence(self, held: Held, error: TinsoError) -> None:
        self._counts[self._portal.name, "article", Outcome.HTTP_ERROR] += 1
        self._book.failed(held.capture, str(error))
        self._book.commit()
        self._silent[held.source] += 1
        if self._silent[held.source] >= _PATIENCE:
            self._leave_alone(held.source, error)

    def _leave_alone(self, source: str, error: TinsoError) -> None:
        self.progress.closed[source] = str(error)
        self.progress.tired.add(source)
        if isinstance(error, WebArchiveRefused):
            until = from_iso(now()) + timedelta(seconds=error.rest)
            self._data.frontier.rest(source, to_iso(until))
            self._data.frontier.commit()

    def _sight(self, articles: Sequence[Sequence[Sequence[Held]]]) -> None:
        """Note when the archives saw the articles that the corpus holds, at each of their addresses."""
        store, name = self._data.store, self._portal.name
        for captures in (captures for addresses in articles for captures in addresses if captures):
            asset = self._portal.asset_of(captures[0].found.url)
            if asset and store.known(name, asset):
                for held in (captures[0], captures[-1]):
                    url, seen_at = canonical_url(held.found.url), held.found.captured_at
                    store.sight(Sighting(name, asset, url, "archive", seen_at))
        store.flush()

    def _settle_rest(self) -> None:
        """Settle what was had to find the sections and is neither list nor article."""
        for held in self._book.unread(self._portal.name):
            self._counts[self._portal.name, "list", Outcome.LISTED] += 1
            self._book.settle(held.capture, Outcome.LISTED, "looked at to find the sections")
        self._book.commit()
