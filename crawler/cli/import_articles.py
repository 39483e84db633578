"""tinso import"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import click

from crawler import registry
from crawler.cli import options
from crawler.cli.books import by_portal, progress, show_stored, show_table
from crawler.clock import now
from crawler.data_directory import DataDirectory
from crawler.extraction.event_date import tell_event
from pipelines.article import Article
from pipelines.identify import canonical_url
from pipelines.imports import Imported, import_articles
from pipelines.lines import json_lines
from pipelines.outcomes import Outcome


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@options.data
def command(files: tuple[str, ...], data: Path) -> None:
    """Take articles from NDJSON files into the corpus, through the stages that a crawl's go through.

    One JSON object a line, with the names of 'tinso export'; url, headline and article_body suffice. '-' is
    standard input; gzip is read as well. What the stages find out themselves (id, topic, people, cluster, …)
    is found anew, first_seen and last_seen are taken over where they are given. A line that cannot be used
    is named with what to do, and the rest goes on. Importing again changes nothing.

    Ends with a table of what became of every line. Exit code 1: a line or a file could not be used.
    """
    directory = DataDirectory.open(data, source=f"import: {', '.join(files)}")
    counts: Counter[tuple[str, str, Outcome]] = Counter()
    try:
        with progress(counts, "importing"):
            unknown = _namer()
            failed = [_import(file, directory, counts, unknown) for file in files]
        directory.store.flush()
        for portal, outcomes in by_portal(counts).items():
            rows = [(kind, str(outcome), lines) for (kind, outcome), lines in outcomes.items()]
            directory.store.record_outcomes(directory.run, portal, rows)
    finally:
        directory.release()
    show_table(by_portal(counts))
    show_stored(by_portal(counts))
    sys.exit(any(failed))


def _import(
    file: str,
    directory: DataDirectory,
    counts: Counter[tuple[str, str, Outcome]],
    unknown: Callable[[str, str], None],
) -> bool:
    """Import a file; return whether anything in it could not be used.

    A line of which no portal is known counts under the file's name.
    """
    failed = False
    try:
        for line in import_articles(
            json_lines(file),
            directory.store,
            at=now(),
            complete=_completer(directory),
            unknown=unknown,
        ):
            counts[line.portal or file, "article", line.outcome] += 1
            if line.reason:
                failed = True
                _say(line.place, _told(line))
    except OSError as error:
        failed = True
        _say(file, f"cannot be read ({error.strerror}); name an NDJSON file, or '-' for standard input")
    return failed


def _namer() -> Callable[[str, str], None]:
    """Return what says of a name that no record has that it is left out, once."""
    said: set[str] = set()

    def unknown(place: str, name: str) -> None:
        if name not in said:
            said.add(name)
            _say(place, f"{name!r} is no name of a record; it is left out, here and everywhere")

    return unknown


def _completer(directory: DataDirectory) -> Callable[[Article], None]:
    """Return what adds to an article what its text and its portal tell, where the record does not."""
    declared: set[str] = set()

    def complete(article: Article) -> None:
        if article.event_date is None:
            tell_event(article, "\n".join(filter(None, [article.description, article.article_body])))
        portals = registry.portals()
        portal = portals.get(article.portal) if article.portal else registry.owner(article.url)
        if portal is None:
            return
        if portal.name not in declared:
            declared.add(portal.name)
            directory.store.declare_portal(**portal.declaration())
        declaration = portal.declaration()
        article.portal = portal.name
        article.asset = portal.asset_of(canonical_url(article.url))
        for name in ("province", "successor_province", "body"):
            setattr(article, name, getattr(article, name) or declaration[name])

    return complete


def _told(line: Imported) -> str:
    if line.outcome is Outcome.INCOMPLETE:
        return f"{line.reason}; url, headline and article_body (or attachments) must be there"
    return line.reason or str(line.outcome)


def _say(place: str, what: str) -> None:
    click.echo(f"tinso: {place}: {what}", err=True)
