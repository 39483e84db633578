"""tinso reprocess"""

from __future__ import annotations

import os
import sys
from collections import Counter
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import click

from crawler import registry
from crawler.cli import options
from crawler.cli.books import by_portal, console, progress, show_table
from crawler.data_directory import DataDirectory
from crawler.exceptions import DataDirectoryError
from crawler.portal import Portal
from crawler.reprocess import Declared, reprocess
from crawler.run import calm_gc
from crawler.sample_portals.portals import sample_portals
from pipelines.outcomes import Outcome
from pipelines.restage import RESTAGED, restage

_DUPLICATES = "duplicates"  # looks at all articles together, so it is no stage of one


@click.command("reprocess")
@click.option("--portal", "names", multiple=True, help="Only this portal; may be given several times.")
@click.option(
    "--only",
    "stage",
    type=click.Choice([*sorted(RESTAGED), _DUPLICATES]),
    help="Run this stage alone, in place.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=os.cpu_count() or 1,
    show_default="number of CPUs",
    help="Processes that read the archive; portals are shared out among them.",
)
@options.data
def command(names: tuple[str, ...], stage: str | None, jobs: int, data: Path) -> None:
    """Make the corpus anew from the archive, without network, with what tinso knows today.

    The same rows as the crawls gave: keys, times first seen, sightings and revisions included. Imported
    articles are kept. The corpus that readers see is replaced once the new one is whole; a kill leaves it as
    it was.

    With --only, one stage goes over the articles as they are stored, in batches, and says how many changed;
    after a kill run it again. Exit code 1: a response could not be read again, or an article not staged.
    """
    if not (data / "state.db").is_file() and not (data / "archive").is_dir():
        raise DataDirectoryError(f"{data}: no crawl has been stored here; name another with --data")
    source = f"reprocess --only {stage}" if stage else "reprocess"
    directory = DataDirectory.open(data, source=source)
    try:
        failed = _restage(directory, stage, names) if stage else _rebuild(directory, names, jobs)
    finally:
        directory.release()
    sys.exit(failed)


def _rebuild(directory: DataDirectory, names: tuple[str, ...], jobs: int) -> bool:
    calm_gc()
    counts: Counter[tuple[str, str, Outcome]] = Counter()
    with progress(counts, "reading the archive"):
        kept = reprocess(directory, _declared(directory), counts, only=names, jobs=jobs)
    show_table(by_portal(counts))
    for reason in kept:
        click.echo(f"tinso: {reason}; what it gave is kept as it was", err=True)
    (articles,) = directory.store.connection.execute("SELECT count(*) FROM articles").fetchone()
    console().print(f"{articles} articles in the corpus", markup=False, highlight=False)
    return bool(kept)


def _declared(directory: DataDirectory) -> Declared:
    """Return what tells the declared portals, and in the demo's directory the samples."""
    homes = directory.store.connection.execute("SELECT home FROM portals WHERE home LIKE '%.localhost:%'")
    return partial(_with_samples, *{port for (home,) in homes if (port := urlsplit(home).port)})


def _with_samples(*ports: int) -> dict[str, type[Portal]]:
    samples = [portal for port in ports for portal in sample_portals(port)]
    return {portal.name: portal for portal in samples} | registry.portals()


def _restage(directory: DataDirectory, stage: str, names: tuple[str, ...]) -> bool:
    if stage == _DUPLICATES:
        articles, changed = directory.store.relink()
        console().print(f"{stage}: {changed} of {articles} articles changed", markup=False, highlight=False)
        return False
    counts: Counter[tuple[str, str, Outcome]] = Counter()
    failed = False
    with progress(counts, stage):
        for portal in names or (None,):
            for batch in restage(directory.store, stage, portal):
                counts["", "article", Outcome.UNCHANGED] += batch.articles - batch.changed
                counts["", "article", Outcome.REVISED] += batch.changed
                failed |= bool(batch.failed)
    changed, same = counts["", "article", Outcome.REVISED], counts["", "article", Outcome.UNCHANGED]
    console().print(f"{stage}: {changed} of {changed + same} articles changed", markup=False, highlight=False)
    return failed
