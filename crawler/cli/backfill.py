"""tinso backfill"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

import click

from crawler import registry
from crawler.backfill.backfill import Backfill, Progress
from crawler.backfill.book import Book
from crawler.backfill.client import Client
from crawler.backfill.commoncrawl import CommonCrawl
from crawler.backfill.files import ArchiveFile
from crawler.backfill.reading import Counts
from crawler.backfill.source import Source
from crawler.backfill.wayback import Wayback
from crawler.budget import is_night
from crawler.cli import books, options
from crawler.data_directory import DataDirectory
from crawler.exceptions import HomeUnknown, NoSections
from crawler.homes import VARIABLE
from crawler.period import Period
from crawler.portal import Portal
from crawler.undeclared import undeclared

_ONLINE: dict[str, Callable[[Client], Source]] = {"wayback": Wayback, "commoncrawl": CommonCrawl}


@click.command("backfill")
@click.argument("names", nargs=-1, required=True, metavar="NAME|URL...")
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="wayback|commoncrawl|FILE",
    help="A web archive, or a WARC or WACZ file; may be given several times. "
    "Without it, the web archives that the portal declares.",
)
@click.option("--since", type=options.DAY, help="Only what was captured on or after this day.")
@click.option("--until", type=options.DAY, help="Only what was captured on or before this day.")
@click.option("--limit", type=click.IntRange(min=1), help="Have this many captures a portal at most.")
@click.option("--night", is_flag=True, help="Ask for captures from 22:00 to 6:00 in Vietnam only.")
@click.option("--again", is_flag=True, help="Ask the indexes again; else an answer holds for 30 days.")
@options.data
def command(
    names: tuple[str, ...],
    sources: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    limit: int | None,
    night: bool,
    again: bool,
    data: Path,
) -> None:
    """Fill a portal's past from web archives: by name, or an undeclared one by its home address.

    Asks the archives' indexes for every page of the portal, then has the captures one by one: lists first,
    then every article once, then their later captures, which become revisions. Each goes into the archive
    with its own time of capture. What a run leaves (by --limit, --night, a kill) the next one does; nothing
    is had twice. Wayback is asked every 1.5 s, its index every 3 s; an archive that refuses is left alone.

    Ends with a table of what became of every capture. Exit code 1: a source could not be used, or a capture
    not be had or read.
    """
    portals = [_portal(name) for name in dict.fromkeys(names)]
    fill(
        portals,
        data,
        sources,
        Client(registry.project_settings()["USER_AGENT"]),
        period=Period(_iso(since), _iso(until)),
        limit=limit,
        stop=_day if night else lambda: None,
        again=again,
    )


def fill(
    portals: Sequence[type[Portal]],
    data: Path,
    sources: Sequence[str],
    client: Client,
    *,
    period: Period = Period(),  # noqa: B008 (immutable)
    limit: int | None = None,
    stop: Callable[[], str | None] = lambda: None,
    again: bool = False,
) -> None:
    """Back-fill portals one after the other, print what became of it, and exit."""
    asked = {portal.name: sources or portal.backfill for portal in portals}
    workplace = data / "unpacked"
    opened = _opened({source for named in asked.values() for source in named}, client, workplace)
    counts: Counts = Counts()
    failed, tired = False, set[str]()
    directory = DataDirectory.open(data, source=f"backfill: {', '.join(opened)}")
    try:
        with closing(Book(data / "backfill.db")) as book, books.progress(counts, "filling back"):
            for portal in portals:
                directory.store.declare_portal(**portal.declaration())
                if again:
                    book.forget_questions(portal.name)
                used = [opened[source] for source in asked[portal.name] if source not in tired]
                one = Backfill(portal, directory, book, used, counts, period=period, limit=limit, stop=stop)
                try:
                    progress = one.run()
                    failed |= _tell(portal.name, progress)
                    tired |= progress.tired  # it is asked for none of the others either
                except NoSections as error:
                    failed = True
                    _say(str(error))
        for name, outcomes in books.by_portal(counts).items():
            rows = [(kind, str(outcome), captures) for (kind, outcome), captures in outcomes.items()]
            directory.store.record_outcomes(directory.run, name, rows)
    finally:
        shutil.rmtree(workplace, ignore_errors=True)
        directory.release()
    books.show_table(books.by_portal(counts))
    books.show_stored(books.by_portal(counts))
    sys.exit(failed or any(outcome.failed for _, _, outcome in counts))


def _portal(name: str) -> type[Portal]:
    """Return a portal. Raises UnknownPortal, HomeUnknown."""
    if name.startswith(("http://", "https://")):
        return undeclared(name)
    portal = registry.portal(name)
    if not portal.home_is_certain:
        raise HomeUnknown(f"{name}: no page names its host; give it: {VARIABLE}={name}=http://…")
    return portal


def _opened(names: set[str], client: Client, workplace: Path) -> dict[str, Source]:
    """Return the sources by name. Raises ArchiveError for a file that is not there."""
    return {
        name: _ONLINE[name](client) if name in _ONLINE else ArchiveFile(Path(name), workplace)
        for name in sorted(names)
    }


def _tell(portal: str, progress: Progress) -> bool:
    """Say what the table does not; return whether something failed."""
    if not progress.known and not progress.closed:
        _say(f"{portal}: the archives hold nothing of it in this time")
    if progress.stopped and progress.left:
        _say(f"{portal}: {progress.stopped}; {progress.left} captures wait for the next run")
    if progress.missing:
        _say(f"{portal}: {progress.missing} articles that its lists name are in none of these archives")
    for source, reason in progress.closed.items():
        _say(f"{portal}: {source}: {reason}")
    return bool(progress.closed)


def _iso(day: datetime | None) -> str | None:
    return day.date().isoformat() if day else None


def _day() -> str | None:
    return None if is_night() else "it is day in Vietnam"


def _say(what: str) -> None:
    click.echo(f"tinso: {what}", err=True)
