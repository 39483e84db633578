"""How right the Party verdict and the kinds of activity are, per half, with every confusion.

python -m benchmarks.classify                  figures of both halves; confusions of the tuned half by name
python -m benchmarks.classify --all            confusions of the held-out half as well (for the docs)
python -m benchmarks.classify --speed          milliseconds an article
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import click

from benchmarks.party_cases import PartyCase, party_cases
from benchmarks.rates import Rates
from benchmarks.tables import markdown
from pipelines.activities import ACTIVITIES
from pipelines.article import Article
from pipelines.classify import classify


@dataclass(slots=True)
class Counts(Rates):
    """Right and wrong answers of one question; `neither` are those rightly denied."""

    neither: int = 0

    def add(self, answer: bool, truth: bool) -> None:
        """Take in one answer."""
        if answer and truth:
            self.right += 1
        elif answer:
            self.extra += 1
        elif truth:
            self.missed += 1
        else:
            self.neither += 1

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return 2 * self.right / (2 * self.right + self.extra + self.missed) if self.right else 0.0

    def row(self) -> list[str]:
        """Return the figures as cells of a table."""
        cells = [self.right, self.extra, self.missed, self.neither]
        return [*map(str, cells), f"{self.precision:.3f}", f"{self.recall:.3f}"]


HEAD = ["right", "too many", "missed", "rightly not", "precision", "recall"]


def verdicts(cases: Sequence[PartyCase]) -> Counts:
    """Return how right the verdict Party or not is. The articles must have been classified."""
    counts = Counts()
    for case in cases:
        counts.add(bool(case.article.is_party), case.party)
    return counts


def kinds(cases: Sequence[PartyCase]) -> dict[str, Counts]:
    """Return how right each kind is, and under "all" all of them."""
    counts = {kind: Counts() for kind in ACTIVITIES}
    counts["all"] = Counts()
    for case in cases:
        for kind in ACTIVITIES:
            for name in (kind, "all"):
                counts[name].add(kind in (case.article.activities or ()), kind in case.kinds)
    return counts


def classified() -> list[PartyCase]:
    """Return all cases, classified."""
    cases = list(party_cases())
    for case in cases:
        classify(case.article)
    return cases


@click.command()
@click.option("--all", "everything", is_flag=True, help="Name the confusions of the held-out half as well.")
@click.option("--speed", is_flag=True, help="Print milliseconds an article instead.")
def main(everything: bool, speed: bool) -> None:
    """Print figures and confusions as Markdown."""
    if speed:
        click.echo(f"{_milliseconds([case.article for case in party_cases()]):.3f} ms an article")
        return
    cases = classified()
    halves = {name: [case for case in cases if case.split == name] for name in ("tune", "held_out")}
    rows = []
    for name, half in halves.items():
        rows.append([name, *verdicts(half).row()])
        rows.append([f"{name}, doubtful labels left out", *verdicts([c for c in half if not c.doubt]).row()])
        for source in Counter(case.source for case in half):
            rows.append([f"{name}, {source}", *verdicts([c for c in half if c.source == source]).row()])
    click.echo(markdown(["Party or not", *HEAD], rows))
    for name, half in halves.items():
        found = kinds(half)
        click.echo(
            "\n"
            + markdown([f"kinds, {name}", *HEAD], [[kind, *counts.row()] for kind, counts in found.items()])
        )
    for name, half in halves.items():
        if name == "tune" or everything:
            click.echo(f"\nConfusions, {name}:\n" + "\n".join(_confusions(half)))


def _confusions(cases: Sequence[PartyCase]) -> list[str]:
    lines = []
    for case in cases:
        article = case.article
        # A real portal's words stay out of what is published: its articles are named by number alone.
        headline = "" if case.source in {"recording", "seed"} else f": {article.headline}"
        if article.is_party != case.party:
            label = f"{'Party' if case.party else 'not Party'}{', doubtful' if case.doubt else ''}"
            lines.append(f"- `{case.id}` is {label}; score {article.party_score}{headline}")
        answer = set(article.activities or ())
        if answer != case.kinds:
            wrong = [f"+{kind}" for kind in sorted(answer - case.kinds)]
            wrong += [f"-{kind}" for kind in sorted(case.kinds - answer)]
            lines.append(f"- `{case.id}` kinds: {', '.join(wrong)}{headline}")
    return lines


def _milliseconds(articles: Sequence[Article]) -> float:
    started = time.process_time()
    for _ in range(3):
        for article in articles:
            classify(article)
    return (time.process_time() - started) * 1000 / 3 / len(articles)


if __name__ == "__main__":
    main()
