"""tinso watch"""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path

import click

from crawler.cli import options
from crawler.watch import Watch


@click.command("watch")
@click.option(
    "--pages",
    type=click.IntRange(min=1),
    default=1000,
    show_default=True,
    help="Ask a portal for this many pages a round at most; what is left comes with the next.",
)
@click.option(
    "--minutes",
    type=click.IntRange(min=1),
    default=30,
    show_default=True,
    help="End a round after this time; the next one goes on.",
)
@options.night
@options.data
def command(pages: int, minutes: int, night: bool, data: Path) -> None:
    """Crawl what is due, whenever something is, until stopped by SIGTERM or Ctrl-C.

    Every round is a process of its own, 'tinso crawl --due', so that nothing grows and the error of a portal
    ends nothing. Portals that are declared meanwhile are taken up by themselves. What is the exit code of a
    crawl is a line in the log here.
    """
    logging.basicConfig(format="%(asctime)s %(message)s", level=logging.WARNING)
    arguments = ["--pages", str(pages), *(["--night"] if night else [])]
    Watch(data, arguments, longest_round=timedelta(minutes=minutes)).run()
