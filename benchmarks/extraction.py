"""Extraction measured: tinso and its peers on the same pages, in one run on one core.

    python -m benchmarks.extraction                 every page of every corpus that is present
    python -m benchmarks.extraction --split tune    the half that may be tuned to
    python -m benchmarks.extraction --no-peers --corpus frozen

Each page is shown to every extractor in turn, so that a busy machine is slow for all of them alike. Times are
CPU seconds; the first pages are read once more beforehand, unmeasured. Peers are given decoded text, tinso
the bytes; nobody is given hints.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import click

from benchmarks.cases import Case, benchmark_cases, frozen_cases
from benchmarks.hanoi import recorded_cases
from benchmarks.ours import ask_ours, layouts_of, only_parse, with_markup
from benchmarks.peer_process import PEERS, Peers
from benchmarks.scoring import Reading, Tally
from benchmarks.tables import accuracy_table, speed_table

CORPORA: dict[str, Callable[[], Iterator[Case]]] = {
    "frozen": frozen_cases,
    "hanoi": recorded_cases,
    "aeb": benchmark_cases,
}
GROUPS: dict[str, Callable[[Case], bool]] = {
    "Frozen Vietnamese pages, held out": lambda case: case.corpus == "frozen" and case.split == "held_out",
    "Frozen Vietnamese pages, all": lambda case: case.corpus == "frozen",
    "Hà Nội, Party pages, held out": lambda case: case.party and case.split == "held_out",
    "Hà Nội, Party pages, all": lambda case: case.party,
    "Hà Nội, held out": lambda case: case.corpus == "hanoi" and case.split == "held_out",
    "Hà Nội, all": lambda case: case.corpus == "hanoi",
    "article-extraction-benchmark, held out": lambda case: case.corpus == "aeb" and case.split == "held_out",
    "article-extraction-benchmark, all": lambda case: case.corpus == "aeb",
}
GENERIC, LAYOUT, PARSE = "tinso", "tinso, layout", "tinso, parsing alone"
MARKUP = "tinso, layout, with the body's markup"
WARM_UP = 5  # pages

Tallies = dict[str, dict[str, Tally]]  # group → extractor → marks


@click.command()
@click.option("--corpus", type=click.Choice([*CORPORA]), multiple=True, help="Only these corpora.")
@click.option("--split", type=click.Choice(["tune", "held_out"]), help="Only this half.")
@click.option("--peers/--no-peers", default=True, help="Measure the peers too.")
@click.option("--json", "path", type=click.Path(path_type=Path), help="Write every figure to this file too.")
def main(corpus: tuple[str, ...], split: str | None, peers: bool, path: Path | None) -> None:
    """Print accuracy and speed of tinso and its peers as Markdown."""
    cases = [
        case
        for name, load in CORPORA.items()
        if not corpus or name in corpus
        for case in load()
        if case.truth.kind == "article" and split in (None, case.split)
    ]
    with ExitStack() as stack:
        tallies = measure(cases, stack.enter_context(Peers()) if peers else None)
    for group, by_tool in tallies.items():
        click.echo(f"\n**{group}** ({by_tool[GENERIC].pages} pages)\n\n{accuracy_table(by_tool)}")
    speeds = {group: tallies[group] for group in tallies if group.endswith("all")}
    click.echo(f"\n{speed_table(speeds, unit='trafilatura')}")
    if path:
        figures = {
            group: {name: tally.row() for name, tally in each.items()} for group, each in tallies.items()
        }
        path.write_text(json.dumps(figures, ensure_ascii=False, indent=1), encoding="utf-8")


def measure(cases: list[Case], peers: Peers | None) -> Tallies:
    """Return every extractor's marks on `cases`, by group; groups without a page are left out."""
    tallies: Tallies = {}
    for case in cases[:WARM_UP]:
        dict(readings(case, peers))
    for case in cases:
        groups = [name for name, holds in GROUPS.items() if holds(case)]
        for tool, reading in readings(case, peers):
            for group in groups:
                tallies.setdefault(group, {}).setdefault(tool, Tally()).add(case, reading)
    return {group: tallies[group] for group in GROUPS if group in tallies}


def readings(case: Case, peers: Peers | None) -> Iterator[tuple[str, Reading]]:
    """Yield every extractor's answer about a page."""
    yield GENERIC, ask_ours(case)
    if case.family:  # a portal of a known platform; where that declares no layout, generic reads it
        yield LAYOUT, ask_ours(case, layouts_of(case.family))
        yield MARKUP, with_markup(case, layouts_of(case.family))
    yield PARSE, only_parse(case)
    if peers:
        peers.show(case)
        for tool in PEERS:
            yield tool, peers.read(tool)


if __name__ == "__main__":
    main()
