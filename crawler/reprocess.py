"""The corpus made anew from the archive: read again, put through the stages, and swapped in as a whole."""

from __future__ import annotations

import heapq
import logging
import multiprocessing
import shutil
import traceback
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from functools import partial
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from crawler.clock import now
from crawler.data_directory import DataDirectory
from crawler.exceptions import TinsoError, UnknownPortal
from crawler.portal import Portal
from crawler.reread import Reading, SeenAgain, Unread, Unreadable, reread
from crawler.run import calm_gc
from crawler.surveys import Survey
from crawler.undeclared import undeclared
from pipelines import carry
from pipelines.article import Drop, Sighting
from pipelines.outcomes import IN_CORPUS, Outcome
from pipelines.process import process
from pipelines.scrapy_adapter import ReadPage
from pipelines.store import Store

logger = logging.getLogger(__name__)

_CHUNK = 20  # readings that a process hands over at once
Counts = Counter[tuple[str, str, Outcome]]
Declared = Callable[[], Mapping[str, type[Portal]]]


class Known(NamedTuple):
    """How a portal is found again in a process of its own: declared by that name, or as the stores tell."""

    name: str
    home: str = ""
    province: str = ""
    body: str = ""
    survey: Survey | None = None

    def portal(self, declared: Mapping[str, type[Portal]]) -> type[Portal]:
        """Return the portal's class, at the address where it was crawled if its declaration has none."""
        if found := declared.get(self.name):
            if self.home and not found.home_is_certain:
                found.home = self.home
            return found
        portal = undeclared(self.home)
        portal.name, portal.province, portal.body = self.name, self.province, self.body
        if self.survey:
            portal.sections, portal.article_path = self.survey.sections, self.survey.article_path
        return portal


def reprocess(
    directory: DataDirectory, declared: Declared, counts: Counts, *, only: Sequence[str] = (), jobs: int = 1
) -> list[str]:
    """Make corpus.db anew from the archive; return what could not be read again, and is kept as it was.

    Keys, times, sightings and revisions are those that the crawls gave; runs and their outcomes, imported
    articles, and what other portals than `only` gave are taken over. Readers see the corpus as it was until
    the new one is whole. `counts` grows while it goes. Each of up to `jobs` processes reads some portals;
    `declared` (given to them by pickle) tells the classes.

    Raises:
        UnknownPortal: nothing of a portal in `only` was ever crawled into the directory.
        TinsoError: a process that reads ended before its end; the corpus is as it was.
        OSError, sqlite3.OperationalError: the disk is full; the corpus is as it was.
    """
    directory.flush()
    known = _chosen(_known(directory, declared), only)
    building = directory.path / "rebuild"
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir()
    try:
        new = Store.open(building / "corpus.db")
        try:
            with carry.former(new.connection, directory.store.path):
                kept = _fill(new, directory, known, declared, counts, jobs)
        finally:
            new.close()
        directory.store.become(building / "corpus.db")
        directory.frontier.commit()
    finally:
        directory.frontier.connection.rollback()
        shutil.rmtree(building, ignore_errors=True)
    return kept


def _known(directory: DataDirectory, declared: Declared) -> list[Known]:
    """Return the portals that were ever crawled into the directory; every one where nothing tells."""
    query = "SELECT name, coalesce(home, ''), coalesce(province, ''), coalesce(body, '') FROM portals"
    rows = {row[0]: Known(*row) for row in directory.store.connection.execute(query)}
    surveys = directory.frontier.surveys()
    names = {*rows, *surveys, *directory.frontier.portals()} or declared().keys()
    known = [rows.get(name, Known(name))._replace(survey=surveys.get(name)) for name in sorted(names)]
    return [one._replace(home=one.home or (one.survey.home if one.survey else "")) for one in known]


def _chosen(known: list[Known], only: Sequence[str]) -> list[Known]:
    names = [portal.name for portal in known]
    for name in only:
        if name not in names:
            raise UnknownPortal(f"{name!r} was never crawled into this directory; it has {', '.join(names)}")
    return [portal for portal in known if portal.name in only or not only]


def _fill(
    new: Store, directory: DataDirectory, known: list[Known], declared: Declared, counts: Counts, jobs: int
) -> list[str]:
    names = [portal.name for portal in known]
    carry.carry_books(new.connection)
    for one in known:
        if one.survey or one.name in declared():
            new.declare_portal(**one.portal(declared()).declaration())
    _carry(new, carry.not_reread(new.connection, names))
    for sighting in carry.unarchived_sightings(new.connection, names):
        new.sight(sighting)
    kept: list[str] = []
    empty: set[tuple[str, int]] = set()  # places of pages that are no article today
    with ExitStack() as readers:
        for reading in _read(directory, known, declared, jobs, readers):
            if isinstance(reading, Sighting):
                new.sight(reading)
            elif isinstance(reading, Unreadable):
                kept.append(reading.reason)
            elif isinstance(reading, SeenAgain):
                new.see_again(*reading)
                counts[reading.portal, "article", Outcome.UNCHANGED] += 1
            else:
                portal, url, outcome, archive = _take(new, reading)
                counts[portal, "article", outcome] += 1
                directory.frontier.reread(portal, url, outcome)
                if outcome not in IN_CORPUS:
                    empty.add((archive["file"], archive["offset"]))
    new.flush()
    lost = [(key, file) for key, file, offset in carry.missing(new.connection) if (file, offset) not in empty]
    _carry(new, [key for key, _ in lost])
    kept += [f"archive/{file}: {n} articles were not read again" for file, n in _numbers(lost)]
    for (portal, kind, outcome), urls in counts.items():
        new.record_outcomes(directory.run, portal, [(kind, str(outcome), urls)])
    new.end_run(directory.run, now())
    return kept


def _carry(new: Store, ids: list[int]) -> None:
    carry.carry_articles(new.connection, ids)
    new.link(ids)


def _numbers(lost: list[tuple[int, str]]) -> list[tuple[str, int]]:
    return sorted(Counter(file for _, file in lost).items())


def _take(new: Store, reading: ReadPage | Unread) -> Unread:
    """Put an article through the stages into the new corpus; return what became of its page."""
    if isinstance(reading, Unread):
        return reading
    article = reading.article
    assert article.portal and article.archive
    ended = partial(Unread, article.portal, reading.address, archive=article.archive)
    try:
        processed = process(article, new.context(reading.fetched_at, article.url))
    except Drop as drop:
        return ended(outcome=Outcome(drop.outcome))
    except Exception:  # a defect of ours; as in a crawl, the other pages go on
        logger.exception("%s: %s could not be staged", article.portal, reading.address)
        return ended(outcome=Outcome.PARSE_ERROR)
    for sighting in reading.sightings:
        new.sight(sighting)
    new.put(reading.address, processed)
    return ended(outcome=processed.outcome)


def _read(
    directory: DataDirectory, known: list[Known], declared: Declared, jobs: int, readers: ExitStack
) -> Iterator[Reading]:
    """Yield what all portals' pages tell, in the archive's order, whoever reads them."""
    if jobs == 1 or len(known) < 2:
        portals = [portal.portal(declared()) for portal in known]
        return (reading for _, reading in reread(directory.path, portals))
    pages = directory.frontier.successes()
    largest_first = sorted(known, key=lambda portal: pages.get(portal.name, ("", 0))[1], reverse=True)
    shares = [largest_first[start::jobs] for start in range(min(jobs, len(known)))]
    streams = [readers.enter_context(closing(_stream(directory.path, share, declared))) for share in shares]
    return (reading for _, reading in heapq.merge(*streams, key=lambda item: item[0]))


def _stream(data: Path, share: list[Known], declared: Declared) -> Generator[tuple[int, Reading], None, None]:
    """Yield what a process of its own reads."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    worker = context.Process(target=_work, args=(data, share, declared, sender), daemon=True)
    worker.start()
    sender.close()
    try:
        while chunk := receiver.recv():
            if isinstance(chunk, str):
                raise TinsoError(f"a process that read the archive failed; the corpus is as it was\n{chunk}")
            yield from chunk
    except EOFError as error:
        raise TinsoError("a process that read the archive was killed; the corpus is as it was") from error
    finally:
        worker.terminate()
        worker.join()


def _work(data: Path, share: list[Known], declared: Declared, sender: Connection) -> None:
    try:
        calm_gc()
        portals = declared()
        readings = reread(data, [known.portal(portals) for known in share])
        while chunk := list(islice(readings, _CHUNK)):
            sender.send(chunk)
        sender.send([])
    except BrokenPipeError:  # the reader has gone
        return
    except Exception:  # noqa: BLE001 (handed over to who waits)
        sender.send(traceback.format_exc())
