"""How right people, bodies, documents and figures are, per half.

python -m benchmarks.entities                  figures of both halves
python -m benchmarks.entities --confusions     what is wrong in the tuned half, besides
python -m benchmarks.entities --speed          milliseconds an article of the recording

Labels stand in `labels/entities.jsonl`; what they mean, and how they were made, in `docs/entities.md`. A name
that is optional there is neither demanded nor held against. Texts are not in the labels: of the recording
they are read where it is present, those of the sample portals are in the project.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import click

from benchmarks.cases import Split
from benchmarks.party_cases import recorded_articles, sample_articles
from benchmarks.rates import Rates
from benchmarks.tables import markdown
from pipelines.article import Article
from pipelines.context import Context
from pipelines.entities import entities
from pipelines.entities.documents import normal_number
from pipelines.normalise import normalise
from pipelines.text import exact

LABELS = Path(__file__).parent / "labels" / "entities.jsonl"
CLASSES = ("people", "organisations", "documents", "figures")
ATTRIBUTES = {"people": ("office", "body"), "documents": ("type", "date", "issuer")}
HALVES: tuple[Split, ...] = ("tune", "held_out")
_NOWHEN = Context("2026-11-25T12:00:00+07:00", "http://benchmark.invalid/")


class Case(NamedTuple):
    """An article, its names read, with its label."""

    article: Article
    label: dict[str, Any]


@dataclass(slots=True)
class Tally(Rates):
    """Answers of one class; `of_attribute` counts (right, all) beside names that were found rightly."""

    of_attribute: dict[str, list[int]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def row(self) -> list[str]:
        """Return the figures as cells of a table."""
        rates = (self.precision, self.recall, self.f1)
        return [*map(str, (self.right, self.extra, self.missed)), *(f"{rate:.3f}" for rate in rates)]


def cases(labels: Path = LABELS) -> Iterator[Case]:
    """Yield the labelled articles whose text this machine has, their names read."""
    articles = {**_renamed(recorded_articles(), "hanoi_stttt"), **_samples()}
    for line in labels.read_text("utf-8").splitlines():
        label = json.loads(line)
        portal, _, asset = label["id"].partition("/")
        article = articles.get(f"{portal}/{asset.rpartition('/')[2]}")
        if article:
            yield Case(entities(normalise(article, _NOWHEN)), label)


def _renamed(articles: dict[str, Article], portal: str) -> dict[str, Article]:
    return {f"{portal}/{name.partition('/')[2]}": article for name, article in articles.items()}


def _samples() -> dict[str, Article]:
    """The sample portals' articles under the names that the demo gives their portals."""
    found = {}
    for name, article in sample_articles().items():
        _, place, number = name.split("/")
        found[f"mau_{place.replace('-', '_')}/{number}"] = article
    return found


def tally(chosen: Sequence[Case], name: str) -> Tally:
    """Return how right a class is."""
    counts = Tally()
    key = _KEYS[name]
    for case in chosen:
        answers = {key(one): one for one in getattr(case.article, name) or ()}
        demanded = {key(one): one for one in case.label[name]}
        optional = {key(one) for one in map(_as_entry, case.label[f"{name}_optional"])}
        extra, missed = answers.keys() - demanded.keys() - optional, demanded.keys() - answers.keys()
        counts.right += len(answers.keys() & demanded.keys())
        counts.extra += len(extra)
        counts.missed += len(missed)
        wrong = [f"+{one}" for one in extra] + [f"-{one}" for one in missed]
        for one in answers.keys() & demanded.keys():
            wrong += _mark_attributes(counts, name, answers[one], demanded[one])
        if wrong:
            counts.errors.append(f"- `{case.label['id']}` {name}: {'; '.join(sorted(wrong))}")
    return counts


def _mark_attributes(counts: Tally, name: str, answer: dict[str, Any], truth: dict[str, Any]) -> list[str]:
    wrong = []
    for attribute in ATTRIBUTES.get(name, ()):
        accepted = {_form(value) for value in (truth[attribute], *truth.get(f"{attribute}_or", ()))}
        is_right = _form(answer[attribute]) in accepted
        marks = counts.of_attribute.setdefault(attribute, [0, 0])
        marks[0] += is_right
        marks[1] += 1
        if not is_right:
            wrong.append(f"{attribute} {answer[attribute]!r}, not {truth[attribute]!r}")
    return wrong


def _as_entry(optional: str | dict[str, Any]) -> dict[str, Any]:
    return {"name": optional, "number": optional} if isinstance(optional, str) else optional


def _form(value: str | None) -> str:
    return " ".join(exact(value or "").split())


def _named(entry: dict[str, Any] | str) -> str:
    return _form(entry if isinstance(entry, str) else entry["name"])


_KEYS: dict[str, Callable[[Any], Any]] = {
    "people": _named,
    "organisations": _named,
    "documents": lambda entry: normal_number(entry["number"]),
    "figures": lambda entry: f"{entry['kind']} {entry['value']}",
}


@click.command()
@click.option("--confusions", is_flag=True, help="Name what is wrong in the tuned half.")
@click.option("--speed", is_flag=True, help="Print milliseconds an article of the recording instead.")
def main(confusions: bool, speed: bool) -> None:
    """Print the figures as Markdown."""
    if speed:
        click.echo(f"{_milliseconds():.3f} ms an article")
        return
    everything = list(cases())
    rows, attributes, errors = [], [], []
    for half in HALVES:
        chosen = [case for case in everything if case.label["split"] == half]
        for name in CLASSES:
            counts = tally(chosen, name)
            rows.append([f"{half}, {len(chosen)} articles: {name}", *counts.row()])
            for attribute, (right, marked) in counts.of_attribute.items():
                attributes.append([f"{half}: {name}, {attribute}", str(marked), f"{right / marked:.3f}"])
            errors += counts.errors if half == "tune" else []
    click.echo(markdown(["", "right", "too many", "missed", "precision", "recall", "F1"], rows))
    click.echo("\n" + markdown(["where the name or number is right", "of", "right"], attributes))
    if confusions:
        click.echo("\n" + "\n".join(errors))


def _milliseconds() -> float:
    """Return the least of five runs, since a busy machine only adds."""
    articles = [normalise(article, _NOWHEN) for article in recorded_articles().values()]
    runs = []
    for _ in range(5):
        started = time.process_time()
        for article in articles:
            entities(article)
        runs.append(time.process_time() - started)
    return min(runs) * 1000 / len(articles)


if __name__ == "__main__":
    main()
