"""tinso crawl"""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

import click

from crawler import registry
from crawler.alarm_channels import channels
from crawler.cli import books, options
from crawler.cli.alarms import told
from crawler.due import due_now, read_due
from crawler.homes import VARIABLE
from crawler.ledger import Ledger
from crawler.replay import Replay
from crawler.run import Report, run
from crawler.undeclared import undeclared


@click.command("crawl")
@click.argument("names", nargs=-1, metavar="[NAME|URL]...")
@click.option("--all", "everything", is_flag=True, help="Every portal that is not dead and has a known host.")
@click.option("--due", is_flag=True, help="Only what is due, of all portals or of those named.")
@click.option("--since", type=options.DAY, help="Only what lists date on or after this day.")
@click.option("--until", type=options.DAY, help="Only what lists date on or before this day.")
@click.option("--full", is_flag=True, help="Read every known article again.")
@click.option("--limit", type=click.IntRange(min=1), help="Fetch this many articles a portal at most.")
@options.pages
@options.night
@options.from_archive("Crawl this recording as if it were the live web")
@options.data
def command(
    names: tuple[str, ...],
    everything: bool,
    due: bool,
    since: datetime | None,
    until: datetime | None,
    full: bool,
    limit: int | None,
    pages: int | None,
    night: bool,
    archives: tuple[Path, ...],
    data: Path,
) -> None:
    """Crawl portals into the data directory: by name, all of them, or an undeclared one by its home address.

    Ends with a table of what became of every URL. Exit code 1: a page could not be had or read, or a portal
    showed no list. With --due, where nothing is due, it says so and exits with 0.
    """
    if due and (archives or full or since or until):
        raise click.UsageError("--due asks for news; leave out --from-archive, --full and the days")
    portals = [
        undeclared(name) if name.startswith(("http://", "https://")) else registry.portal(name)
        for name in dict.fromkeys(names)
    ]
    if everything or (due and not names):
        portals, homeless = registry.living()
        for portal in homeless if everything else ():
            click.echo(f"{portal.name}: left out: its host is not known, see {VARIABLE}", err=True)
    if not portals:
        raise click.UsageError("name the portals to crawl, or --all; 'tinso portals' lists them")
    if archives:
        Replay(archives)  # what is wrong with them is said before the data directory is touched
    if due:
        times = read_due(portals, data, night=night)
        portals = [portal for portal in portals if portal.name in due_now(times)]
        if not portals:
            click.echo(f"nothing is due; the next portal is {times[0].portal} at {times[0].at}")
            return
    alarms = channels()
    settings = registry.project_settings(
        TINSO_DATA=str(data), TINSO_ARCHIVES=[str(path) for path in archives], TINSO_PAGES=pages or 0
    )
    report = run(
        portals,
        settings,
        watch=progress,
        since=since.date().isoformat() if since else "",
        until=until.date().isoformat() if until else "",
        full="1" if full else "",
        limit=str(limit or ""),
        due="1" if due else "",
        night="1" if night else "",
    )
    show(report)
    is_told = bool(archives) or told(data, alarms)  # a recording changes nobody's state
    sys.exit(not is_told or any(report.failed(portal) for portal in report.counts))


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
    books.show_stored(report.counts)
