"""How right links and clusters of reprints are, per half, and how fast they come at which size.

python -m benchmarks.duplicates                     figures of both halves beside plain similarity
python -m benchmarks.duplicates --errors            the wrong pairs of the tuned half by name
python -m benchmarks.duplicates --all               those of the held-out half as well (for the docs)
python -m benchmarks.duplicates --curve 10000 …     articles a second, memory and disk at each size
                                --curve --laid …    with all but the last 10,000 articles laid in directly
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import click

from benchmarks.classify import HEAD, Counts
from benchmarks.duplicate_cases import Label, Pair, pairs, text_of
from benchmarks.duplicate_curve import curve
from benchmarks.tables import markdown
from pipelines.article import Article
from pipelines.context import Context
from pipelines.duplicates.clusters import TextClusters
from pipelines.duplicates.compare import Link
from pipelines.duplicates.index import TextIndex, open_state
from pipelines.duplicates.printing import Printing, printing_of
from pipelines.duplicates.words import plain, words
from pipelines.normalise import normalise

_NOWHEN = Context("2026-11-25T12:00:00+07:00", "http://benchmark.invalid/")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the stage says of a labelled pair. `merged`: both are in one cluster, by whatever links."""

    pair: Pair
    link: Link | None
    merged: bool

    @property
    def linked(self) -> bool:
        """Whether there is a link, or one cluster."""
        return self.link is not None or self.merged


def article_of(name: str) -> Article:
    """Return the article of an id, through the stage before."""
    text = text_of(name)
    return normalise(
        Article(
            url=f"http://benchmark.invalid/{name}",
            headline=text.headline,
            description=text.lead,
            article_body="\n".join(text.paragraphs),
        ),
        _NOWHEN,
    )


@cache
def printing(name: str) -> Printing | None:
    """Return what the stage keeps of an article."""
    return printing_of(article_of(name))


def answers(half: Sequence[Pair]) -> list[Answer]:
    """Return what the stage says of the pairs, with all articles of the half in one index."""
    state = open_state(Path(":memory:"))
    index, clusters = TextIndex(state), TextClusters(state)
    for name in dict.fromkeys(name for pair in half for name in (pair.one, pair.other)):
        found = printing(name)
        if found and not index.has(found.text):
            index.add(found)
    for text, other in index.joined:
        link = index.link(text, other)
        if link and link.is_duplicate:
            clusters.join(text, other)
    return [_answer(pair, index, clusters) for pair in half]


def _answer(pair: Pair, index: TextIndex, clusters: TextClusters) -> Answer:
    one, other = printing(pair.one), printing(pair.other)
    if one is None or other is None:
        return Answer(pair, None, False)
    if one.text == other.text:
        return Answer(pair, Link("same_text", 1.0, True), True)
    return Answer(pair, index.link(one.text, other.text), clusters.of(one.text) == clusters.of(other.text))


def links(given: Sequence[Answer]) -> Counts:
    """Return how right the links are: a reprint, duplicate or related, should have one."""
    counts = Counts()
    for answer in given:
        counts.add(answer.linked, answer.pair.label != "different")
    return counts


def merges(given: Sequence[Answer]) -> Counts:
    """Return how right the clusters are: only printings of one text should be in one."""
    counts = Counts()
    for answer in given:
        counts.add(answer.merged, answer.pair.label == "duplicate")
    return counts


@cache
def _shingles(name: str) -> frozenset[tuple[int, ...]]:
    article = article_of(name)
    coded = (
        memoryview(plain(words(f"{article.description or ''} {article.article_body or ''}")))
        .cast("I")
        .tolist()
    )
    return frozenset(zip(coded, coded[1:], coded[2:], coded[3:], coded[4:], strict=False))


def jaccard(pair: Pair) -> float:
    """Return what MinHash estimates: common shingles of five words by all."""
    one, other = _shingles(pair.one), _shingles(pair.other)
    return len(one & other) / max(1, len(one | other))


def containment(pair: Pair) -> float:
    """Return the share of the smaller's shingles of five words that the other has."""
    one, other = _shingles(pair.one), _shingles(pair.other)
    return len(one & other) / max(1, min(len(one), len(other)))


def _by_similarity(
    measure: Callable[[Pair], float], tuned: Sequence[Pair], judged: Sequence[Pair]
) -> tuple[float, Counts]:
    """Return the limit with the best F1 on the tuned pairs, and how right links by it are on the judged."""
    best = max((step / 100 for step in range(5, 100)), key=lambda limit: _at(limit, measure, tuned).f1)
    return best, _at(best, measure, judged)


def _at(limit: float, measure: Callable[[Pair], float], given: Sequence[Pair]) -> Counts:
    counts = Counts()
    for pair in given:
        counts.add(measure(pair) >= limit, pair.label != "different")
    return counts


def _tables(halves: dict[str, list[Answer]]) -> Iterator[str]:
    rows = []
    for name, given in halves.items():
        rows += [[f"{name}, links", *links(given).row()], [f"{name}, merges", *merges(given).row()]]
    yield markdown(["what", *HEAD], rows)
    tuned, held_out = ([answer.pair for answer in halves[name]] for name in ("tune", "held_out"))
    rows = []
    for name, measure in (("Jaccard (MinHash's)", jaccard), ("containment", containment)):
        limit, counts = _by_similarity(measure, tuned, held_out)
        rows.append([f"held_out, links by {name} from {limit}", *counts.row()])
    yield markdown(["without the fact guard", *HEAD], rows)
    rows = []
    for name, given in halves.items():
        for kind in _KINDS:
            chosen = [answer for answer in given if _kind(answer.pair) == kind]
            if chosen:
                linked, merged = sum(each.linked for each in chosen), sum(each.merged for each in chosen)
                rows.append([name, kind, str(len(chosen)), str(linked), str(merged)])
    yield markdown(["half", "pairs", "number", "linked", "merged"], rows)


_KINDS = (
    "reprint, light changes", "reprint, as read", "retelling", "excerpt", "related, as read", "another event",
    "different, as read", "one formula", "unlike",
)  # fmt: skip


def _kind(pair: Pair) -> str:
    names = f"{pair.one} {pair.other}"
    is_read = pair.one.startswith("recording/") and pair.other.startswith("recording/")
    bases = {name.split("+")[0] for name in (pair.one, pair.other)}
    if pair.label == "duplicate":
        return "reprint, light changes" if len(bases) == 1 else "reprint, as read"
    if pair.label == "related":
        return (
            "retelling" if "rewritten" in names else "excerpt" if "excerpt" in names else "related, as read"
        )
    if "another_event" in names:
        return "another event"
    if pair.family.startswith("formula/") and all(base.startswith(pair.family) for base in bases):
        return "one formula"
    return "different, as read" if is_read and "#" not in names else "unlike"


def _errors(given: Sequence[Answer]) -> Iterator[str]:
    for answer in given:
        pair = answer.pair
        said: Label = "duplicate" if answer.merged else "related" if answer.linked else "different"
        wrong = answer.linked != (pair.label != "different") or (answer.merged and pair.label != "duplicate")
        if wrong:
            share = f"{containment(pair):.2f} of the shorter in the longer"
            yield f"- `{pair.one}` – `{pair.other}`: {pair.label}, said to be {said}; {share}"


@click.command()
@click.option("--errors", is_flag=True, help="Name the wrong pairs of the tuned half.")
@click.option("--all", "everything", is_flag=True, help="Name the wrong pairs of both halves.")
@click.option("--curve", "sizes", is_flag=True, help="Measure speed at the SIZES instead.")
@click.option("--laid", is_flag=True, help="Lay all but the last articles into the file directly.")
@click.argument("numbers", nargs=-1, type=int, metavar="[SIZES]...")
def main(errors: bool, everything: bool, sizes: bool, laid: bool, numbers: tuple[int, ...]) -> None:
    """Print figures as Markdown."""
    if sizes:
        for line in curve(numbers or (10_000, 100_000), laid=laid):
            click.echo(line)
        return
    labelled = list(pairs())
    halves = {
        name: answers([pair for pair in labelled if pair.split == name]) for name in ("tune", "held_out")
    }
    click.echo("\n\n".join(_tables(halves)))
    for name, given in halves.items():
        if everything or (errors and name == "tune"):
            click.echo(f"\nWrong pairs, {name}:\n\n" + "\n".join(_errors(given)))


if __name__ == "__main__":
    main()
