"""The table of the hostile portal: what it does, what becomes of it, and that nobody else is harmed.

    python -m benchmarks.hostile           all faults with the settings of every crawl, about ten minutes
    python -m benchmarks.hostile --write   and puts the table into docs/reliability.md

Each fault is a portal of its own on a server of this machine; all are crawled side by side in one process,
beside a good portal. Fails where an outcome, the number of requests, a stored article, the books, the
archive, the memory or the hosts asked are not as they must be.
"""

from __future__ import annotations

import re
import tempfile
from itertools import pairwise
from pathlib import Path

import click

from benchmarks.tables import markdown
from tests.hostile_faults import Fault
from tests.hostile_run import GOOD, GROUPS, Crawled, crawl, wrong_run, wrongs

DOCS = Path(__file__).resolve().parent.parent / "docs" / "reliability.md"
BEGIN, END = "<!-- hostile portal: begin -->", "<!-- hostile portal: end -->"

_STORED = {"new", "listed"}


def table(groups: dict[str, list[Fault]], crawled: Crawled) -> str:
    """Return the faults by group as Markdown."""
    head = ["fault", "requests", "outcomes", "then", "exit"]
    parts = []
    for title, faults in groups.items():
        rows = [[fault.does, *_row(fault, crawled)] for fault in faults]
        parts.append(f"**{title}**\n\n{markdown(head, rows)}")
    return "\n\n".join(parts)


def _row(fault: Fault, crawled: Crawled) -> list[str]:
    outcomes = crawled.outcomes[fault.name]
    said = ", ".join(f"{urls} {name}" for name, urls in sorted(outcomes.items(), key=_good_last))
    return [
        str(crawled.asked(fault.name, fault.path)),
        said,
        ", ".join(_acts(fault, crawled)) or "stored",
        "1" if crawled.failed[fault.name] else "0",
    ]


def _acts(fault: Fault, crawled: Crawled) -> list[str]:
    """Return what the next run does with pages that were neither stored nor read; lists are always asked."""
    sql = "SELECT DISTINCT kind, state FROM pages WHERE portal = ? AND last_outcome NOT IN ('new', 'listed')"
    found = crawled.query("state.db", sql, fault.name)
    return sorted({"asked again" if "list" in row or "queued" in row else "marked" for row in found})


def _good_last(item: tuple[str, int]) -> tuple[bool, str]:
    return item[0] in _STORED, item[0]


def summary(groups: dict[str, list[Fault]], crawled: Crawled) -> str:
    """Return what there is to say of the run as a whole."""
    faults = [fault for group in groups.values() for fault in group]
    waits = [f"{gap:.0f} s" for gap in _waits(crawled)]
    settled = sum(each.total() for each in crawled.outcomes.values())
    return (
        f"{len(faults)} faults, each a portal of its own, beside a good portal, in one process: "
        f"{crawled.seconds:.0f} s, {crawled.cpu:.0f} CPU seconds, {crawled.megabytes} MB at the most. Of the "
        f"good portal's 40 articles {crawled.outcomes[GOOD]['new']} are stored. {settled:,} URLs were taken "
        f"up, and as many settled. The page that answers HTTP 500 was asked for again after "
        f"{' and '.join(waits)}."
    )


def _waits(crawled: Crawled) -> list[float]:
    path = "/dang/-/view_content/2-bai-2.html"
    host = crawled.hosts["status_500"]
    times = [one.time for one in crawled.requests if one.host == host and one.path == path]
    return [later - sooner for sooner, later in pairwise(times)]


def write(text: str) -> None:
    """Put the tables between their marks in docs/reliability.md."""
    page = DOCS.read_text(encoding="utf-8")
    pattern = re.compile(f"{re.escape(BEGIN)}.*{re.escape(END)}", re.DOTALL)
    if not pattern.search(page):
        raise click.ClickException(f"{DOCS} has no {BEGIN}")
    DOCS.write_text(pattern.sub(lambda _: f"{BEGIN}\n{text}\n{END}", page), encoding="utf-8")


@click.command()
@click.option("--write", "is_written", is_flag=True, help="Put the tables into docs/reliability.md.")
def main(is_written: bool) -> None:
    """Crawl all faults; print the tables; fail on anything that is not as it must be."""
    groups = {title: list(faults()) for title, faults in GROUPS.items()}
    with tempfile.TemporaryDirectory() as folder:
        faults = [fault for group in groups.values() for fault in group]
        crawled = crawl(faults, Path(folder) / "data", {})
        text = f"{summary(groups, crawled)}\n\n{table(groups, crawled)}"
        wrong = [f"{fault.name}: {what}" for fault in faults for what in wrongs(fault, crawled)]
        wrong += [f"the run: {what}" for what in wrong_run(crawled)]
    click.echo(text)
    if wrong:
        raise click.ClickException("\n".join([f"{len(wrong)} things are wrong", *wrong]))
    if is_written:
        write(text)


if __name__ == "__main__":
    main()
