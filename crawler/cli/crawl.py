"""tinso crawl"""

from __future__ import annotations

import os
import sys
from collections import Counter
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from crawler import registry
from crawler.cli import options
from crawler.homes import VARIABLE
from crawler.ledger import Ledger
from crawler.replay import Replay
from crawler.run import Report, run
from crawler.undeclared import undeclared
from pipelines.outcomes import Outcome


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
    console = Console(stderr=True)
    if not console.is_terminal or os.environ.get("TERM") == "dumb":
        return nullcontext()

    def line() -> Text:
        totals: Counter[Outcome] = Counter()
        for (_, _, outcome), urls in list(ledger.counts.items()):
            totals[outcome] += urls
        counted = " · ".join(f"{outcome} {urls}" for outcome, urls in totals.most_common())
        return Text(f"crawling  {counted or '…'}")

    return Live(get_renderable=line, console=console, refresh_per_second=4, transient=True)


def show(report: Report) -> None:
    """Print the table of outcomes, one line a portal, and what it amounts to."""
    seen = {outcome for counts in report.counts.values() for _, outcome in counts}
    outcomes = [outcome for outcome in Outcome if outcome in seen]
    table = Table("portal", *outcomes, "sum", box=None, header_style="bold", pad_edge=False)
    for column in table.columns[1:]:
        column.justify = "right"
    for portal, counts in report.counts.items():
        by_outcome: Counter[Outcome] = Counter()
        for (_, outcome), urls in counts.items():
            by_outcome[outcome] += urls
        cells = [str(by_outcome[outcome] or "") for outcome in outcomes]
        table.add_row(portal, *cells, str(by_outcome.total()))
    console = Console(width=None if sys.stdout.isatty() else 200)
    console.print(table)
    for portal in report.counts:
        if reason := report.failed(portal):
            console.print(f"{portal}: failed: {reason}", markup=False)
    stored = f"{report.stored} articles stored" if report.stored else "nothing new: no article stored"
    console.print(stored, markup=False, highlight=False)
