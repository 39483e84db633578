"""tinso crawl"""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

import click

from crawler import registry
from crawler.cli import books, options
from crawler.homes import VARIABLE
from crawler.ledger import Ledger
from crawler.replay import Replay
from crawler.run import Report, run
from crawler.undeclared import undeclared


@click.command("crawl")
@click.argument("names", nargs=-1, metavar="[NAME|URL]...")
@click.option("--all", "everything", is_flag=True, help="Every portal that is not dead and has a known host.")
@click.option("--since", type=options.DAY, help="Only what lists date on or after this day.")
@click.option("--until", type=options.DAY, help="Only what lists date on or before this day.")
@click.option("--full", is_flag=True, help="Read every known article again.")
@click.option("--limit", type=click.IntRange(min=1), help="Fetch this many articles a portal at most.")
@options.from_archive("Crawl this recording as if it were the live web")
@options.data
def command(
    names: tuple[str, ...],
    everything: bool,
    since: datetime | None,
    until: datetime | None,
    full: bool,
    limit: int | None,
    archives: tuple[Path, ...],
    data: Path,
) -> None:
    """Crawl portals into the data directory: by name, all of them, or an undeclared one by its home address.

    Ends with a table of what became of every URL. Exit code 1: a page could not be had or read, or a portal
    showed no list.
    """
    portals = [
        undeclared(name) if name.startswith(("http://", "https://")) else registry.portal(name)
        for name in dict.fromkeys(names)
    ]
    if everything:
        living = [portal for portal in registry.portals().values() if portal.state != "dead"]
        portals = [portal for portal in living if portal.home_is_certain]
        for portal in living:
            if not portal.home_is_certain:
                click.echo(f"{portal.name}: left out: its host is not known, see {VARIABLE}", err=True)
    if not portals:
        raise click.UsageError("name the portals to crawl, or --all; 'tinso portals' lists them")
    if archives:
        Replay(archives)  # what is wrong with them is said before the data directory is touched
    settings = registry.project_settings(
        TINSO_DATA=str(data), TINSO_ARCHIVES=[str(path) for path in archives]
    )
    report = run(
        portals,
        settings,
        watch=progress,
        since=since.date().isoformat() if since else "",
        until=until.date().isoformat() if until else "",
        full="1" if full else "",
        limit=str(limit or ""),
    )
    show(report)
    sys.exit(any(report.failed(portal) for portal in report.counts))


def progress(ledger: Ledger) -> AbstractContextManager[object]:
    """Show the books of a run on a terminal while it goes."""
    return books.progress(ledger.counts, "crawling")


def show(report: Report) -> None:
    """Print the table of outcomes, one line a portal, and what it amounts to."""
    books.show_table(report.counts)
    console = books.console()
    for portal in report.counts:
        if reason := report.failed(portal):
            console.print(f"{portal}: failed: {reason}", markup=False)
    stored = f"{report.stored} articles stored" if report.stored else "nothing new: no article stored"
    console.print(stored, markup=False, highlight=False)
